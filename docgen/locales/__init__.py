"""What docgen says of its own accord, in each language it speaks: one module of texts for each."""

from typing import Any

from docgen.locales import en, sv

CATALOGUES: dict[str, dict[str, str]] = {"sv": sv.TEXTS, "en": en.TEXTS}
LANGUAGES = tuple(CATALOGUES)


def text(language: str, key: str, /, **args: Any) -> str:
    """The text of a key in a language, with its arguments filled in (``str.format``).

    Raises:
        KeyError: no such language, key or argument: a bug, caught by the tests of the catalogues.
    """
    found = CATALOGUES[language][key]
    return found.format(**args) if args else found
