"""What stands in an empty control, and what a person typed where it stood.

Word takes a placeholder away when somebody types. LibreOffice 7 forgets that the words are one, and so people type
before, behind or into them, or delete no more than a part.
"""

from docgen.formats.word.content import Content
from docgen.values import same_words

_LEAST_LEFT = 3  # characters: fewer begin a word by chance

# What Word itself puts into an empty control whose own placeholder it cannot find.
_DEFAULTS = frozenset(
    same_words(text)
    for text in (
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Choose an item.",
        "Klicka eller tryck här för att ange text.",
        "Klicka här för att ange text.",
        "Klicka eller tryck här för att ange datum.",
        "Klicka här för att ange datum.",
        "Välj ett objekt.",
    )
)


def words(content: Content, placeholder: str) -> str:
    """The words of an answer: all but placeholders, and what is left of one that somebody typed into.

    A control that says it shows its placeholder is believed where the words are ours or Word's own; anything else
    somebody typed. Without that mark, words equal to the placeholder are it (some editors lose the mark).
    """
    ours = same_words(placeholder)
    hollow = set()
    for mark in content.marks:
        shown = same_words(content.only([mark]).text)
        if shown in ({ours} | _DEFAULTS if mark.placeholder else {ours}):
            hollow.add(mark)
    if hollow:
        kept = (tuple(piece for piece in line if piece.mark not in hollow) for line in content.lines)
        content = Content(
            tuple(
                new
                for new, old in zip(kept, content.lines, strict=True)
                if "".join(piece.text for piece in new).strip() or not any(piece.mark in hollow for piece in old)
            )
        )
    text = content.text
    return "" if same_words(text) == ours else typed(text, placeholder)


def typed(text: str, placeholder: str) -> str:
    """A text without the placeholder that it begins with, ends with or was typed into, or the start of it.

    Letter by letter, so that nothing else is taken away; where the letters may be a person's own word, all stays.
    Examples such as "t.ex. 2027" are left to be understood or not: what was typed there may be half of them.
    """
    if not placeholder or any(map(str.isdigit, placeholder)):
        return text
    shown = text.strip()
    several = " " in placeholder  # words that nobody writes by chance
    if shown.startswith(placeholder) and (several or _apart(placeholder, shown[len(placeholder) :])):
        return shown[len(placeholder) :].lstrip()
    if shown.endswith(placeholder) and (several or _apart(shown[: -len(placeholder)], placeholder)):
        return shown[: -len(placeholder)].rstrip()
    kept = _common(shown, placeholder)
    if several and len(shown) > len(placeholder) and (inside := _inside(shown, placeholder, kept)):
        return inside
    if _LEAST_LEFT <= kept < len(placeholder) and _cut(placeholder, kept, shown[kept:]):
        return shown[kept:].lstrip()
    rest = shown.removesuffix(placeholder[1:])
    if rest != shown and not _apart(placeholder[:1], placeholder[1:]) and _apart(rest, placeholder[1:]):
        return rest.rstrip()
    return text


def _inside(text: str, placeholder: str, kept: int) -> str:
    """What stands between two parts of a placeholder, "" where it is not there, or may be cut in several places."""
    cuts = [cut for cut in range(1, kept + 1) if cut == kept or _apart(placeholder[:cut], placeholder[cut:])]
    parts = [(placeholder[:cut], placeholder[cut:]) for cut in cuts if cut < len(placeholder) - 1]
    found = [(one, text[len(one) : -len(other)], other) for one, other in parts if text.endswith(other)]
    apart = [each for each in found if _apart(each[0], each[1]) and _apart(each[1], each[2])]
    words = {each[1].strip() for each in apart or found}
    return words.pop() if len(words) == 1 else ""


def _common(text: str, placeholder: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(text, placeholder, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(text), len(placeholder)))


def _apart(before: str, after: str) -> bool:
    """Between two texts a word ends; a capital after a small letter, or a digit after letters, begins another."""
    one, other = before[-1:], after[:1]
    if not (one.isalnum() and other.isalnum()):
        return True
    return one.isdigit() != other.isdigit() or (one.islower() and other.isupper())


def _cut(placeholder: str, kept: int, rest: str) -> bool:
    """A placeholder ends within a word, and what follows does not make a word of its own of it."""
    left = placeholder[:kept]
    if _apart(left, placeholder[kept:]):
        return False
    return kept == len(placeholder) - 1 or not rest or _apart(left, rest)
