"""How the report page looks: the colours of everything that goes out, on screen by day and night and on paper."""

from string import Template

from docgen.blueprint.colours import contrast, nearest_readable, tint

LIGHT = {
    "paper": "#FFFFFF",
    "pale": "#E8F1F2",
    "ink": "#1F2933",
    "soft": "#4A5A65",
    "rule": "#C9D3D7",
    "note": "#8A5A00",
    "error": "#9B1C1C",
}
DARK = {
    "paper": "#12191D",
    "pale": "#1D282E",
    "ink": "#E6ECEE",
    "soft": "#B0BDC4",
    "rule": "#3D4C54",
    "note": "#F0B95B",
    "error": "#FF9C9C",
}
_EASY = 6.0  # contrast of coloured words on a dark ground, well above what WCAG 2.2 (1.4.3) asks


def palettes(colour: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours by day and by night, with the round's own: as it is on white, light enough on dark."""
    pale = tint(colour, 0.09)
    light = {**LIGHT, "brand": nearest_readable(colour, pale), "band": colour, "pale": pale}
    share = 1.0
    while contrast(tint(colour, share), DARK["pale"]) < _EASY and share > 0:
        share -= 0.02
    return light, {**DARK, "brand": tint(colour, max(share, 0)), "band": colour}


def style(colour: str, labels: dict[str, str]) -> str:
    """The page's style sheet. ``labels`` are the words before a cell where a table has no room for its header."""
    light, dark = palettes(colour)
    words = "\n".join(
        f'.{name} td:nth-of-type({number})::before{{content:"{_quoted(label)}: "}}'
        for key, label in labels.items()
        for name, number in [key.split("/")]
    )
    return _SHEET.substitute(light=_variables(light), dark=_variables(dark), words=words)


def _variables(palette: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())


def _quoted(text: str) -> str:
    """A text within a CSS string (CSS Syntax 3, 4.3.5)."""
    return "".join(
        character if character.isalnum() or character == " " else f"\\{ord(character):x} " for character in text
    )


_SHEET = Template("""
:root{color-scheme:light dark;$light}
@media (prefers-color-scheme:dark){:root{$dark}}
*{box-sizing:border-box}
html{font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
body{margin:0;overflow-wrap:break-word}
a{color:var(--brand)}
:focus-visible{outline:3px solid var(--note);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{position:static;display:block;padding:.5rem 1.5rem}
header{background:var(--band);color:#FFFFFF;padding:1.75rem 0 1.5rem}
header div,main,footer{max-width:76rem;margin-left:auto;margin-right:auto}
header p{margin:0 0 .2rem}
h1{font-size:1.9rem;line-height:1.2;margin-top:.1rem;margin-bottom:.5rem;font-weight:650}
header div,main,footer{padding:0 1.5rem}
h2{font-size:1.3rem;line-height:1.3;color:var(--brand);margin:2.5rem 0 .4rem;padding-top:.6rem;border-top:1px solid var(--rule)}
h3{font-size:1.05rem;color:var(--brand);margin:1.5rem 0 .3rem}
main p{margin:.4rem 0;max-width:48rem}
ul{margin:.3rem 0;padding-left:1.2rem}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 2rem;margin:1.1rem 0 .2rem;padding:0}
.facts div{min-width:8rem}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0}
main .sum{font-size:1.05rem;background:var(--pale);border-radius:4px;padding:.8rem 1rem;margin:1.2rem 0 .6rem;max-width:none}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:.8rem 0}
nav a{display:inline-block;padding:.15rem 0}
table{width:100%;border-collapse:collapse;margin:.5rem 0 1rem;font-size:.94rem}
caption{text-align:left;color:var(--soft);font-size:.88rem;padding:.2rem 0 .4rem}
h2+p+table caption,h3+.wrong caption,.origins caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--rule)}
thead th{border-bottom:2px solid var(--brand);font-weight:650;vertical-align:bottom}
tbody th{font-weight:600}
tbody th[scope=rowgroup]{color:var(--brand);background:var(--pale);padding:.35rem .6rem}
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums}
td,li,.said{white-space:pre-wrap;overflow-wrap:anywhere}
td ul{margin:0;padding:0;list-style:none;white-space:normal}
.small{color:var(--soft);font-size:.86rem;display:block;font-weight:400}
.error{color:var(--error);font-weight:650}
.warning{color:var(--note);font-weight:650}
.info{color:var(--soft)}
details{border-bottom:1px solid var(--rule)}
summary{cursor:pointer;padding:.5rem 0;font-weight:600;color:var(--brand)}
summary span{color:var(--soft);font-weight:400}
.wide{overflow-x:auto}
footer{color:var(--soft);font-size:.86rem;margin-top:3rem;padding-top:.8rem;padding-bottom:2rem}
@media (min-width:44.01rem),print{
.partners th:first-child{width:17rem}
.wrong,.origins{table-layout:fixed}
.wrong th:nth-child(1){width:27%}.wrong th:nth-child(2){width:8rem}.wrong th:nth-child(4){width:27%}
.origins th:nth-child(1){width:25%}.origins th:nth-child(3){width:24%}.origins th:nth-child(4){width:8.5rem}
.origins th:nth-child(5){width:5rem}
}
@media screen and (max-width:44rem){
header{padding:1.25rem 0}header div,main,footer{padding-left:1rem;padding-right:1rem}
h1{font-size:1.5rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,caption,tbody,tr,th,td{display:block}
tr{padding:.5rem 0;border-bottom:1px solid var(--rule)}
tbody th,tbody td{border:0;padding:.1rem 0;text-align:left}
tbody td.number{display:inline-block;margin-right:1.2rem}
tbody td.number:empty{display:none}
tbody th[scope=rowgroup]{padding:.35rem .6rem}
td::before{color:var(--soft);font-size:.86rem;font-weight:400}
td[data-label]::before{content:attr(data-label) ": "}
$words
}
@media print{
:root{color-scheme:light;$light}
html{font-size:9.5pt}
header{background:none;color:var(--ink);padding:0;border-bottom:2px solid var(--brand)}
header div,main,footer{max-width:none;padding:0}
nav,.skip{display:none}
h2,h2+p,h3,summary,caption{break-after:avoid}
tr,li{break-inside:avoid}
tbody:first-of-type tr:first-child,tbody tr:nth-child(2){break-before:avoid}
thead{display:table-header-group}
a{color:inherit;text-decoration:none}
@page{size:A4 landscape;margin:15mm}
}
""")
