"""Which numbers of a document are worth a picture, and what the picture says in words.

Two kinds are: a difference that is calculated year by year, of which the terms are shown side by side; and a calculated
table with fixed rows, of which the sums over all years are shown. A picture of nothing but noughts is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from docgen.blueprint.calculation import Arithmetic, Cell, Formula, Number
from docgen.document import Block, Chart, ChartLine, Column, Document, Question, Section, Slot, Table
from docgen.fields import FIELD_TYPES, Spec
from docgen.fields.amounts import show_number
from docgen.locales import text as say
from docgen.series import Series, gathered, is_each
from docgen.values import Address

MOST_ROWS = 25  # of a table in a picture; more cannot be told apart


def with_charts(document: Document) -> Document:
    """A calculated document with a chart after each block of numbers that is worth one."""
    sections = tuple(
        replace(section, blocks=tuple(_blocks(section, document.language))) for section in document.sections
    )
    return replace(document, sections=sections)


def _blocks(section: Section, language: str) -> Iterator[Block]:
    waiting: list[Question] = []
    for block in section.blocks:
        if isinstance(block, Question):
            waiting.append(block)
            yield block
            continue
        yield from _of_questions(waiting, language)
        waiting = []
        yield block
        if isinstance(block, Table):
            yield from _of_table(block, language)
    yield from _of_questions(waiting, language)


def _of_questions(questions: Sequence[Question], language: str) -> Iterator[Chart]:
    """A chart for each difference that is calculated once a year, of the years in which there is anything to calculate."""
    series = [block for block in gathered(questions) if isinstance(block, Series)]
    labels = {question.slot.address: each.label for each in series for question in each.questions}
    slots = {question.slot.address: question.slot for question in questions}
    for each in series:
        years = [
            (head, question) for head, question in zip(each.heads, each.questions, strict=True) if _counts(question)
        ]
        terms = [list(_terms(question.slot.formula)) for _, question in years]
        signs = [sign for _, sign in terms[0]] if terms else []
        known = all(address in labels for found in terms for address, _ in found)
        if not known or -1 not in signs or any([sign for _, sign in found] != signs for found in terms):
            continue
        lines = []
        for at, sign in enumerate(signs):
            addresses = [found[at][0] for found in terms]
            lines.append(_line(labels[addresses[0]], [slots[address] for address in addresses], against=sign < 0))
        specs = {_look(slots[found[at][0]].spec) for found in terms for at in range(len(signs))}
        if len(specs) == 1 and len(lines) > 1:
            label = ", ".join(line.label for line in lines)
            yield from _chart(label, [head for head, _ in years], lines, slots[terms[0][0][0]].spec, language)


def _counts(question: Question) -> bool:
    return question.slot.formula is not None


def _terms(formula: Formula | None, sign: int = 1) -> Iterator[tuple[Address, int]]:
    """The cells a formula adds and takes away; nothing at all where it does anything else."""
    match formula:
        case Cell(address=address):
            yield address, sign
        case Arithmetic(operator="-", left=Number(value=value), right=right) if not value:  # a minus sign
            yield from _terms(right, -sign)  # type: ignore[arg-type]
        case Arithmetic(operator="+" | "-" as operator, left=left, right=right):
            first = list(_terms(left, sign))  # type: ignore[arg-type]  # resolved
            second = list(_terms(right, sign if operator == "+" else -sign))  # type: ignore[arg-type]
            if first and second:
                yield from first
                yield from second
        case _:
            return


def _of_table(table: Table, language: str) -> Iterator[Chart]:
    """A chart of a calculated table's sums, a line for each column that has no year."""
    slots = [slot for row in table.rows for slot in row.slots]
    calculated = all(slot.formula is not None or (slot.read_only and slot.value is None) for slot in slots)
    if not table.fixed or not calculated or not 2 <= len(table.rows) <= MOST_ROWS:
        return
    whole = [(at, column) for at, column in enumerate(table.columns) if not is_each(column.key)]
    same = [(at, column) for at, column in whole if _look(column.spec) == _look(whole[0][1].spec)]
    labels, shared = _without_shared_end([column.label for _, column in same])
    lines = [
        _line(label, [row.slots[at] for row in table.rows], against=at > same[0][0])
        for label, (at, _) in zip(labels, same, strict=True)
    ]
    title = ", ".join((table.label, *shared)) if len(lines) > 1 else f"{table.label}: {labels[0]}" if labels else ""
    filled = sum(any(line.values[at] for line in lines) for at in range(len(table.rows)))
    if max(2, len(table.rows) / 2) <= filled:  # else it would show gaps more than bars
        yield from _chart(title, [row.label for row in table.rows], lines, _spec(same), language)


def _without_shared_end(labels: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Labels without what stands after the last comma of each, where that is the same; and what that was."""
    ends = {label.rpartition(", ")[2] for label in labels}
    if len(labels) > 1 and len(ends) == 1 and all(", " in label for label in labels):
        return [label.rpartition(", ")[0] for label in labels], tuple(ends)
    return list(labels), ()


def _spec(columns: Sequence[tuple[int, Column]]) -> Spec:
    return columns[0][1].spec if columns else Spec("text", "")


def _look(spec: Spec) -> tuple[str, str | None, str]:
    return spec.type, spec.appearance, spec.unit


def _line(label: str, slots: Iterable[Slot], *, against: bool) -> ChartLine:
    found = list(slots)
    values = tuple(Decimal(slot.value) if isinstance(slot.value, int | Decimal) else Decimal(0) for slot in found)
    return ChartLine(label, tuple(slot.address for slot in found), values, against)


def _chart(
    label: str, categories: Sequence[str], lines: Sequence[ChartLine], spec: Spec, language: str
) -> Iterator[Chart]:
    shown = [line for line in lines if any(line.values)]
    if not shown:
        return
    title = f"{label} ({spec.unit})" if spec.unit else label
    sentences = []
    for at, category in enumerate(categories):
        parts = [f"{line.label} {shown_short(line.values[at], spec)}" for line in shown if line.values[at]]
        sentences.append(say(language, "chart.category", category=category, parts=", ".join(parts)) if parts else "")
    none = [category for category, sentence in zip(categories, sentences, strict=True) if not sentence]
    rest = say(language, "chart.nothing", categories=", ".join(none)) if none else ""
    alternative = " ".join(part for part in (f"{title}.", *sentences, rest) if part)
    yield Chart(title, alternative, tuple(categories), tuple(shown), spec)


def shown_short(value: Decimal, spec: Spec) -> str:
    """A number as a picture shows it: money rounded to whole kronor, or to thousands where it is shown in those."""
    if spec.type != "money":
        return FIELD_TYPES[spec.type].show(value, spec)
    unit = Decimal(1000) if spec.appearance == "thousands" else Decimal(1)
    return show_number((value / unit).quantize(Decimal(1), ROUND_HALF_UP), spec.language)
