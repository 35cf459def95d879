"""Forms of both shipped blueprints, filled in as people do: three lines of text, choices, ticks, dates, rows added and gone."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen import build
from docgen.document import Document, Table
from docgen.layout import documents_for
from docgen.rounds import Built
from tests.conftest import BLUEPRINTS, PARTNERS, PLAN, SETTINGS
from tests.filler.controls import Cell, Control
from tests.filler.docx import Docx

APPLICATION = BLUEPRINTS / "joint-application.yaml"
APPLICANTS = BLUEPRINTS / "joint-application.partners.csv"
APPLICATION_SETTINGS = {
    "funder": "The Sample Fund for Culture",
    "call": "Shared Stages 2027",
    "period": "2027/2029",
    "earliest_start": "2027-Q2",
    "reply_by": "2026-11-30",
}
WHO = {"plan": ("karngruppen", "polisen", "hotellet"), "application": ("harbour-museum", "teater-lyskraft")}
EMPTY_EVERY = 6  # every sixth answer is left as it came: its placeholder must not become an answer anywhere
MIXED = {7: "你好 tack", 11: "👍🏽"}


@dataclass(frozen=True)
class Form:
    """A form, and what must come back from it.

    Attributes:
        file: the filled form.
        blank: the form as it was sent.
        document: what is asked in it.
        expected: by the answer's key: the text, the label chosen, a date as ISO 8601, True, or the names ticked.
        names: what a label on paper may stand for in data.
    """

    file: Path
    blank: Path
    document: Document
    expected: Mapping[str, Any]
    names: Mapping[str, set[Any]]


def forms(folder: Path) -> list[Form]:
    """Builds the rounds and fills in the form of each partner."""
    rounds = {
        "plan": build(PLAN, PARTNERS, folder / "plan", SETTINGS),
        "application": build(APPLICATION, APPLICANTS, folder / "application", APPLICATION_SETTINGS),
    }
    return [_form(rounds[name], partner, folder) for name, partners in WHO.items() for partner in partners]


def _form(built: Built, partner: str, folder: Path) -> Form:
    (blank,) = (built.folder / "partners" / partner).glob("*.docx")
    formats = built.round.blueprint.documents
    (document,) = (
        each
        for each in documents_for(built.round, built.round.partner(partner))
        if formats[each.identity.document].format == "word"
    )
    person = _Person(Docx(blank))
    person.fill_in()
    for table in document.tables():
        person.change_rows(table)
    filled = person.docx.save(folder / f"{partner}.docx")
    return Form(filled, blank, document, person.typed, _names_by_label(built, document))


def _names_by_label(built: Built, document: Document) -> dict[str, set[Any]]:
    """What a label on paper may stand for in data: yes and no, partners, rows, all choices in both languages."""
    names: dict[str, set[Any]] = {"Ja": {True}, "Yes": {True}, "Nej": {False}, "No": {False}}
    names |= {partner.name: {partner.id} for partner in built.round.partners}
    for target in {target for slot in document.slots() for target in slot.spec.targets}:
        for row in range(1, target.rows + 1):
            names.setdefault(f"{target.row_label} {row}", set()).update({row, f"{target.table}[{row}]"})
    blueprint = built.round.blueprint
    for data in (blueprint.data, *blueprint.translations.values()):
        for labels in data["choices"].values():
            for name, label in labels.items():
                names.setdefault(label, set()).add(name)
    return names


class _Person:
    """Fills in a form; ``typed`` is what must come back, by key."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.typed: dict[str, Any] = {}
        self._number = 1000

    def fill_in(self) -> None:
        """Answers all but every sixth question."""
        for place, control in enumerate(self.docx.controls()):
            if place % EMPTY_EVERY != EMPTY_EVERY - 1 and control.tag is not None:
                self._answer(control, control.tag)

    def _token(self) -> str:
        """Words that stand nowhere else; some mix scripts and some hold an emoji."""
        self._number += 1
        more = [sign for step, sign in MIXED.items() if self._number % step == 0]
        return " ".join([f"Svar{self._number} å–ö", *more])

    def _answer(self, control: Control, key: str) -> None:
        """Answers in one control; ``key`` is what the answer comes back under."""
        token = self._token()
        tag = control.tag or ""
        match control.kind:
            case "rich":
                self.typed[key] = f"{token}\nandra raden {self._number}\ntredje raden {self._number}"
                self.docx.fill(tag, self.typed[key], control.nth)
            case "combo" if self._number % 2 and control.options:
                self._choose(control, key)
            case "text" | "combo":
                self.typed[key] = token
                self.docx.fill(tag, token, control.nth)
            case "dropdown":
                self._choose(control, key)
            case "date":
                day = datetime.date(2027, 1, 1) + datetime.timedelta(self._number % 700)
                self.docx.set_date(tag, day, control.nth)
                self.typed[key] = day.isoformat()
            case "checkbox":
                self.docx.tick(tag, control.nth)
                key, _, name = key.partition("#")
                self.typed[key] = [*self.typed.get(key, []), name] if name else True

    def _choose(self, control: Control, key: str) -> None:
        options = [each.display for each in control.options if each.value]
        self.typed[key] = options[self._number % len(options)]
        self.docx.choose(control.tag or "", self.typed[key], control.nth)

    def change_rows(self, table: Table) -> None:
        """Deletes the second row, copies the last, and inserts an empty one that is then typed into."""
        first = self._where(table, table.rows[0].number)
        last = self._where(table, table.rows[-1].number)
        as_grid = first.table == last.table
        highest = table.rows[-1].number
        if len(table.rows) > 2:
            second = self._where(table, 2)
            if as_grid:
                self.docx.delete_row(second.table, second.row)
            else:
                self.docx.delete_table(second.table)
            self.typed = {key: value for key, value in self.typed.items() if not key.startswith(f"{table.key}[2].")}
        if table.fixed:
            return
        last = self._where(table, highest)
        if as_grid:
            self.docx.add_row(last.table, after=last.row)
            self._type_row(table, first, highest + 1)
        else:
            self.docx.copy_table(last.table)
        self._answer_copy(table, highest, highest + 1 + as_grid)

    def _controls(self, table: Table, row: int, nth: int = 0) -> Iterator[Control]:
        before = f"{table.key}[{row}]."
        return (each for each in self.docx.controls() if (each.tag or "").startswith(before) and each.nth == nth)

    def _where(self, table: Table, row: int) -> Cell:
        cell = next(self._controls(table, row)).cell
        assert cell is not None
        return cell

    def _answer_copy(self, table: Table, source: int, number: int) -> None:
        """Types over what a copied row says; its ticks stay."""
        for control in list(self._controls(table, source, nth=1)):
            tag = control.tag or ""
            key = tag.replace(f"[{source}]", f"[{number}]", 1)
            if control.kind != "checkbox" and not control.placeholder:
                self._answer(control, key)
            elif control.checked:
                key, _, name = key.partition("#")
                self.typed[key] = [*self.typed.get(key, []), name] if name else True

    def _type_row(self, table: Table, above: Cell, number: int) -> None:
        """Types into a new row without controls, where text can be typed."""
        columns = {(each.tag or "").partition("].")[2]: each for each in self._controls(table, table.rows[0].number)}
        row = self.docx.add_row(above.table, after=above.row, with_controls=False)
        for name, control in columns.items():
            if control.kind in {"text", "rich", "combo"} and control.cell is not None:
                token = self._token()
                self.docx.type_in_cell(Cell(above.table, row, control.cell.column), token)
                self.typed[f"{table.key}[{number}].{name}"] = token
