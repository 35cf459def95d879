"""One partner's answers (or the merged plan's) with what it takes to judge them: what the checks look at.

A missing answer is not judged, and one that was not understood counts as missing wherever it is named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from docgen.blueprint.judge import Judge, Place, Scene, Verdict
from docgen.blueprint.messages import is_held
from docgen.blueprint.model import Blueprint, Field
from docgen.document import Document
from docgen.fields import FIELD_TYPES
from docgen.layout import Layout
from docgen.sending import Round, parameter_spec
from docgen.submission import Submission, shown
from docgen.values import Address, Reference, Value

_NAME = re.compile(r"\b(row|plan)((?:\.\w+)+)")
_HAS = re.compile(r"has\(\s*(\w+(?:\.\w+)+)\s*\)")
_BRACES = re.compile(r"\{([a-z_0-9.]+)\}")


@dataclass(frozen=True)
class Case:
    """A submission with what it takes to judge it."""

    round: Round
    submission: Submission
    judge: Judge
    scene: Scene

    @property
    def blueprint(self) -> Blueprint:
        """The blueprint, in the coordinator's language."""
        return self.round.blueprint

    def documents(self) -> Iterator[Document]:
        """The documents that came back; of one that did not, nothing but that is told."""
        return (each for each in self.submission.documents if each.identity.document in self.submission.returned)

    def verdict(self, expression: str, place: Place, row: Reference | None = None) -> Verdict:
        """Whether an expression holds here; unjudged where an answer it names is missing."""
        variables = {"row": self.scene.rows[row]} if row is not None and place.table else {}
        return self._unless_unanswered(self.judge.verdict(expression, place, self.scene, **variables), expression, row)

    def constraint(self, field: Field, value: Value) -> Verdict:
        """Whether a field's constraint holds for an answer; unjudged where another answer it names is missing."""
        return self._unless_unanswered(self.judge.constraint(field, value, self.scene), field.constraint, None)

    def _unless_unanswered(self, verdict: Verdict, expression: str, row: Reference | None) -> Verdict:
        return "unjudged" if verdict == "fails" and self.unanswered(expression, row) else verdict

    def unanswered(self, expression: str, row: Reference | None) -> bool:
        """Whether an expression names an answer that is missing.

        A name that the expression also asks for with ``has()`` may be missing: whoever wrote it has thought of that.
        """
        if any(self.misunderstood(root, path[1:].split("."), row) for root, path in _NAME.findall(expression)):
            return True
        thought_of = tuple(_HAS.findall(expression))
        for root, path in _NAME.findall(expression):
            if not any(f"{root}{path}.".startswith(f"{name}.") for name in thought_of) and self._missing(
                root, path, row
            ):
                return True
        return False

    def _missing(self, root: str, path: str, row: Reference | None) -> bool:
        message: Any = self.scene.plan if root == "plan" else self.scene.rows.get(row) if row is not None else None
        for name in path[1:].split("."):
            if message is None or name not in message.DESCRIPTOR.fields_by_name:
                return False
            field = message.DESCRIPTOR.fields_by_name[name]
            if field.is_repeated:
                # A table without rows has nothing to judge or is judged for having none; a choice not made is missing.
                return field.message_type is None and not getattr(message, name)
            if field.message_type is None:
                return False
            if not message.HasField(name):
                return True
            message = getattr(message, name)
        return False

    def misunderstood(self, root: str, path: list[str], row: Reference | None) -> bool:
        """Whether any answer that a name covers (a field, a table, a column's years) was not understood, or is too great."""
        for address, given in self.submission.answers.items():
            if given.raw is None and not (isinstance(given.value, int) and not is_held(given.value)):
                continue
            if root == "plan" and address.field == ".".join(path[:2]):
                return True
            if root == "row" and row is not None and (address.field, address.row) == (row.table, row.row):
                column = address.column or ""
                if column == path[0] or re.fullmatch(rf"{path[0]}_(?:\d{{4}}|q[1-4])", column):
                    return True
        return False

    def applies(self, relevant: str, row: Reference | None = None) -> bool | None:
        """Whether a question with this condition applies: None where the answer it depends on is missing."""
        if not relevant:
            return True
        known_row = row if row in self.scene.rows else None
        place = Place(known_row.table) if known_row is not None else Place()
        if known_row is None and re.search(r"\brow\b", relevant):
            return None
        verdict = self.verdict(relevant, place, known_row)
        return {"holds": True, "fails": False}.get(verdict)

    def section_applies(self, name: str) -> bool:
        """Whether a section's questions apply, for all that is known."""
        return self.applies(self.blueprint.sections[name].relevant) is not False

    def row_place(self, row: Reference) -> str:
        """A row as people call it: "Delmål 2", or a fixed row's own label."""
        for document in self.submission.documents:
            for table in document.tables():
                if table.key == row.table:
                    label = next((each.label for each in table.rows if each.number == row.row), "")
                    return label or f"{table.row_label} {row.row}"
        return f"{row.table}[{row.row}]"

    def text(self, message: str, row: Reference | None = None) -> str:
        """A message with the answers and parameters it names filled in, as people read them."""
        values = self.submission.values()

        def filled(match: re.Match[str]) -> str:
            return self._named(values, match[1].split("."), row) or "–"

        return _BRACES.sub(filled, message)

    def _named(self, values: Mapping[Address, Value], parts: list[str], row: Reference | None) -> str:
        match parts:
            case ["round", name]:
                field = self.blueprint.parameters.get(name)
                value = self.round.parameters.get(name)
                if field is None or value is None:
                    return ""
                return FIELD_TYPES[field.type].show(value, parameter_spec(self.blueprint, field))
            case ["partner", "name"]:
                return self.submission.partner.name
            case ["row", *path] if row is not None:
                for step in path[:-1]:
                    target = values.get(Address(row.table, row.row, step))
                    if not isinstance(target, Reference):
                        return ""
                    row = target
                return self._shown(Address(row.table, row.row, path[-1]))
            case ["plan", section, name]:
                return self._shown(Address(f"{section}.{name}"))
            case _:
                return ""

    def _shown(self, address: Address) -> str:
        given = self.submission.answers.get(address)
        if given is None:
            return ""
        if given.raw is None and given.value is not None and self.submission.slot(address) is None:
            # In the merged plan an answer may stand as words, or in a table of another make.
            spec = self._layout.field_spec(field_of(self.blueprint, address))
            return FIELD_TYPES[spec.type].show(given.value, spec)
        return shown(self.submission, address, given)

    @cached_property
    def _layout(self) -> Layout:
        """What a field is called and may hold, in the coordinator's language, whatever document it stands in."""
        anybody = replace(self.submission.partner, language=self.blueprint.language)
        return Layout(self.round, anybody, next(iter(self.blueprint.documents)))


def field_of(blueprint: Blueprint, address: Address) -> Field:
    """The field or column an address belongs to, whatever year or quarter it is of.

    Raises:
        KeyError: there is none.
    """
    section, _, name = address.field.partition(".")
    fields: Mapping[str, Field] = blueprint.sections[section].fields
    if address.column is not None:
        fields, name = fields[name].columns, address.column
    if name in fields:
        return fields[name]
    match = re.fullmatch(r"(\w+)_(?:\d{4}|q[1-4])", name)
    if match is None or not fields[match[1]].each:
        raise KeyError(str(address))
    return fields[match[1]]
