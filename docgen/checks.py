"""What is wrong with a partner's answers: pure functions from a case to problems.

Types were judged when the files were read. Here it is what the blueprint says: ``required``, ``relevant``,
``constraint`` and ``rules``. A missing answer is not judged, and nothing is told of another partner.
"""

from collections.abc import Callable, Iterator

from docgen.blueprint.judge import Judge, Place, Verdict, scene
from docgen.blueprint.messages import is_held
from docgen.blueprint.model import Rule
from docgen.case import Case, field_of
from docgen.document import Question, Slot, Table
from docgen.problems import Problem, problem
from docgen.sending import Round
from docgen.submission import Submission
from docgen.values import Address, Reference

__all__ = ["CHECKS", "Case", "Check", "check", "judged"]


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
            if not case.section_applies(section.key):
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
    if not field.relevant or case.applies(field.relevant, row):
        yield problem("required-missing", slot.place, address=slot.address)


def _elsewhere(case: Case, address: Address) -> bool:
    """Whether the answer is missing only because two documents disagree about it, which is told already."""
    return any(each.address == address for each in case.submission.conflicts)


def _required_rows(case: Case, table: Table) -> Iterator[Problem]:
    """In fixed rows every row, in repeating ones those that hold anything; a required table has at least one."""
    field = case.blueprint.field(table.key)
    if field.relevant and not case.applies(field.relevant):
        return
    filled = case.submission.rows(table.key)
    if field.required and not filled:
        yield problem("required-table", table.label, address=Address(table.key))
    for number in [row.number for row in table.rows] if table.fixed else filled:
        for column in table.columns:
            yield from _required_slot(case, table.slot(number, column.key))


def _irrelevant(case: Case) -> Iterator[Problem]:
    """Answers to questions that do not apply: kept, and told; of a whole section or table, once."""
    told: set[str] = set()
    for address in case.submission.answers:
        place = _irrelevant_place(case, address)
        if place and place not in told:
            told.add(place)
            yield problem("not-relevant", place, address=address)


def _irrelevant_place(case: Case, address: Address) -> str:
    """The place that does not apply and holds an answer: its section, its table or itself; "" if it applies."""
    section, _, _ = address.field.partition(".")
    if not case.section_applies(section):
        return case.blueprint.sections[section].title
    whole, field = case.blueprint.field_or_none(address.field), field_of(case.blueprint, address)
    if address.row is None:
        return case.submission.place(address) if case.applies(field.relevant) is False else ""
    if whole is not None and case.applies(whole.relevant) is False:
        return whole.label
    row = Reference(address.field, address.row)
    return case.submission.place(address) if case.applies(field.relevant, row) is False else ""


def _too_great(case: Case) -> Iterator[Problem]:
    """Whole numbers that no expression can hold: they are not judged, and that is told."""
    for address, given in case.submission.answers.items():
        if isinstance(given.value, int) and not is_held(given.value):
            yield problem("number-too-great", case.submission.place(address), address=address)


def _constraints(case: Case) -> Iterator[Problem]:
    for address, given in case.submission.answers.items():
        field = field_of(case.blueprint, address)
        if not field.constraint or given.value is None:
            continue
        verdict = case.constraint(field, given.value)
        place = case.submission.place(address)
        if verdict == "fails":
            message = case.text(field.constraint_message)
            yield problem("constraint-failed", place, address=address, message=message)
        elif verdict == "fault":
            yield problem("rule-fault", place, address=address, rule=f"{address.field}: constraint")


def _references(case: Case) -> Iterator[Problem]:
    """References to rows that the partner has not filled in."""
    for address, given in case.submission.answers.items():
        target = given.value
        if isinstance(target, Reference) and target not in case.scene.rows and _asked(case, target.table):
            table = case.blueprint.field(target.table)
            place, row = case.submission.place(address), f"{table.row_label} {target.row}"
            yield problem("reference-dangling", place, address=address, row=row)


def _asked(case: Case, table: str) -> bool:
    return any(each.key == table for document in case.documents() for each in document.tables())


def _rules(case: Case) -> Iterator[Problem]:
    for rule in case.blueprint.rules.values():
        if not rule.merged_only:
            yield from judged(case, rule)


def judged(case: Case, rule: Rule) -> Iterator[Problem]:
    """What a rule finds: in a table each row that fails, elsewhere at most one problem.

    Answers to questions that do not apply are not judged; that they stand there is told already.
    """
    section, _, name = rule.applies_to.partition(".")
    field = case.blueprint.field_or_none(rule.applies_to)
    if not case.section_applies(section) or (field is not None and case.applies(field.relevant) is False):
        return
    if field is not None and field.type == "table":
        for number in case.submission.rows(rule.applies_to):
            row = Reference(rule.applies_to, number)
            verdict = case.verdict(rule.check, Place(row.table), row)
            yield from _told(case, rule, verdict, case.row_place(row), Address(row.table, row.row))
        return
    wanted = f"{section}.{name}" if name else section
    if any(address.field == wanted or address.field.startswith(f"{section}.") for address in case.submission.answers):
        place = f"{case.blueprint.sections[section].title}" + (f", {field.label}" if field is not None else "")
        yield from _told(case, rule, case.verdict(rule.check, Place()), place, Address(wanted))


def _told(case: Case, rule: Rule, verdict: Verdict, place: str, address: Address) -> Iterator[Problem]:
    if verdict == "fails":
        row = Reference(address.field, address.row) if address.row is not None else None
        message = {"message": case.text(rule.message, row)}
        yield Problem("rule", place, message, rule.severity, address=address)  # type: ignore[arg-type]
    elif verdict == "fault":
        yield problem("rule-fault", place, address=address, rule=rule.name)


Check = Callable[[Case], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (_missing_documents, _required, _irrelevant, _too_great, _constraints, _references, _rules)
