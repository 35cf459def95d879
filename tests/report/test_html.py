"""The report page (issue 4): what it tells, that nobody's text becomes markup, and that it can be read.

1. Everything that was found stands in it: who answered and who did not, each problem with place and remedy, text
   without a place, what was not understood, what differs, what is older, files that do not count, what is for the
   coordinator alone, and where each answer came from.
2. It is well-formed, whatever anybody typed, and holds no script and nothing from elsewhere.
3. Colours keep their contrast by day and by night; tables have captions and scope. Same report, same page.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from docgen.blueprint.colours import contrast
from docgen.document import Document, Slot
from docgen.layout import documents_for
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.merged import merge
from docgen.problems import Problem, problem
from docgen.report.html import report
from docgen.report.markup import element, escaped
from docgen.report.model import Report
from docgen.report.style import palettes
from docgen.response import Found, Reading, Response, Unplaced, understand
from docgen.rounds import Built
from docgen.sending import Round
from docgen.submission import Differing, assemble
from docgen.values import Raw

LATE = datetime.datetime(2027, 3, 22, 14, 5, tzinfo=datetime.UTC)
EARLY = LATE - datetime.timedelta(days=9)
HOSTILE = "<script>alert(\"x\")</script> & <b onmouseover='y'> ]]> --> </td></table></style> &amp; {0} %s"


def _slots(document: Document, *types: str) -> list[Slot]:
    return [slot for slot in document.slots() if slot.spec.type in types and not slot.read_only and not slot.formula]


def _response(document: Document, file: str, texts: Mapping[str, str], **given: object) -> Response:
    """What a file says in which every slot of a type holds the type's text."""
    found = tuple(
        Found(slot.address, Raw(texts[slot.spec.type]), f"Rutan {number}", "place" if number % 2 else "tag", 0.9)
        for number, slot in enumerate(_slots(document, *texts))
    )
    response = understand(file, document, Reading(found))
    return replace(response, modified=LATE, **given)  # type: ignore[arg-type]


def _view(round_: Round, text: str = "Så här", file: str = "svar.docx") -> Report:
    """A report in which there is something of everything, with a text wherever a person can put one."""
    first, second = round_.partners[:2]
    word, excel, *_ = documents_for(round_, first)
    texts = {"text": text, "paragraph": text, "date": f"sommaren {text}"}
    newest = _response(word, file, texts, unplaced=(Unplaced(f"Sidan {text}", f"Utanför {text}"),))
    older = replace(_response(word, f"gammal {file}", {"text": f"gammalt {text}"}), modified=EARLY)
    numbers = _response(excel, f"tal {file}", {"integer": "7", "text": text})
    other = _response(documents_for(round_, second)[0], f"andra {file}", {"text": text})
    strange = replace(word, identity=replace(word.identity, round="0000000000"))
    elsewhere = replace(
        _response(strange, f"fjol {file}", {}),
        problems=(
            problem("file-other-round", file=f"fjol {file}", found="0000000000", wanted=round_.id, about="2026"),
        ),
    )
    submissions = list(assemble(round_, [newest, older, numbers, other]))
    address = next(iter(submissions[1].answers))
    given_ = submissions[1].answers[address]
    differing = Differing(address, replace(given_, value=f"ena {text}"), replace(given_, value=f"andra {text}"))
    submissions[1] = replace(submissions[1], conflicts=(differing,))
    merged = merge(round_, submissions)
    problems = {
        first.id: (
            *submissions[0].problems,
            Problem("rule", f"Målet {text}", {"message": f"Regeln {text}"}, "warning"),
        ),
        second.id: (problem("required-missing", "Delmål 2, Senast", file=file),),
    }
    general = (*(problem("no-answer", each.name) for each in merged.silent), problem("rule-fault", "Planen", rule=text))
    unread = ((f"trasig {file}", (problem("file-damaged", file=f"trasig {file}"),)),)
    return Report(merged, problems, general, (newest, older, numbers, other, elsewhere), unread)


@pytest.fixture(scope="module")
def view(plan_round: Built) -> Report:
    return _view(plan_round.round)


@pytest.fixture(scope="module")
def page(view: Report) -> str:
    return report(view)


def _read(page: str) -> etree._Element:
    return etree.fromstring(page.encode())  # stricter than HTML: every element closed, every attribute quoted


def _words(node: etree._Element) -> str:
    return " ".join(" ".join(node.itertext()).split())


def _part(page: str, name: str) -> str:
    (found,) = _read(page).xpath(f"//section[@id='{name}']")
    return _words(found)


# 1


def test_who_answered_with_what_and_who_did_not(view: Report, page: str) -> None:
    part = _part(page, "who")
    for submission in view.merged.submissions:
        assert submission.partner.name in part
        assert all(file in part for file in submission.files)
        assert str(len(submission.answers)) in part
    assert "2027-03-22" in part
    assert "2027-03-13" in part
    assert len(view.merged.silent) == 4
    for partner in view.merged.silent:
        assert partner.name in part
        assert partner.name in _words(_read(page).xpath("//p[@class='sum']")[0])
    assert part.count("Inget svar har kommit. Påminn.") == 4
    assert "har inte kommit" in part


def test_counts_are_those_of_the_severities(view: Report, page: str) -> None:
    first = view.merged.submissions[0].partner
    row = next(tr for tr in _read(page).xpath("//section[@id='who']//tbody/tr") if _words(tr[0]) == first.name)
    found = [each.severity for each in view.problems[first.id]]
    assert [_words(cell) for cell in row[3:]] == [str(found.count(each)) for each in ("error", "warning", "info")]


def test_every_problem_with_place_severity_remedy_and_file(view: Report, page: str) -> None:
    rows = [_words(row) for row in _read(page).xpath("//section[@id='wrong']//tbody/tr[td]")]
    told = [each for problems in view.problems.values() for each in problems]
    told += [each for each in view.general if each.code != "no-answer"]
    assert len(rows) == len(told) > 10
    for each in told:
        severity = say("sv", f"severity.{each.severity}").capitalize()
        wanted = [each.where, severity, each.message("sv"), each.remedy("sv")]
        assert any(all(" ".join(word.split()) in row for word in wanted) for row in rows), wanted
    groups = [_words(node) for node in _read(page).xpath("//section[@id='wrong']//th[@scope='rowgroup']")]
    assert any(re.fullmatch(r"Arbetsbok, avsnitt 3 Planen – delmål svar\.docx", each) for each in groups), groups
    headings = [_words(node) for node in _read(page).xpath("//section[@id='wrong']/h3")]
    assert headings == ["Planen som helhet", *(each.partner.name for each in view.merged.submissions)]


def test_text_without_a_place_and_what_was_not_understood(view: Report, page: str) -> None:
    assert "Utanför Så här Sidan Så här svar.docx" in _part(page, "unplaced")
    part = _part(page, "not-understood")
    raw = [given_.raw for each in view.merged.submissions for given_ in each.answers.values() if given_.raw is not None]
    assert len(raw) > 3
    assert part.count("sommaren Så här svar.docx, Rutan") == raw.count("sommaren Så här")


def test_what_differs_and_what_is_older_with_what_counts(view: Report, page: str) -> None:
    part = _part(page, "differing")
    assert "ena Så här andra svar.docx" in part
    assert "andra Så här andra svar.docx" in part
    older = view.merged.submissions[0].older
    assert older
    assert len(_read(page).xpath("//section[@id='older']//tbody/tr")) == len(older)
    assert "gammalt Så här gammal svar.docx" in _part(page, "older")


def test_files_that_do_not_count_with_why(page: str) -> None:
    part = _part(page, "not-counted")
    assert "fjol svar.docx Filen hör till en annan omgång" in part
    assert "trasig svar.docx Filen är skadad eller ofullständig. Be avsändaren skicka den igen." in part
    assert "Filer som inte räknas: 2." in _words(_read(page).xpath("//p[@class='sum']")[0])


def test_what_is_for_the_coordinator_alone(view: Report, page: str) -> None:
    hidden = [(each, address) for each in view.merged.submissions for address in each.answers if view.hidden(address)]
    assert len(hidden) > 10
    rows = _read(page).xpath("//section[@id='coordinator']//tbody//td")
    assert sum(bool(_words(cell)) for cell in rows) == len(hidden)


def test_where_each_answer_came_from(view: Report, page: str) -> None:
    details = _read(page).xpath("//section[@id='origins']/details")
    assert all("open" not in each.attrib for each in details)
    assert len(details) == len(list(view.sections()))
    rows = [_words(row) for each in details for row in each.xpath(".//tr[td]")]
    assert len(rows) == sum(len(each.answers) for each in view.merged.submissions) > 100
    for submission in view.merged.submissions:
        for address, given_ in submission.answers.items():
            source = view.source(given_, address)
            assert source is not None
            by = say("sv", f"report.by.{source.by}")
            place = " ".join(submission.place(address).split())
            assert any(row.startswith(place) and row.endswith(f"{given_.where} {by} 90 %") for row in rows)
    groups = [_words(node) for node in _read(page).xpath("//section[@id='origins']//th[@scope='rowgroup']")]
    assert all(any(file in each for each in groups) for file in ("svar.docx", "tal svar.docx", "andra svar.docx"))


def test_a_round_without_answers(plan_round: Built) -> None:
    merged = merge(plan_round.round, ())
    silent = tuple(problem("no-answer", each.name) for each in merged.silent)
    page = report(Report(merged, {}, silent, (), ()))
    assert "Ingen har svarat än." in _part(page, "who")
    assert "Inget är fel." in _part(page, "wrong")
    assert [each.get("id") for each in _read(page).xpath("//section")] == ["who", "wrong"]


# 2

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    text=st.one_of(TEXT, st.text(st.sampled_from("<>&\"'/-!= ]axscript"), min_size=1, max_size=60).filter(str.strip))
)
@example(text=HOSTILE)
@example(text="\x00\x01\x0b\x7f\x85\ufdd0\ufffe\u202e\u2028")
def test_no_text_becomes_markup(plan_round: Built, text: str) -> None:
    round_ = plan_round.round
    partners = (replace(round_.partners[0], name=f"A {text}", contact=text, emails=(text,)), *round_.partners[1:])
    round_ = replace(round_, partners=(*partners[:-1], replace(partners[-1], name=f"Ö {text}", contact=text)))
    round_ = replace(round_, blueprint=replace(round_.blueprint, title=text))
    page = report(_view(round_, text, f"{text}.docx"))
    calm = report(_view(plan_round.round))
    root = _read(page)
    kinds = {str(node.tag) for node in root.iter()}
    assert kinds == {str(node.tag) for node in _read(calm).iter()}
    assert {name for node in root.iter() for name in node.attrib} == {
        name for node in _read(calm).iter() for name in node.attrib
    }
    # A browser's own parser sees the same elements.
    browser = lxml_html.document_fromstring(page.encode())
    assert sum(1 for _ in browser.iter(etree.Element)) == sum(1 for _ in root.iter(etree.Element))
    assert len(browser.xpath("//section")) == len(root.xpath("//section")) == 9


def test_hostile_text_reads_as_it_was_typed(plan_round: Built) -> None:
    page = report(_view(plan_round.round, HOSTILE))
    assert f"Utanför {HOSTILE}" in _part(page, "unplaced")
    assert "<script" not in page
    assert escaped("a\x00b") == "a\N{REPLACEMENT CHARACTER}b"
    assert element("p", "<", title='"') == '<p title="&quot;">&lt;</p>'


def test_nothing_runs_and_nothing_is_fetched(page: str) -> None:
    root = _read(page)
    names = {str(node.tag) for node in root.iter()}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "svg"}
    assert all(value.startswith("#") for value in root.xpath("//@href"))
    assert not root.xpath("//@src | //@style")
    assert not [name for name in root.xpath("//@*/..") for name in name.attrib if str(name).startswith("on")]
    assert "url(" not in page
    assert "@import" not in page
    assert "http" not in page.replace("http-equiv", "")
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


# 3


def test_it_says_its_language_and_its_headings_step_down(page: str) -> None:
    root = _read(page)
    assert root.get("lang") == "sv"
    assert len(root.xpath("//h1")) == 1
    levels = [int(str(node.tag)[1]) for node in root.iter() if re.fullmatch(r"h[1-6]", str(node.tag))]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {value.removeprefix("#") for value in root.xpath("//@href")} <= set(ids)


def test_tables_have_captions_and_headers_with_scope(page: str) -> None:
    tables = _read(page).xpath("//table")
    assert len(tables) > 20
    for table in tables:
        assert _words(table.find("caption"))
        columns = table.xpath("thead/tr/th")
        assert columns
        assert all(th.get("scope") == "col" for th in columns)
        assert all(_words(th) for th in columns)
        for row in table.xpath("tbody/tr"):
            assert row[0].get("scope") in {"row", "rowgroup"}
            assert sum(int(cell.get("colspan", "1")) for cell in row) == len(columns)


@pytest.mark.parametrize("colour", ["#0B4F5C", "#7A1F3D", "#000000", "#1A1AFF", "#767676", "#006600"])
def test_colours_can_be_read_by_day_and_by_night(colour: str) -> None:
    for palette in palettes(colour):
        for ink in ("ink", "soft", "brand", "note", "error"):
            for ground in ("paper", "pale"):
                assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground, palette)
        assert contrast("#FFFFFF", palette["band"]) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_coordinators_language(view: Report, language: str) -> None:
    merged = view.merged
    blueprint = replace(merged.round.blueprint, language=language)
    page = report(replace(view, merged=replace(merged, round=replace(merged.round, blueprint=blueprint))))
    assert _read(page).get("lang") == language
    assert say(language, "report.origins.about") in _part(page, "origins")


def test_the_same_report_is_the_same_page(plan_round: Built, page: str) -> None:
    assert report(_view(plan_round.round)) == page
