"""How long docgen takes beside what else does the same: processor time, in turns within one run, the median of each.

Ratios, not milliseconds: they hold on any machine. As in :mod:`timeit`, no garbage is collected meanwhile.
"""

import copy
import gc
import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from docgen.formats import FORMATS
from docgen.layout import for_anybody, lay_out
from tests.benchmarks.inputs import DOCUMENT, FOLDER, MAIN, form, round_of

_WORD = FORMATS["word"]
# What the reader needs of a file beside its main part.
_READ = ("_rels/.rels", "word/_rels/document.xml.rels", "word/header1.xml", "word/header2.xml", "word/footer1.xml",
         "word/footer2.xml", "docProps/custom.xml")  # fmt: skip
_REWRITTEN = ("word/header1.xml", "word/footer1.xml", "docProps/custom.xml")


@dataclass(frozen=True)
class Ratio:
    """Two things that were timed, and how many times longer one takes than the other.

    Attributes:
        name: what is divided by what.
        longer_ms: median of the one.
        shorter_ms: median of the other.
        least: the bar, where more is better.
        most: the bar, where less is better.
        held: what is held today where the bar is not met yet.
    """

    name: str
    longer_ms: float
    shorter_ms: float
    least: float | None = None
    most: float | None = None
    held: float | None = None

    @property
    def value(self) -> float:
        """How many times longer."""
        return self.longer_ms / self.shorter_ms

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        return self.within()

    def within(self, margin: float = 1.0) -> bool:
        """Whether the bar is met, or what is held today, but for a margin."""
        today = self.held if margin > 1 else None
        if self.least is not None:
            return self.value * margin >= (today or self.least)
        return self.value <= (today or self.most or 0) * margin


def _times(turns: int, **timed: Callable[[], object]) -> dict[str, float]:
    """Median milliseconds of each, all in turns."""
    found: dict[str, list[float]] = {name: [] for name in timed}
    for each in timed.values():
        each()
    gc.collect()
    gc.disable()
    try:
        for _ in range(turns):
            for name, each in timed.items():
                start = time.process_time()
                each()
                found[name].append(time.process_time() - start)
    finally:
        gc.enable()
    return {name: median(times) * 1000 for name, times in found.items()}


def writing(turns: int = 15) -> list[Ratio]:
    """One more partner's document, beside docxtpl's, and beside copying the file with three parts rewritten."""
    round_ = round_of(30)
    anybodys = for_anybody(round_, round_.partners[0], DOCUMENT)
    assert anybodys is not None
    mould = _WORD.mould(anybodys)
    assert mould is not None
    template = (FOLDER / "template.docx").read_bytes()
    made = _WORD.write(form(round_))

    def ours() -> bytes | None:
        partner = round_.partners[1]
        lay_out(round_, partner, DOCUMENT)
        return mould.filled(partner.id, partner.name)

    def docxtpl() -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render({"name": round_.partners[1].name, "id": round_.partners[1].id}, autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    times = _times(turns, ours=ours, docxtpl=docxtpl, copied=lambda: copied(made))
    return [
        Ratio("docxtpl / a partner's document", times["docxtpl"], times["ours"], least=60),
        Ratio("a partner's document / the zip copied, 3 parts rewritten", times["ours"], times["copied"], most=2),
    ]


def copied(data: bytes) -> bytes:
    """A zip whose members are copied as they are, but for three that are inflated, changed and deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename in _REWRITTEN:
                new.writestr(info.filename, old.read(info).replace(b"partner-0", b"partner-1"), zipfile.ZIP_DEFLATED)
                continue
            start = info.header_offset + 30 + len(info.filename.encode())  # APPNOTE 4.3.7; docgen writes no extra field
            mine = copy.copy(info)
            mine.header_offset = buffer.tell()
            buffer.write(mine.FileHeader())
            buffer.write(data[start : start + info.compress_size])
            new.filelist.append(mine)
            new.NameToInfo[mine.filename] = mine
            new.start_dir = buffer.tell()
    return buffer.getvalue()


def reading(turns: int = 25) -> list[Ratio]:
    """All answers of a file, beside python-docx walking it, and beside inflating and parsing what is read."""
    found = []
    document = form(round_of(30))
    for name, least_held, most, most_held in (("answered", 1.1, 3, 4.7), ("lost", 1.5, 4, 4.7)):
        data = (FOLDER / f"{name}.docx").read_bytes()
        times = _times(
            turns,
            ours=lambda data=data: _WORD.read(data, document),  # type: ignore[misc]
            walked=lambda data=data: walked(data),  # type: ignore[misc]
            parsed=lambda data=data: parsed(data),  # type: ignore[misc]
        )
        found += [
            Ratio(f"python-docx / reading {name}.docx", times["walked"], times["ours"], least=2, held=least_held),
            Ratio(
                f"reading {name}.docx / inflating and parsing it",
                times["ours"],
                times["parsed"],
                most=most,
                held=most_held,
            ),
        ]
    return found


def walked(data: bytes) -> list[str]:
    """Every paragraph and cell of a file as python-docx gives them, and tag and words of every control, which it skips."""
    document = docx.Document(io.BytesIO(data))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        words.append("" if tag is None else tag.get(qn("w:val")))
        words.append("".join(each.text or "" for each in control.iter(qn("w:t"))))
    return words


def parsed(data: bytes) -> list[object]:
    """The trees of the parts that are read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [etree.fromstring(archive.read(name)) for name in (MAIN, *_READ)]
