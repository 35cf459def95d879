"""HTML out of plain texts: whatever is not markup already is escaped (HTML, 13.1.2), so that nobody's text becomes any.

What is made is well-formed XML as well: every element is closed, every attribute quoted.
"""

import html
import re
from collections.abc import Iterable

# What neither HTML (13.1.4) nor XML 1.0 (2.2) may carry: shown as a sign that something stood there.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_VOID = frozenset({"br", "col", "hr", "meta"})


class Markup(str):
    """Text that is HTML."""

    __slots__ = ()


def escaped(text: str) -> Markup:
    """A text as HTML shows it, in an element or an attribute."""
    if isinstance(text, Markup):
        return text
    return Markup(html.escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)))


def element(name: str, /, *children: str, **attributes: str) -> Markup:
    """An element. ``class_`` stands for class, ``data_label`` for data-label; an attribute that is "" is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"' for key, value in attributes.items() if value
    )
    if name in _VOID:
        return Markup(f"<{name}{given}/>")
    return Markup(f"<{name}{given}>{joined(children)}</{name}>")


def joined(parts: Iterable[str]) -> Markup:
    """Several parts as one."""
    return Markup("".join(escaped(part) for part in parts))
