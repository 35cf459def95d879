"""One small good blueprint, and mutations of it that a coordinator could make by mistake.

Each mutation replaces a piece of the text. The mark ``‸`` in the new piece stands where the loader must point: it is
taken out before the file is written. Where it points is therefore exact to the column.
"""

from dataclasses import dataclass

MARK = "‸"

GOOD = """\
docgen: 1
id: small-plan
version: "1"
language: sv
title: Liten plan
parameters:
  town:
    type: text
    label: Kommun
    required: true
  period:
    type: period
    appearance: span
    label: Planperiod
    required: true
    constraint: value.years <= 5
    constraint_message: Högst fem år.
theme:
  colour: "#0B4F5C"
roles:
  core: Kärngruppen
  police: Polisen
steps:
  first:
    title: Först
    sections: [aims]
documents:
  book:
    format: word
    title: Arbetsbok
    guide:
      - intro: Fyll i det ni kan, {partner.name}.
    sections: [aims, work]
  money:
    format: excel
    title: Budget
    sections: [costs]
  sign:
    format: pdf
    title: Bekräftelse
    sections: [confirm]
choices:
  kind:
    cash: Pengar
    hours: Timmar
sections:
  aims:
    title: Mål i {round.town}
    guide:
      - intro: Vad vill ni nå?
      - example: Fler *stödsamtal*.
    fields:
      list:
        type: table
        label: Delmål
        row_label: Delmål
        repeat: 2
        columns:
          what:
            type: text
            label: Vad
            required: true
          goal:
            type: decimal
            label: Mål
            each: period.years
      decided:
        type: paragraph
        label: Beslut
        asked_of: group
        merge: agree
  work:
    title: Arbete
    asked_of: [core, police]
    fields:
      aim:
        type: reference
        to: aims.list
        label: Delmål
        literals:
          whole: Arbetet i stort
      when:
        type: date
        label: När
        hint: En dag.
  costs:
    title: Kostnader
    number: "8b"
    fields:
      items:
        type: table
        label: Poster
        repeat: 3
        columns:
          kind:
            type: select_one
            choices: kind
            label: Slag
          amount:
            type: money
            label: Belopp
            unit: kr
            total: true
          double:
            type: money
            label: Dubbelt
            calculation: amount * 2
      cash:
        type: money
        label: Kontant
        calculation: sum(costs.items.amount, kind == "cash")
      areas:
        type: table
        label: Områden
        rows: choices.kind
        columns:
          count:
            type: integer
            label: Antal
            each: quarters
  confirm:
    title: Bekräftelse
    fields:
      name:
        type: text
        label: Namn
      signed:
        type: signature
        label: Underskrift
rules:
  aim-named:
    for: aims.list
    check: has(row.what)
    message: Skriv vad ni vill.
    severity: warning
"""


@dataclass(frozen=True)
class Broken:
    """A mutation: what is replaced by what, the code of the one error it must give, and a word it must suggest.

    ``beyond`` is the reason why no JSON Schema can refuse it; "" where the schema must.
    """

    old: str
    new: str
    code: str
    suggests: str = ""
    beyond: str = ""

    @property
    def text(self) -> str:
        """The whole blueprint, the mark still in it."""
        assert GOOD.count(self.old) == 1, self.old
        return GOOD.replace(self.old, self.new)


# Why a schema cannot see it.
YAML = "it is not well-formed YAML, so there is nothing to validate"
NAMES = "it takes two places to judge: a name and where it is declared"
PAIRS = "it takes two keys to judge: what goes with this type of field"
FILES = "it takes another file"
LANGUAGE = "it is a sentence in another language: CEL, or arithmetic"
CONTRAST = "it takes arithmetic"

BROKEN = (
    # the shape: both refuse
    Broken("docgen: 1\n", "docgen: ‸2\n", "blueprint-value"),
    Broken("docgen: 1\n", "docgen: ‸yes\n", "blueprint-value"),
    Broken("docgen: 1\n", "docgen: ‸true\n", "blueprint-value"),
    Broken("docgen: 1\nid: small-plan\n", "‸docgen: 1\n", "blueprint-key-required"),
    Broken("id: small-plan", "id: ‸Small Plan", "blueprint-value"),
    Broken("id: small-plan", "id: ‸små-plan", "blueprint-value"),
    Broken('version: "1"', "version: ‸2027.1", "blueprint-kind"),
    Broken('version: "1"', "version: ‸ny version", "blueprint-value"),
    Broken("language: sv", "language: ‸swedish", "blueprint-word"),
    Broken("language: sv", "language: ‸se", "blueprint-word"),
    Broken("title: Liten plan", "‸titel: Liten plan\ntitle: Liten plan", "blueprint-key-unknown", "title"),
    Broken("title: Liten plan", "‸title:", "blueprint-kind"),
    Broken("title: Liten plan", 'title: ‸"  "', "blueprint-kind"),
    Broken("title: Liten plan", "title: ‸2027", "blueprint-kind"),
    Broken("title: Liten plan", "title:\n  ‸sv: Liten plan", "blueprint-kind"),
    Broken("    label: Kommun\n    required: true", "    label: Kommun\n    required: ‸ja", "blueprint-kind"),
    Broken("    label: Kommun\n    required: true", "    label: Kommun\n    required: ‸1", "blueprint-kind"),
    Broken("  town:\n    type: text", "  town:\n    type: ‸table", "blueprint-word"),
    Broken("  town:\n    type: text", "  town:\n    type: ‸txt", "blueprint-word", "text"),
    Broken("roles:\n  core: Kärngruppen", "roles:\n  ‸Core: Kärngruppen", "blueprint-name"),
    Broken("choices:\n  kind:\n    cash", "choices:\n  kind:\n    ‸in-kind: Natura\n    cash", "blueprint-name"),
    Broken("choices:\n  kind:\n    cash", "choices:\n  kind:\n    ‸in: Natura\n    cash", "blueprint-reserved"),
    Broken(
        "          what:\n",
        "          ‸row:\n            type: text\n            label: Rad\n          what:\n",
        "blueprint-reserved",
    ),
    Broken(
        "          goal:\n",
        "          ‸true:\n            type: text\n            label: Sant\n          goal:\n",
        "blueprint-reserved",
    ),
    Broken('colour: "#0B4F5C"', "colour: ‸blå", "blueprint-value"),
    Broken('colour: "#0B4F5C"', 'colour: "#0B4F5C"\n  ‸color: "#0B4F5C"', "blueprint-key-unknown", "colour"),
    Broken('colour: "#0B4F5C"', "logo: ‸bild.svg", "blueprint-value"),
    Broken("    format: word", "    format: ‸docx", "blueprint-word"),
    Broken("    format: excel", "    format: ‸exel", "blueprint-word", "excel"),
    Broken("    sections: [costs]", "    sections: ‸costs", "blueprint-kind"),
    Broken("    sections: [costs]", "    sections: ‸[]", "blueprint-kind"),
    Broken("  sign:\n    format: pdf\n", "  ‸sign:\n", "blueprint-key-required"),
    Broken(
        "      - intro: Vad vill ni nå?",
        "      intro: Vad vill ni nå?\n      ‸- think: Vad?",
        "yaml-indent",
        beyond=YAML,
    ),
    Broken(
        "      - intro: Vad vill ni nå?\n      - example: Fler *stödsamtal*.",
        "      ‸intro: Vad vill ni nå?",
        "blueprint-kind",
    ),
    Broken("      - intro: Vad vill ni nå?", "      - ‸intro: Vad?\n        think: Varför?", "blueprint-guide-single"),
    Broken("      - intro: Vad vill ni nå?", "      - ‸tip: Vad vill ni nå?", "blueprint-key-unknown"),
    Broken("      - intro: Vad vill ni nå?", "      - ‸Vad vill ni nå?", "blueprint-kind"),
    Broken("  work:\n    title: Arbete\n", "  ‸work:\n", "blueprint-key-required"),
    Broken('number: "8b"', "number: ‸8", "blueprint-kind"),
    Broken('number: "8b"', 'number: ‸"8 b (ny)"', "blueprint-value"),
    Broken("        repeat: 2", "        repeat: ‸0", "blueprint-value"),
    Broken("        repeat: 2", "        repeat: ‸två", "blueprint-value"),
    Broken("        repeat: 2", "        repeat: ‸2.5", "blueprint-value"),
    Broken("        repeat: 2", "        repeat: ‸201", "blueprint-value"),
    Broken("            each: period.years", "            each: ‸years", "blueprint-value"),
    Broken("        rows: choices.kind", "        rows: ‸kind", "blueprint-value"),
    Broken("        rows: choices.kind", "        rows: ‸[cash, hours]", "blueprint-kind"),
    Broken("          whole: Arbetet i stort", "          ‸- whole", "blueprint-kind"),
    Broken("        to: aims.list", "        to: ‸list", "blueprint-value"),
    Broken("        merge: agree", "        merge: ‸agreed", "blueprint-word", "agree"),
    Broken("        hint: En dag.", "        ‸hnt: En dag.", "blueprint-key-unknown", "hint"),
    Broken("        hint: En dag.", "        ‸REQUIRED: true", "blueprint-key-unknown"),
    Broken("        hint: En dag.", "        visible: ‸nobody", "blueprint-word"),
    Broken("        hint: En dag.", "        default: ‸{a: b}", "blueprint-kind"),
    Broken("        hint: En dag.", "        asked_of: ‸[]", "blueprint-kind"),
    Broken(
        "        type: date\n        label: När\n",
        "        type: ‸datum\n        label: När\n",
        "blueprint-word",
        "date",
    ),
    Broken(
        "        type: date\n        label: När\n",
        "        type: ‸Date\n        label: När\n",
        "blueprint-word",
        "date",
    ),
    Broken(
        "      when:\n        type: date\n        label: När\n",
        "      ‸when:\n        label: När\n",
        "blueprint-key-required",
    ),
    Broken(
        "      when:\n        type: date\n        label: När\n",
        "      ‸when:\n        type: date\n",
        "blueprint-key-required",
    ),
    Broken(
        "      when:\n        type: date\n        label: När\n        hint: En dag.\n",
        "      when: ‸date\n",
        "blueprint-kind",
    ),
    Broken("    for: aims.list", "    for: ‸Delmål", "blueprint-value"),
    Broken("    severity: warning", "    severity: ‸warn", "blueprint-word", "warning"),
    Broken("  aim-named:", "  ‸aim_named:", "blueprint-name"),
    # YAML itself
    Broken("      - intro: Vad vill ni nå?", "      - intro: Tänk så här‸: vad vill ni nå?", "yaml-colon", beyond=YAML),
    Broken("    title: Arbete\n", "‸\ttitle: Arbete\n", "yaml-tab", beyond=YAML),
    Broken("        hint: En dag.", "         ‸hint: En dag.", "yaml-indent", beyond=YAML),
    Broken("        hint: En dag.", "       ‸hint: En dag.", "yaml-indent", beyond=YAML),
    Broken("        hint: En dag.", '        hint: ‸"En dag.', "yaml-quote", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸'En dag.", "yaml-quote", beyond=YAML),
    Broken("        hint: En dag.", '        hint: "En" ‸dag.', "yaml-after-quote", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸*viktigt* är en dag.", "yaml-start", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸@ en dag.", "yaml-start", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸%s en dag.", "yaml-start", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸{round.town} är med.", "yaml-flow", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸[En dag", "yaml-flow", beyond=YAML),
    Broken("        hint: En dag.", "        ‸hint En dag.", "yaml-no-colon", beyond=YAML),
    Broken("        hint: En dag.", "        ‸hint:En dag.", "yaml-no-colon", beyond=YAML),
    Broken("        hint: En dag.", "        ‸label: Vilken dag", "yaml-duplicate", beyond=YAML),
    Broken("        hint: En dag.", "        hint: ‸> En dag.", "yaml-start", beyond=YAML),
    Broken("        hint: En dag.", "‸---\n        hint: En dag.", "yaml-several", beyond=YAML),
    # names
    Broken("    sections: [costs]", "    sections: [‸cost]", "blueprint-unknown-name", "costs", NAMES),
    Broken("    sections: [costs]", "    sections: [costs, ‸costs]", "section-twice", beyond=NAMES),
    Broken(
        "    title: Först\n    sections: [aims]",
        "    title: Först\n    sections: [‸aim]",
        "blueprint-unknown-name",
        "aims",
        NAMES,
    ),
    Broken("    asked_of: [core, police]", "    asked_of: [core, ‸polis]", "blueprint-unknown-name", "police", NAMES),
    Broken("    asked_of: [core, police]", "    asked_of: ‸cor", "blueprint-unknown-name", "core", NAMES),
    Broken("        asked_of: group", "        asked_of: ‸grupp", "blueprint-unknown-name", "group", NAMES),
    Broken("roles:\n  core", "roles:\n  ‸group: Gruppen\n  core", "role-built-in", beyond=NAMES),
    Broken("            choices: kind", "            choices: ‸kinds", "blueprint-unknown-name", "kind", NAMES),
    Broken("choices:\n  kind:\n", "choices:\n  ‸partners:\n    a: A\n  kind:\n", "choices-built-in", beyond=NAMES),
    Broken("    hours: Timmar", "    hours: ‸pengar.", "label-twice", beyond=NAMES),
    Broken("        to: aims.list", "        to: ‸aims.lists", "blueprint-unknown-name", "aims.list", NAMES),
    Broken("        to: aims.list", "        to: ‸aims.decided", "blueprint-unknown-name", "", NAMES),
    Broken(
        "            each: period.years", "            each: ‸periods.years", "blueprint-unknown-name", "period", NAMES
    ),
    Broken("    label: Planperiod\n    required: true\n", "    label: Planperiod\n", "each-optional", beyond=NAMES),
    Broken(
        "          goal:\n",
        "          ‸goal_2027:\n            type: text\n            label: Nu\n          goal:\n",
        "each-collides",
        beyond=NAMES,
    ),
    Broken("        rows: choices.kind", "        rows: ‸choices.kinds", "blueprint-unknown-name", "kind", NAMES),
    Broken("        hint: En dag.", "        documents: ‸money", "blueprint-unknown-name", "", NAMES),
    Broken(
        "        hint: En dag.", "        hint: ‸Senast {round.tow}.", "blueprint-unknown-name", "round.town", NAMES
    ),
    Broken("    hours: Timmar", "    hours: ‸Timmar i {round.twn}", "blueprint-unknown-name", "round.town", NAMES),
    Broken("    for: aims.list", "    for: ‸aims.lst", "blueprint-unknown-name", "aims.list", NAMES),
    Broken(
        "    type: text\n    label: Kommun",
        "    type: select_one\n    choices: ‸partners\n    label: Kommun",
        "blueprint-unknown-name",
        "",
        NAMES,
    ),
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸amont * 2",
        "blueprint-unknown-name",
        "amount",
        NAMES,
    ),
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸kind * 2",
        "blueprint-calculation",
        beyond=NAMES,
    ),
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸double + amount",
        "calculation-circle",
        beyond=NAMES,
    ),
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸costs.items.amount * 2",
        "blueprint-calculation",
        beyond=NAMES,
    ),
    Broken(
        'sum(costs.items.amount, kind == "cash")',
        '‸sum(costs.items.amount, kind == "cahs")',
        "blueprint-unknown-name",
        "cash",
        NAMES,
    ),
    Broken(
        'sum(costs.items.amount, kind == "cash")',
        '‸sum(costs.items.amount, sort == "cash")',
        "blueprint-unknown-name",
        "",
        NAMES,
    ),
    Broken('sum(costs.items.amount, kind == "cash")', "‸costs.areas", "blueprint-calculation", beyond=NAMES),
    Broken(
        "            each: quarters\n",
        "            each: quarters\n          half:\n            type: integer\n            label: Hälften\n            calculation: ‸count / 2\n",
        "blueprint-calculation",
        beyond=NAMES,
    ),
    # what goes with what
    Broken(
        "          kind:\n            type: select_one\n            choices: kind\n",
        "          ‸kind:\n            type: select_one\n",
        "blueprint-key-required",
        beyond=PAIRS,
    ),
    Broken("        hint: En dag.", "        ‸choices: kind", "choices-without-select", beyond=PAIRS),
    Broken("        hint: En dag.", "        ‸repeat: 3", "table-key", beyond=PAIRS),
    Broken(
        "        hint: En dag.",
        "        ‸columns:\n          a:\n            type: text\n            label: A",
        "table-key",
        beyond=PAIRS,
    ),
    Broken("        hint: En dag.", "        ‸unit: dagar", "unit-misplaced", beyond=PAIRS),
    Broken("    format: excel", "    format: excel\n    ‸protected: true", "protected-misplaced", beyond=PAIRS),
    Broken(
        "            each: quarters\n",
        "            each: quarters\n            unit: ‸procent\n",
        "unit-percent",
        beyond=PAIRS,
    ),
    Broken("        hint: En dag.", "        ‸total: true", "total-misplaced", beyond=PAIRS),
    Broken("        hint: En dag.", "        ‸to: aims.list", "to-misplaced", beyond=PAIRS),
    Broken("        hint: En dag.", "        ‸each: quarters", "each-misplaced", beyond=PAIRS),
    Broken("        hint: En dag.", "        ‸literals:\n          a: A", "literals-misplaced", beyond=PAIRS),
    Broken("        hint: En dag.", "        ‸constraint_message: Nej.", "message-alone", beyond=PAIRS),
    Broken("        hint: En dag.", "        appearance: ‸week", "blueprint-appearance", beyond=PAIRS),
    Broken("    appearance: span", "    appearance: ‸cards", "blueprint-appearance", beyond=PAIRS),
    Broken("        hint: En dag.", "        default: ‸i morgon", "blueprint-default", beyond=PAIRS),
    Broken(
        "          whole: Arbetet i stort",
        "          whole: Arbetet i stort\n        default: ‸hole",
        "blueprint-default",
        beyond=PAIRS,
    ),
    Broken(
        "            required: true\n          goal",
        "            ‸default: Text\n          goal",
        "default-in-table",
        beyond=PAIRS,
    ),
    Broken("        repeat: 2\n", "        repeat: 2\n        rows: choices.kind\n", "repeat-or-rows", beyond=PAIRS),
    Broken("        rows: choices.kind\n", "", "repeat-or-rows", beyond=PAIRS),
    Broken(
        "            type: text\n            label: Vad",
        "            type: ‸signature\n            label: Vad",
        "signature-in-table",
        beyond=PAIRS,
    ),
    Broken(
        "        type: date\n        label: När",
        "        type: ‸signature\n        label: När",
        "blueprint-unsupported",
        beyond=PAIRS,
    ),
    Broken(
        "        type: date\n        label: När",
        "        type: integer\n        ‸calculation: 1 + 1\n        label: När",
        "calculation-outside-excel",
        beyond=PAIRS,
    ),
    Broken("        to: aims.list\n", "", "blueprint-key-required", beyond=PAIRS),
    # sentences in other languages, arithmetic, other files
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸amount *",
        "blueprint-calculation",
        beyond=LANGUAGE,
    ),
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸amount ** 2",
        "blueprint-calculation",
        beyond=LANGUAGE,
    ),
    Broken(
        "            calculation: amount * 2",
        '            calculation: ‸open("x")',
        "blueprint-calculation",
        beyond=LANGUAGE,
    ),
    Broken(
        "            calculation: amount * 2",
        "            calculation: ‸amount if 1 else 2",
        "blueprint-calculation",
        beyond=LANGUAGE,
    ),
    Broken("constraint: value.years <= 5", "constraint: ‸value.years <=", "blueprint-expression", beyond=LANGUAGE),
    Broken("constraint: value.years <= 5", "constraint: ‸years <= 5", "blueprint-expression", beyond=LANGUAGE),
    Broken("check: has(row.what)", "check: ‸has(row.what", "blueprint-expression", beyond=LANGUAGE),
    # what expressions name
    Broken("check: has(row.what)", "check: ‸has(row.wat)", "blueprint-unknown-name", "what", beyond=NAMES),
    Broken("check: has(row.what)", "check: ‸has(plan.work.wen)", "blueprint-unknown-name", "when", beyond=NAMES),
    Broken("check: has(row.what)", "check: ‸has(plan.wrk.when)", "blueprint-unknown-name", "work", beyond=NAMES),
    Broken("check: has(row.what)", "check: ‸has(round.twn)", "blueprint-unknown-name", "town", beyond=NAMES),
    Broken("check: has(row.what)", "check: ‸row.goal.exists(g, g.vlue > 1.0)", "blueprint-expression", beyond=NAMES),
    Broken("check: has(row.what)", "check: ‸row.what", "blueprint-expression", beyond=LANGUAGE),
    Broken("check: has(row.what)", "check: ‸row.what > 1", "blueprint-expression", beyond=LANGUAGE),
    Broken("check: has(row.what)", "check: ‸size(row.what) > value", "blueprint-expression", beyond=NAMES),
    Broken(
        "for: aims.list\n    check: has(row.what)",
        "for: aims\n    check: ‸has(row.what)",
        "blueprint-expression",
        beyond=NAMES,
    ),
    Broken("hint: En dag.", "constraint: ‸value > 3", "blueprint-expression", beyond=LANGUAGE),
    Broken("hint: En dag.", 'relevant: ‸plan.wrk.aim == "whole"', "blueprint-unknown-name", "work", beyond=NAMES),
    Broken(
        "message: Skriv vad ni vill.", "message: ‸Skriv {row.wat}.", "blueprint-unknown-name", "row.what", beyond=NAMES
    ),
    Broken(
        "message: Skriv vad ni vill.", "message: ‸Skriv {what}.", "blueprint-unknown-name", "row.what", beyond=NAMES
    ),
    Broken('colour: "#0B4F5C"', 'colour: ‸"#FFE066"', "blueprint-contrast", beyond=CONTRAST),
    Broken('colour: "#0B4F5C"', "logo: ‸missing.png", "blueprint-logo", beyond=FILES),
)
