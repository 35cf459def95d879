import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Runs the veraPDF engine over several files: VeraPdf PROFILE FILE...
 *
 * <p>Prints lines of four columns parted by tabs: the file's place in the list from 0, a rule, a
 * place, a message. The rule is "checked" with the number of checks made as its message, once a
 * file; a clause and test number for each failed check; or "unreadable".
 */
public final class VeraPdf {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour profile = PDFAFlavour.byFlavourId(args[0]);
        for (int i = 1; i < args.length; i++) {
            try {
                check(i - 1, args[i], profile);
            } catch (Exception e) {
                line(i - 1, "unreadable", "", e.toString());
            }
        }
    }

    private static void check(int file, String path, PDFAFlavour profile) throws Exception {
        try (InputStream in = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, profile);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion failed : result.getTestAssertions()) {
                String rule = failed.getRuleId().getClause() + "-" + failed.getRuleId().getTestNumber();
                line(file, rule, failed.getLocation().getContext(), failed.getMessage());
            }
            line(file, "checked", "", String.valueOf(result.getTotalAssertions()));
        }
    }

    private static void line(int file, String rule, String where, String message) {
        String[] columns = {String.valueOf(file), rule, where, message};
        for (int i = 0; i < columns.length; i++) {
            columns[i] = columns[i].replaceAll("\\s+", " ");
        }
        OUT.println(String.join("\t", columns));
    }
}
