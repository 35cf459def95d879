"""Made-up answers of partners, for tests of the merged workbook. Every text is a word that stands nowhere else."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from random import Random

from docgen.document import Slot
from docgen.layout import documents_for
from docgen.merged import Merged, merge
from docgen.sending import Partner, Round
from docgen.submission import Given, Submission
from docgen.values import Address, Literal, Period, Reference, Signature, Value

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

    def value(self, slot: Slot) -> Value | None:  # noqa: PLR0912 - a value of each type
        """What a person could answer."""
        spec, some = slot.spec, self.random
        if spec.literals and some.random() < 0.2:
            return Literal(some.choice(spec.literals).name)
        options = [option.name for option in spec.options]
        match spec.type:
            case "integer":
                return some.randrange(0, 5000)
            case "decimal" | "money":
                return Decimal(some.randrange(-2_000_00, 900_000_00)) / 100
            case "date":
                return datetime.date(2027, 1, 1) + datetime.timedelta(some.randrange(900))
            case "period":
                return Period(2027, 2028, 0, "span") if spec.appearance == "span" else Period(2027, 2027)
            case "select_one" if options:
                return some.choice(options)
            case "select_multiple" if options:
                return tuple(sorted(some.sample(options, some.randint(1, len(options))), key=options.index))
            case "boolean":
                return some.random() < 0.5 or spec.appearance == "checkbox"
            case "organisation" if options and some.random() < 0.8:
                return some.choice(options)
            case "reference" if spec.targets:
                target = some.choice(spec.targets)
                return Reference(target.table, some.randint(1, max(1, target.rows)))
            case "signature":
                return Signature(present=True)
            case "text" | "paragraph" | "email" | "phone" | "organisation":
                return f"={self.word()}" if some.random() < 0.1 else self.word()
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


def total(merged_: Merged, table: str, column: str, **wanted: Value) -> Decimal:
    """The sum of a column over the answers themselves, of the rows in which these columns hold these values."""
    found = Decimal(0)
    for each in merged_.submissions:
        rows: dict[int, dict[str, Value | None]] = {}
        for address, given in each.answers.items():
            if address.field == table and address.row is not None and address.column is not None:
                rows.setdefault(address.row, {})[address.column] = given.value
        for row in rows.values():
            value = row.get(column)
            if isinstance(value, int | Decimal) and all(row.get(name) == other for name, other in wanted.items()):
                found += value
    return found


def single(merged_: Merged, key: str) -> Decimal:
    """The sum of what all answered to a question."""
    values = (each.answers[Address(key)].value for each in merged_.submissions if Address(key) in each.answers)
    return sum((Decimal(value) for value in values if isinstance(value, int | Decimal)), Decimal(0))


__all__ = ["TOKEN", "Answers", "merged", "said", "single", "submission", "total"]
