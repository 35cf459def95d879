"""What the workbook looks like: one set of cell formats, in the theme's colour."""

from typing import Any

from docgen.document import Theme

FONT = "Arial"  # every partner has it, or one laid out alike
BODY = 10  # points
INK = "#1F2933"
QUIET = "#52606D"  # 6.4:1 on white
PAPER = "#FFFBF0"
LINE = "#71848E"
RULE = "#D5DEE2"
DEFAULT_COLOUR, DEFAULT_PALE = "#0B4F5C", "#E8F1F2"
OCHRE = "#8A5A00"


def tint(colour: str, share: float) -> str:
    """A colour thinned with white; share 1 is the colour, 0 is white."""
    if colour.upper() == DEFAULT_COLOUR and share < 0.12:
        return DEFAULT_PALE
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any, theme: Theme) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        deep, pale = theme.colour, tint(theme.colour, 0.09)
        self.tones = {"ink": INK, "deep": deep, "quiet": QUIET}
        self._styles = _on_sections(deep, pale) | _on_start(deep)

    def format(self, style: str, **more: Any) -> Any:
        """The cell format of a style, with properties of XlsxWriter beside it."""
        properties = {"font_name": FONT, "font_size": BODY, "font_color": INK} | self._styles[style] | more
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def run(self, style: str, *, bold: bool, italic: bool, tone: str) -> Any:
        """The font of a piece of text within a cell of a style."""
        size = self._styles[style].get("font_size", BODY)
        colour = self._styles[style].get("font_color", INK) if tone == "ink" else self.tones[tone]
        font = {"font_name": FONT, "font_size": size, "font_color": colour}
        properties = font | ({"bold": True} if bold else {}) | ({"italic": True} if italic else {})
        key = ("run", *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)  # type: ignore[index]
        return self._made[key]  # type: ignore[index]


def _on_sections(deep: str, pale: str) -> dict[str, dict[str, Any]]:
    """The styles of a section's sheet."""
    guide = {"text_wrap": True, "valign": "vcenter", "bg_color": pale, "indent": 1}
    under = {"bottom": 1, "bottom_color": deep}
    return {
        "back": {"font_size": 9, "font_color": deep, "underline": 1, "valign": "vcenter"},
        "about": {"font_size": 9, "font_color": QUIET, "valign": "vcenter"},
        "band": {
            "font_size": 16,
            "bold": True,
            "font_color": deep,
            "bg_color": pale,
            "valign": "vcenter",
            "indent": 1,
        },
        "intro": {"text_wrap": True, "valign": "top", "font_size": BODY},
        "note": {"text_wrap": True, "valign": "top", "font_color": OCHRE},
        "think": guide,
        "example": guide | {"bg_color": "#FFFFFF", "border": 1, "border_color": RULE},
        "check": guide,
        "title": {"font_size": 12, "bold": True, "font_color": deep, "valign": "vcenter"},
        "remark": {"font_color": QUIET, "valign": "vcenter"},
        "more": {"font_size": 9, "font_color": QUIET, "valign": "top"},
        "question": {"text_wrap": True, "valign": "vcenter", "bottom": 1, "bottom_color": RULE},
        "head": {"bold": True, "align": "right", "indent": 1, "valign": "vcenter", "font_color": deep},
        "header": {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "bg_color": pale,
            "font_color": deep,
            **under,
        },
        "number": {"align": "center", "valign": "vcenter", "font_color": QUIET, "bottom": 1, "bottom_color": RULE},
        "row-label": {"text_wrap": True, "indent": 1, "valign": "vcenter", "bottom": 1, "bottom_color": RULE},
        "computed": {"valign": "vcenter", "bottom": 1, "bottom_color": RULE},
        "read": {"valign": "vcenter", "bottom": 1, "bottom_color": RULE},
        "voice-name": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": RULE},
        "voice": {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": RULE},
        "total": {"bold": True, "indent": 1, "valign": "vcenter", "top": 1, "top_color": deep, "font_color": deep},
        "input": {
            "bg_color": PAPER,
            "border": 1,
            "border_color": LINE,
            "text_wrap": True,
            "valign": "vcenter",
            "locked": False,
        },
    }


def _on_start(deep: str) -> dict[str, dict[str, Any]]:
    """The styles of the first sheet, and of the hidden ones."""
    under = {"bottom": 1, "bottom_color": deep}
    return {
        "plan": {"font_size": 20, "bold": True, "font_color": deep, "valign": "vcenter"},
        "document": {"font_size": 14, "font_color": deep, "valign": "vcenter"},
        "organisation": {"font_size": 12, "bold": True, "valign": "vcenter"},
        "heading": {"font_size": 12, "bold": True, "font_color": deep, "valign": "bottom", **under},
        "fact": {"font_color": QUIET, "valign": "top", "text_wrap": True},
        "value": {"text_wrap": True, "valign": "top"},
        "advice": {"text_wrap": True, "valign": "top"},
        "link": {"font_color": deep, "underline": 1, "valign": "top", "text_wrap": True},
        "sum": {"text_wrap": True, "valign": "top"},
        "sum-value": {"bold": True, "align": "left", "valign": "top"},
        "quiet": {"font_size": 9, "font_color": QUIET, "valign": "vcenter"},
        "hidden": {"font_color": QUIET},
    }
