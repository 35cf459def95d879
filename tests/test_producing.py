"""What the files of a round are called: known in a mailbox, short enough to be seen whole, allowed everywhere."""

import pytest

from docgen.document import Document, Identity
from docgen.formats import FORMATS
from docgen.producing import file_name


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Polisen", "Plan - Arbetsbok - Polisen.docx"),
        (
            "Föreningen för skydd (FFS, tidigare Stödet för skydd och boende i hela länet)",
            "Plan - Arbetsbok - Föreningen för skydd.docx",
        ),
        (
            "Föreningen (FFS) för skydd och stöd till alla som behöver det i hela vårt län",
            "Plan - Arbetsbok - Föreningen (FFS) för skydd och stöd till alla som.docx",
        ),
        ("Å" * 100, f"Plan - Arbetsbok - {'Å' * 56}.docx"),
        ("A/B: C?", "Plan - Arbetsbok - A B C.docx"),
    ],
)
def test_a_name_is_cut_between_words_and_never_within_brackets(organisation: str, name: str) -> None:
    identity = Identity("plan", "1", "h", "r", "p", "book")
    document = Document(identity, "sv", "Arbetsbok", "Plan", organisation, (), (), ())
    assert file_name(document, FORMATS["word"]) == name
    assert len(name) <= 80
