"""docgen: planning templates out as Word, Excel and PDF files, and the answers back in.

The functions a script uses are importable from here; each is fetched when it is first used, so that ``docgen --help``
does not wait for libraries it does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.rounds import build, load_blueprint, merge, read, validate

__all__ = ["build", "load_blueprint", "merge", "read", "validate"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("docgen.rounds"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
