"""Made-up answers of partners, for tests of the merged workbook. Every text is a word that stands nowhere else."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from keyword import iskeyword
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from docgen.blueprint.load import from_data
from docgen.document import Slot
from docgen.layout import documents_for
from docgen.merged import Merged, merge
from docgen.sending import Partner, Round
from docgen.submission import Given, Submission
from docgen.values import Address, Literal, Period, Reference, Signature, Value
from tests import strategies

TOKEN = r"ord\d+x"
WORDS = ("text", "paragraph", "email", "phone", "organisation")


class Answers:
    """Answers questions at random, the same for the same seed."""

    def __init__(self, seed: int, *, mistakes: float = 0.05, empty: float = 0.2) -> None:
        self.random = Random(seed)
        self._next = count(1001)
        self._mistakes, self._empty = mistakes, empty

    def word(self) -> str:
        return f"ord{next(self._next)}x"

    def given(self, slot: Slot) -> Given | None:
        """An answer, a mistake, or nothing."""
        chance = self.random.random()
        if slot.read_only or slot.formula is not None or chance < self._empty:
            return None
        if chance < self._empty + self._mistakes and slot.spec.type not in WORDS:
            return Given(None, f"kanske {self.word()}", "fil.xlsx", slot.place)
        value = self.value(slot)
        return None if value is None else Given(value, None, "fil.xlsx", slot.place)

    def value(self, slot: Slot) -> Value | None:
        """What a person could answer."""
        some = self.random
        if slot.spec.literals and some.random() < 0.2:
            return Literal(some.choice(slot.spec.literals).name)
        if slot.spec.type in WORDS and (slot.spec.type != "organisation" or some.random() < 0.3):
            return f"={self.word()}" if some.random() < 0.1 else self.word()
        return self._of_its_type(slot)

    def _of_its_type(self, slot: Slot) -> Value | None:
        spec, some = slot.spec, self.random
        options = [option.name for option in spec.options]
        match spec.type:
            case "integer":
                return some.randrange(0, 5000)
            case "decimal" | "money" | "percent":
                return Decimal(some.randrange(-2_000_00, 900_000_00)) / 100
            case "date":
                return datetime.date(2027, 1, 1) + datetime.timedelta(some.randrange(900))
            case "period":
                return Period(2027, 2028, 0, "span") if spec.appearance == "span" else Period(2027, 2027)
            case "select_one" | "organisation" if options:
                return some.choice(options)
            case "select_multiple" if options:
                return tuple(sorted(some.sample(options, some.randint(1, len(options))), key=options.index))
            case "boolean":
                return some.random() < 0.5 or spec.appearance == "checkbox"
            case "reference" if spec.targets:
                target = some.choice(spec.targets)
                return Reference(target.table, some.randint(1, max(1, target.rows)))
            case "signature":
                return Signature(present=True)
            case _:
                return None


def submission(round_: Round, partner: Partner, answers: Answers) -> Submission:
    """What a partner answers to all that it is asked."""
    documents = documents_for(round_, partner)
    given = {
        slot.address: found for document in documents for slot in document.slots() if (found := answers.given(slot))
    }
    returned = frozenset(document.identity.document for document in documents)
    return Submission(partner, documents, returned, ("fil.xlsx",), given)


def merged(round_: Round, seed: int, *, silent: int = 0) -> Merged:
    """A round in which all partners but the last few answer at random."""
    answers = Answers(seed)
    answering = round_.partners[: len(round_.partners) - silent]
    return merge(round_, [submission(round_, partner, answers) for partner in answering])


def said(merged_: Merged) -> Iterator[tuple[Submission, Address, Given]]:
    """Every answer of every partner."""
    for each in merged_.submissions:
        for address, given in each.answers.items():
            yield each, address, given


@st.composite
def calculating_rounds(draw: DrawFn) -> Round:
    """Generated rounds in which numbers are merged in any way, and sums of any of them stand in workbooks."""
    data = draw(strategies.blueprints())
    terms: list[str] = []
    sheets = [name for each in data["documents"].values() if each["format"] == "excel" for name in each["sections"]]
    for section, body in data["sections"].items():
        for name, field in body["fields"].items():
            key = f"{section}.{name}"
            if field["type"] in strategies.NUMERIC:
                field["merge"] = draw(st.sampled_from(["collect", "append", "agree", "sum", "latest"]))
                terms.append(f"sum({key})" if "each" in field else key)
            elif field["type"] == "table":
                field["merge"] = draw(st.sampled_from(["append", "sum"]))
                terms += _of_table(draw, data, key, field, calculates=section in sheets)
    terms = [term for term in terms if not any(map(iskeyword, re.findall(r"\w+", term)))]  # a calculation may not
    for sheet in sheets:
        for number in range(draw(st.integers(0, 3)) if terms else 0):
            parts = draw(st.lists(st.sampled_from(terms), min_size=1, max_size=4))
            marks = draw(st.lists(st.sampled_from([" + ", " - ", " * ", " / "]), min_size=3, max_size=3))
            text = parts[0] + "".join(mark + part for mark, part in zip(marks, parts[1:], strict=False))
            field = {"type": "decimal", "label": f"Summa {number}", "calculation": text}
            data["sections"][sheet]["fields"][f"zz_{number}"] = field
    period = Period(2027, draw(st.integers(2027, 2029)), 0, "span")
    return Round(from_data(data, {}), {strategies.YEARS: period}, draw(strategies.partners()))


def _of_table(
    draw: DrawFn, data: dict[str, Any], key: str, field: dict[str, Any], *, calculates: bool
) -> Iterator[str]:
    """Gives a table a calculated column, and says what can be added up of it."""
    columns = field["columns"]
    numbers = [name for name, column in columns.items() if column["type"] in strategies.NUMERIC and not iskeyword(name)]
    chosen = [
        name
        for name, column in columns.items()
        if column["type"] == "select_one" and column["choices"] == strategies.LIST
    ]
    options = list(data["choices"][strategies.LIST])
    for name in numbers:
        yield f"sum({key}.{name})"
        for other in chosen:
            yield f'sum({key}.{name}, {other} == "{draw(st.sampled_from(options))}")'
    if numbers and calculates and draw(st.booleans()):
        names = [f"sum({name})" if "each" in columns[name] else name for name in numbers]
        total = draw(st.sampled_from([" + ", " * "])).join(names)
        columns["zz"] = {"type": "decimal", "label": "Av raden", "calculation": total, "total": True}
        yield f"sum({key}.zz)"
