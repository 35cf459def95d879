"""What the merged plan says of answers that should be one, of counts, and of whose answers it holds (issue 4).

1. Only answers that differ are said to: one that was not understood differs from nothing by itself.
2. Where they do, the group has a control for what it decides, outside tables and in printed rows.
3. A tally leaves nobody out: an answer that is none of the choices is counted as such.
4. Each document says whose of the partners' own documents it is made of.
5. What a rule judged on the plan says of answers reads as people write them, and names whose row it is.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from docgen.document import Document, Table, Voices
from docgen.locales import text as say
from docgen.plan import plan_document
from docgen.planchecks import check_plan
from docgen.report.places import in_plan
from docgen.values import Reference, Value
from tests import test_merge as merging
from tests.test_merge import plans

DISAGREE = say("sv", "plan.disagree")


def _book(answers: Mapping[str, Mapping[str, Any]]) -> Document:
    return plans(merging.plain(answers))["word"]


def _remarks(document: Document) -> dict[str, str]:
    blocks = [block for section in document.sections for block in section.blocks]
    return {block.label: block.remark for block in blocks if isinstance(block, Voices)}


def _open(document: Document) -> list[str]:
    return [slot.place for slot in document.slots() if not slot.read_only and slot.formula is None]


# 1, 2


@pytest.mark.parametrize(
    ("answers", "differ"),
    [
        ({"kommunen": 3}, False),
        ({"kommunen": merging.Unclear("tre")}, False),
        ({"kommunen": 3, "polisen": 3}, False),
        ({"kommunen": merging.Unclear("tre"), "polisen": merging.Unclear("tre")}, False),
        ({"kommunen": merging.Unclear("tre"), "polisen": 3}, True),
        ({"kommunen": 2, "polisen": 3}, True),
    ],
)
def test_the_group_decides_where_answers_differ_and_only_there(answers: Mapping[str, Value], *, differ: bool) -> None:
    document = _book({name: {"words.agree": value} for name, value in answers.items()})
    assert _remarks(document)["B"] == (DISAGREE if differ else "")
    assert ("B" in _open(document)) is differ


@pytest.mark.parametrize("differ", [True, False])
def test_and_in_the_row_where_they_do(monkeypatch: pytest.MonkeyPatch, *, differ: bool) -> None:
    columns = merging.PLAIN["sections"]["words"]["fields"]["areas"]["columns"]
    monkeypatch.setitem(columns, "own", {"type": "text", "label": "Eget", "merge": "agree"})
    said = {"kommunen": "Ja", "polisen": "Nej" if differ else "Ja"}
    document = _book({name: {"words.areas[2].own": value} for name, value in said.items()})
    assert ("Timmar, Eget" in _open(document)) is differ
    assert "Pengar, Eget" not in _open(document)
    assert "Pengar, Ordning" in _open(document), "what the group is asked stays"


# 3


def test_a_tally_of_a_column_counts_what_is_none_of_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = merging.PLAIN["sections"]["words"]["fields"]["areas"]["columns"]
    kinds = {"type": "select_one", "label": "Slag", "merge": "tally", "choices": "kinds"}
    monkeypatch.setitem(columns, "kind", kinds)
    answers = {"kommunen": "cash", "polisen": merging.Unclear("båda"), "hamnen": "cash"}
    document = _book({name: {"words.areas[2].kind": value} for name, value in answers.items()})
    table = _tally(document)
    assert [column.label for column in table.columns[1:]] == ["Pengar", "Timmar", say("sv", "plan.other")]
    assert [[slot.value for slot in row.slots[1:]] for row in table.rows] == [[0, 0, 0], [2, 0, 1]]
    understood = {name: {"words.areas[2].kind": "cash"} for name in answers}
    assert [column.label for column in _tally(_book(understood)).columns[1:]] == ["Pengar", "Timmar"]


def _tally(document: Document) -> Table:
    (table,) = [each for each in document.tables() if each.key == "words.areas_kind_tally"]
    return table


# 4


def test_each_document_counts_its_own() -> None:
    made = plans(merging.plain({"kommunen": {"words.collect": "x"}}))
    assert made["word"].organisation == "Arbetsbok från 1 av 3 organisationer"
    assert dict(made["word"].facts)["Arbetsbok från"] == "Kommunen"
    assert dict(made["word"].facts)["Arbetsbok saknas från"] == "Polisen, Föreningen Hamnen"
    assert made["excel"].organisation == "Budget från 0 av 3 organisationer"
    assert dict(made["excel"].facts)["Budget saknas från"] == "Kommunen, Polisen, Föreningen Hamnen"


# 5


def test_what_a_rule_of_the_plan_names_is_told_as_people_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    aims = merging.PLAIN["sections"]["aims"]["fields"]["work"]["columns"]
    monkeypatch.setitem(aims, "kinds", {"type": "select_multiple", "label": "Slag", "choices": "kinds"})
    monkeypatch.setitem(aims, "share", {"type": "percent", "label": "Andel"})
    monkeypatch.setitem(aims, "done", {"type": "boolean", "label": "Klar"})
    message = "{row.aim}, {row.kinds}, {row.share}, {row.done}"
    rule = {"for": "aims.work", "check": "false", "message": message, "when": "merged"}
    monkeypatch.setitem(merging.PLAIN, "rules", {"never": rule})
    row: dict[str, Value] = {
        "aim": Reference("aims.list", 2),
        "kinds": ("cash", "hours"),
        "share": Decimal("0.30"),
        "done": True,
    }
    answers = {f"aims.work[1].{name}": value for name, value in row.items()}
    merged = merging.plain({"kommunen": {"aims.list[1].what": "A", "aims.list[2].what": "B", **answers}})
    documents = tuple(plan_document(merged, format_) for format_ in ("word", "excel", "pdf"))
    (told,) = check_plan(merged, documents)
    assert told.message("sv") == "Delmål 2, Pengar; Timmar, 30\N{NO-BREAK SPACE}%, Ja"
    assert in_plan(merged, told).startswith("Kommunen, Aktivitet 1")
