"""What the three formats have in common: the marks that tell a file, remarks in it, and a reason for what it cannot hold."""

from dataclasses import dataclass
from typing import Protocol

from docgen.values import Address


@dataclass(frozen=True)
class Unsupported:
    """A field type that a format cannot hold, and why; the loader turns it into a blueprint error."""

    reason: str  # a key of the catalogues of texts


@dataclass(frozen=True)
class Marks:
    """What a file says of itself, as far as its marks survived; every part may be "".

    ``carried`` is the JSON text the writer was given. ``claims`` is what each of the file's marks says for itself, as
    round, partner and document: in a file that nobody has tampered with they agree.
    ``remarks`` are codes of the problem catalogue about the file as a whole (macros, lost marks).
    """

    blueprint: str = ""
    version: str = ""
    hash: str = ""
    round: str = ""
    partner: str = ""
    document: str = ""
    carried: str = ""
    remarks: tuple[str, ...] = ()
    claims: tuple[tuple[str, str, str], ...] = ()

    @property
    def any(self) -> bool:
        """Something says which round this file belongs to."""
        return bool(self.round or self.carried)


class Mould(Protocol):
    """What makes one document's file for each of many partners, drawn once."""

    def filled(self, partner: str, name: str) -> bytes | None:
        """The file for a partner's id and name, the very bytes ``write`` would give; None where only that can."""


@dataclass(frozen=True)
class Remark:
    """What is to be said in a copy of a file, at the answer it is about; None: of the file as a whole.

    ``where`` is the place as people say it, said where the remark cannot stand at the very answer.
    """

    address: Address | None
    text: str
    where: str = ""
