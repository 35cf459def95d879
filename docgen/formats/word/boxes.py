"""Check boxes as people tick them: with a click, with a sign of their own, or with an x where the box stood."""

import re
from collections.abc import Container

from docgen.formats.word.content import Content, Mark
from docgen.locales import LANGUAGES
from docgen.locales import text as say
from docgen.values import same_words

_ON = "☒☑✓✔🗹🗷"
_OFF = "☐□❑❏"
_YES = {"x", "v", *(same_words(say(language, "form.yes")) for language in LANGUAGES)}
_MOST_CHARACTERS = 1_000  # of a line with a box: no label is that long
_NO = {same_words(say(language, "form.no")) for language in LANGUAGES}

# A sign before a label, or "x Label", "[x] Label", "( ) Label".
_BEFORE = re.compile(rf"\s*(?:([{_ON}{_OFF}])|[\[(]\s*([xXvV{_ON}]?)\s*[\])]|([xXvV])(?=\s))\s*(.*?)\s*", re.DOTALL)
_AFTER = re.compile(rf"\s*(.*?)\s*(?:([{_ON}{_OFF}])|[\[(]\s*([xXvV{_ON}]?)\s*[\])]|(?<=\s)([xXvV]))\s*", re.DOTALL)


def tick_and_label(text: str, labels: Container[str]) -> tuple[bool | None, str]:
    """Whether a line is ticked (None: there is no sign for it), and the label it is of.

    Letters are ticks beside one of the labels only: elsewhere they are words.
    """
    if len(text) > _MOST_CHARACTERS or same_words(text) in labels:
        return None, text
    before = _BEFORE.fullmatch(text)
    if before and (before[1] or same_words(before[4]) in labels):
        return _is_on(before[1] or before[2] or before[3]), before[4]
    after = _AFTER.fullmatch(text)
    if after and same_words(after[1]) in labels:
        return _is_on(after[2] or after[3] or after[4]), after[1]
    return None, text


def _is_on(sign: str | None) -> bool:
    return sign is not None and sign != "" and sign not in _OFF


def ticked(content: Content, mark: Mark) -> bool:
    """A box is ticked if its control says so, or shows so: not every program keeps both."""
    shown = content.only([mark]).text.strip()
    return bool(mark.checked) or (shown != "" and shown[0] in _ON) or same_words(shown) in _YES


def typed_in_box(content: Content, mark: Mark) -> str:
    """What somebody typed into a box's control besides a sign for it."""
    text = content.only([mark]).text.strip(f" \n{_ON}{_OFF}")
    return "" if same_words(text) in _YES | _NO else text
