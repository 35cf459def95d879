"""CommonMark (spec.commonmark.org) into the paragraphs and list items a document holds."""

from collections.abc import Iterator
from typing import Any

from docgen.document import Prose, Span


def prose(text: str) -> tuple[Prose, ...]:
    """The paragraphs and list items of a CommonMark text; of inline marks, emphasis and strong emphasis are kept."""
    from markdown_it import MarkdownIt

    found: list[Prose] = []
    markers: list[str] = []
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        match token.type:
            case "list_item_open":
                markers.append(f"{token.info}." if token.info else "•")
            case "list_item_close":
                if markers:
                    markers.pop()
            case "inline":
                found.append(Prose(tuple(_spans(token.children or [])), markers[-1] if markers else ""))
                if markers:
                    markers[-1] = " "  # a second paragraph of the same item
            case "code_block" | "fence" | "html_block":  # a form has no look for these: the words stand as they are
                found.append(Prose((Span(token.content.strip("\n").strip()),), markers[-1] if markers else ""))
            case _:
                pass
    return tuple(found)


def _spans(tokens: list[Any]) -> Iterator[Span]:
    bold = italic = False
    links: list[tuple[str, str]] = []  # address, and the words since it opened
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold = token.type == "strong_open"
            case "em_open" | "em_close":
                italic = token.type == "em_open"
            case "link_open":
                links.append((str(token.attrs["href"]), ""))
            case "link_close":
                address, words = links.pop()
                if address not in {words, f"mailto:{words}"}:
                    yield Span(f" ({address})", bold, italic)  # on paper nobody can click
            case "softbreak":
                yield Span(" ", bold, italic)
            case "hardbreak":
                yield Span("\n", bold, italic)
            case _ if token.content:
                links = [(address, words + token.content) for address, words in links]
                yield Span(token.content, bold, italic)
