"""Values that answers are made of, beside Python's own str, int, bool, Decimal and date."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal as Fixed

# Characters that XML 1.0 (clause 2.2) cannot carry; an editor never writes them, a hostile or broken file may.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NOTHING: Mapping[str, str] = MappingProxyType({})


def normalise(text: str) -> str:
    r"""Text as docgen keeps it: NFC, newlines as ``\n``, no blanks at the very end.

    Blanks inside, at the start and at the ends of inner lines are kept: they were typed.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.rstrip()


def without_control_characters(text: str) -> str:
    """Text with what no Office file may carry taken out (XML 1.0, clause 2.2)."""
    return _NOT_XML.sub("", text)


def same_words(text: str) -> str:
    """Text reduced to what makes two labels the same for a reader: case and blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


PeriodKind = Fixed["year", "quarter", "week", "span"]

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-W(?P<week>\d{2})|/(?P<last>\d{4}))?", re.ASCII)
_FIRST_YEAR = 1000  # nobody plans an earlier one; 0027 is a slip


@dataclass(frozen=True, order=True)
class Period:
    """A year, a quarter, an ISO 8601 week, or a span of whole years.

    ``part`` is the quarter (1-4) or week (1-53) within ``first``; ``last`` equals ``first`` but for a span.
    """

    first: int
    last: int
    part: int = 0
    kind: PeriodKind = "year"

    @classmethod
    def from_iso(cls, text: str) -> "Period":
        """A period from ``2027``, ``2027-Q3``, ``2027-W26`` or ``2027/2030``.

        Raises:
            ValueError: the text is none of these, the week does not exist, or the span runs backwards.
        """
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(text)
        year = int(match["year"])
        if year < _FIRST_YEAR:
            raise ValueError(text)
        if match["quarter"]:
            return cls(year, year, int(match["quarter"]), "quarter")
        if match["week"]:
            datetime.date.fromisocalendar(year, int(match["week"]), 1)
            return cls(year, year, int(match["week"]), "week")
        if match["last"]:
            last = int(match["last"])
            if last < year:
                raise ValueError(text)
            return cls(year, last, 0, "span")
        return cls(year, year)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year the period touches, in order."""
        return tuple(range(self.first, self.last + 1))

    def __str__(self) -> str:
        """The ISO-like form: ``2027``, ``2027-Q3``, ``2027-W26``, ``2027/2030``."""
        forms = {
            "year": f"{self.first:04d}",
            "quarter": f"{self.first:04d}-Q{self.part}",
            "week": f"{self.first:04d}-W{self.part:02d}",
            "span": f"{self.first:04d}/{self.last:04d}",
        }
        return forms[self.kind]


@dataclass(frozen=True)
class Literal:
    """A named value a field takes beside its own kind: "räknas inte hos oss" is ``Literal("not_counted")``."""

    name: str


@dataclass(frozen=True)
class Reference:
    """A row of a table, by its printed number."""

    table: str
    row: int


@dataclass(frozen=True)
class Signature:
    """Whether a signature field holds a signature, and the name in it where it says one."""

    present: bool
    by: str | None = None


Value = str | int | Decimal | bool | datetime.date | Period | Literal | Reference | Signature | tuple[str, ...]


@dataclass(frozen=True)
class Address:
    """Where an answer belongs: ``section.field``, or ``section.table[row].column``.

    ``str`` of it is the key used in JSON, in control tags and, spelled otherwise, in cell and widget names.
    """

    field: str
    row: int | None = None
    column: str | None = None

    @classmethod
    def parse(cls, text: str) -> "Address":
        """The address a key stands for.

        Raises:
            ValueError: the text is not such a key.
        """
        match = re.fullmatch(r"(\w+\.\w+)(?:\[(\d+)\](?:\.(\w+))?)?", text)
        if match is None:
            raise ValueError(text)
        return cls(match[1], int(match[2]) if match[2] else None, match[3])

    def __str__(self) -> str:
        text = self.field
        if self.row is not None:
            text += f"[{self.row}]"
        return f"{text}.{self.column}" if self.column else text


@dataclass(frozen=True)
class Raw:
    """What a control says, before anybody judges it.

    ``text`` is always what a person sees; the rest is what the file says beside it, where its format has a
    type for it: a cell's number, a date control's ``w:fullDate``, a ticked box, the names of ticked options,
    a signature.
    """

    text: str = ""
    number: Decimal | None = None
    date: datetime.date | None = None
    truth: bool | None = None
    chosen: tuple[str, ...] = ()
    signed: bool | None = None

    @property
    def empty(self) -> bool:
        """Nothing was filled in."""
        return not (
            self.text.strip()
            or self.number is not None
            or self.date is not None
            or self.truth
            or self.chosen
            or self.signed
        )
