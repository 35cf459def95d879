"""What is wrong with a partner's answers: pure functions from a case to problems.

Types were judged when the files were read. Here it is what the blueprint says: ``required``, ``relevant``,
``constraint`` and ``rules``. A missing answer is not judged, and nothing is told of another partner.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from docgen.blueprint.judge import Judge, Place, Scene, Verdict, scene
from docgen.blueprint.model import Blueprint, Field, Rule
from docgen.document import Document, Question, Slot, Table
from docgen.fields import FIELD_TYPES
from docgen.problems import Problem, problem
from docgen.sending import Round, parameter_spec
from docgen.submission import Submission
from docgen.values import Address, Reference, Value

_NAME = re.compile(r"\b(row|plan)((?:\.\w+)+)")
_HAS = re.compile(r"has\([^()]*\)")
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
        verdict = self.judge.verdict(expression, place, self.scene, **variables)
        if verdict == "fails" and self.unanswered(expression, row):
            return "unjudged"
        return verdict

    def unanswered(self, expression: str, row: Reference | None) -> bool:
        """Whether an expression names an answer that is missing, other than to ask whether it is.

        One that was not understood counts as missing wherever it is named.
        """
        if any(self.misunderstood(root, path[1:].split("."), row) for root, path in _NAME.findall(expression)):
            return True
        for root, path in _NAME.findall(_HAS.sub("", expression)):
            message = self.scene.plan if root == "plan" else self.scene.rows.get(row) if row is not None else None
            for name in path[1:].split("."):
                if message is None or name not in getattr(message, "DESCRIPTOR").fields_by_name:  # noqa: B009
                    break
                field = message.DESCRIPTOR.fields_by_name[name]
                if field.is_repeated or field.message_type is None:
                    break
                if not message.HasField(name):
                    return True
                message = getattr(message, name)
        return False

    def misunderstood(self, root: str, path: list[str], row: Reference | None) -> bool:
        """Whether any answer that a name covers (a field, a table, a column's years) was not understood."""
        for address, given in self.submission.answers.items():
            if given.raw is None:
                continue
            if root == "plan" and address.field == ".".join(path[:2]):
                return True
            if root == "row" and row is not None and (address.field, address.row) == (row.table, row.row):
                column = address.column or ""
                if column == path[0] or re.fullmatch(rf"{path[0]}_(?:\d{{4}}|q[1-4])", column):
                    return True
        return False


def check(round_: Round, submission: Submission, judge: Judge) -> tuple[Problem, ...]:
    """Everything the blueprint has to say about a submission, in the order of its questions."""
    tables = {address.field for address in submission.answers if address.row is not None}
    rows = {table: submission.rows(table) for table in tables}
    case = Case(round_, submission, judge, scene(judge, round_.parameters, submission.values(), rows, {}))
    return tuple(found for each in CHECKS for found in each(case))


def _missing_documents(case: Case) -> Iterator[Problem]:
    for document in case.submission.documents:
        if document.identity.document not in case.submission.returned:
            yield problem("document-missing", case.submission.partner.name, document=document.title)


def _required(case: Case) -> Iterator[Problem]:
    """Each required answer that is missing where its question applies."""
    for document in case.documents():
        for section in document.sections:
            if _applies(case, case.blueprint.sections[section.key].relevant) is False:
                continue
            for block in section.blocks:
                match block:
                    case Question(slot=slot):
                        yield from _required_slot(case, slot)
                    case Table():
                        yield from _required_rows(case, block)
                    case _:
                        pass


def _required_slot(case: Case, slot: Slot) -> Iterator[Problem]:
    field = field_of(case.blueprint, slot.address)
    row = Reference(slot.address.field, slot.address.row) if slot.address.row is not None else None
    if not slot.required or slot.read_only or slot.address in case.submission.answers or _elsewhere(case, slot.address):
        return
    if not field.relevant or _applies(case, field.relevant, row):
        yield problem("required-missing", slot.place)


def _elsewhere(case: Case, address: Address) -> bool:
    """Whether the answer is missing only because two documents disagree about it, which is told already."""
    return any(each.address == address for each in case.submission.conflicts)


def _required_rows(case: Case, table: Table) -> Iterator[Problem]:
    """In fixed rows every row, in repeating ones those that hold anything; a required table has at least one."""
    field = case.blueprint.field(table.key)
    if field.relevant and not _applies(case, field.relevant):
        return
    filled = case.submission.rows(table.key)
    if field.required and not filled:
        yield problem("required-table", table.label)
    for number in [row.number for row in table.rows] if table.fixed else filled:
        for column in table.columns:
            yield from _required_slot(case, table.slot(number, column.key))


def _applies(case: Case, relevant: str, row: Reference | None = None) -> bool | None:
    """Whether a question applies: None where the answer it depends on is missing."""
    if not relevant:
        return True
    known_row = row if row in case.scene.rows else None
    place = Place(known_row.table) if known_row is not None else Place()
    if known_row is None and re.search(r"\brow\b", relevant):
        return None
    verdict = case.verdict(relevant, place, known_row)
    return {"holds": True, "fails": False}.get(verdict)


def _irrelevant(case: Case) -> Iterator[Problem]:
    """Answers to questions that do not apply: kept, and told."""
    told: set[str] = set()
    for address in case.submission.answers:
        section, _, _ = address.field.partition(".")
        field, table = field_of(case.blueprint, address), case.blueprint.field_or_none(address.field)
        row = Reference(address.field, address.row) if address.row is not None else None
        conditions = [case.blueprint.sections[section].relevant, field.relevant]
        if row is not None and table is not None:
            conditions.append(table.relevant)
        if any(_applies(case, condition, row) is False for condition in conditions if condition):
            place = case.submission.place(address)
            if place not in told:
                told.add(place)
                yield problem("not-relevant", place)


def _constraints(case: Case) -> Iterator[Problem]:
    for address, given in case.submission.answers.items():
        field = field_of(case.blueprint, address)
        if not field.constraint or given.value is None:
            continue
        value = _plain(given.value)
        if value is None:
            continue
        verdict = case.judge.verdict(field.constraint, Place.of_value(field), case.scene, value=value)
        place = case.submission.place(address)
        if verdict == "fails":
            message = case_text(case, field.constraint_message, None)
            yield problem("constraint-failed", place, message=message)
        elif verdict == "fault":
            yield problem("rule-fault", place, rule=f"{address.field}: constraint")


def _plain(value: Value) -> object:
    """A value as expressions take it alone; None for what they do not judge."""
    import datetime
    from decimal import Decimal

    from docgen.values import Literal, Period, Signature

    match value:
        case Literal() | Reference() | Signature():
            return None
        case Period(kind="span"):
            return None
        case Decimal():
            return float(value)
        case datetime.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case Period():
            return str(value)
        case _:
            return value


def _references(case: Case) -> Iterator[Problem]:
    """References to rows that the partner has not filled in."""
    for address, given in case.submission.answers.items():
        target = given.value
        if isinstance(target, Reference) and target not in case.scene.rows and _asked(case, target.table):
            table = case.blueprint.field(target.table)
            yield problem("reference-dangling", case.submission.place(address), row=f"{table.row_label} {target.row}")


def _asked(case: Case, table: str) -> bool:
    return any(each.key == table for document in case.documents() for each in document.tables())


def _rules(case: Case) -> Iterator[Problem]:
    for rule in case.blueprint.rules.values():
        if not rule.merged_only:
            yield from judged(case, rule)


def judged(case: Case, rule: Rule) -> Iterator[Problem]:
    """What a rule finds: in a table each row that fails, elsewhere at most one problem."""
    section, _, name = rule.applies_to.partition(".")
    field = case.blueprint.field_or_none(rule.applies_to)
    if field is not None and field.type == "table":
        rows = [Reference(rule.applies_to, number) for number in case.submission.rows(rule.applies_to)]
        for row in rows:
            place = _row_place(case, row)
            yield from _told(case, rule, case.verdict(rule.check, Place(row.table), row), place, row)
        return
    wanted = f"{section}.{name}" if name else section
    if any(address.field == wanted or address.field.startswith(f"{section}.") for address in case.submission.answers):
        place = f"{case.blueprint.sections[section].title}" + (f", {field.label}" if field is not None else "")
        yield from _told(case, rule, case.verdict(rule.check, Place()), place, None)


def _row_place(case: Case, row: Reference) -> str:
    """A row as people call it: "Delmål 2", or a fixed row's own label."""
    for document in case.submission.documents:
        for table in document.tables():
            if table.key == row.table:
                label = next((each.label for each in table.rows if each.number == row.row), "")
                return label or f"{table.row_label} {row.row}"
    return f"{row.table}[{row.row}]"


def _told(case: Case, rule: Rule, verdict: Verdict, place: str, row: Reference | None) -> Iterator[Problem]:
    if verdict == "fails":
        yield Problem("rule", place, {"message": case_text(case, rule.message, row)}, rule.severity)  # type: ignore[arg-type]
    elif verdict == "fault":
        yield problem("rule-fault", place, rule=rule.name)


def case_text(case: Case, message: str, row: Reference | None) -> str:
    """A message with the answers and parameters it names filled in, as people read them."""
    values = case.submission.values()

    def filled(match: re.Match[str]) -> str:
        return _named(case, values, match[1].split("."), row) or "–"

    return _BRACES.sub(filled, message)


def _named(case: Case, values: Mapping[Address, Value], parts: list[str], row: Reference | None) -> str:
    match parts:
        case ["round", name]:
            field = case.blueprint.parameters.get(name)
            value = case.round.parameters.get(name)
            if field is None or value is None:
                return ""
            return FIELD_TYPES[field.type].show(value, parameter_spec(case.blueprint, field))
        case ["partner", "name"]:
            return case.submission.partner.name
        case ["row", *path] if row is not None:
            for step in path[:-1]:
                target = values.get(Address(row.table, row.row, step))
                if not isinstance(target, Reference):
                    return ""
                row = target
            return _shown(case, Address(row.table, row.row, path[-1]))
        case ["plan", section, name]:
            return _shown(case, Address(f"{section}.{name}"))
        case _:
            return ""


def _shown(case: Case, address: Address) -> str:
    from docgen.submission import shown

    given = case.submission.answers.get(address)
    return shown(case.submission, address, given) if given is not None else ""


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


Check = Callable[[Case], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (_missing_documents, _required, _irrelevant, _constraints, _references, _rules)
