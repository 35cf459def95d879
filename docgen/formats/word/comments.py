"""Comments of ours in a Word file: how one is written, and how it is known when the file comes back.

The initials of a comment's author hold a digest of author and words, so that only what is exactly as it was written is
taken for ours; a comment that somebody rewrote, and every answer to one, is somebody's words.
"""

import hashlib

from lxml import etree

from docgen.formats.opc import XmlElement
from docgen.formats.word.ooxml import SPACE
from docgen.values import same_words, without_control_characters

_MARK = "dg"
_MOST_CHARACTERS = 9  # of initials (22.9.2.13, as the SDK takes it)


def _initials(author: str, words: str) -> str:
    return (
        _MARK
        + hashlib.sha256(f"{same_words(author)}\n{same_words(words)}".encode()).hexdigest()[
            : _MOST_CHARACTERS - len(_MARK)
        ]
    )


def is_ours(comment: XmlElement) -> bool:
    """Whether a ``w:comment`` (17.13.4.2) is as we wrote it."""
    w = f"{{{etree.QName(comment).namespace}}}"
    signs = {f"{w}p": "\n", f"{w}br": "\n", f"{w}tab": "\t"}
    words = "".join(signs.get(str(each.tag), each.text or "") for each in comment.iter(f"{w}t", *signs))
    return comment.get(f"{w}initials") == _initials(comment.get(f"{w}author", ""), words)


def comment_element(space: str, number: int, author: str, text: str, day: str) -> XmlElement:
    """A ``w:comment``, a paragraph a line of its text.

    Args:
        space: the main namespace of the file, in braces: a Strict one has its own.
        number: its id.
        author: who says it.
        text: what it says.
        day: ISO 8601, "" for none.
    """
    author, text = without_control_characters(author), without_control_characters(text)
    made = etree.Element(f"{space}comment", {f"{space}id": str(number), f"{space}author": author})
    if day:
        made.set(f"{space}date", f"{day}T00:00:00Z")
    made.set(f"{space}initials", _initials(author, text))
    for place, line in enumerate(text.split("\n")):
        paragraph = etree.SubElement(made, f"{space}p")
        if not place:
            etree.SubElement(etree.SubElement(paragraph, f"{space}r"), f"{space}annotationRef")
        words = etree.SubElement(etree.SubElement(paragraph, f"{space}r"), f"{space}t", {SPACE: "preserve"})
        words.text = line
    return made
