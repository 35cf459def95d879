"""The programs and the accidents of the matrix: each takes files and gives them as it saved them."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.filler.controls import FALLBACK, W14, Element, W, controls_in, is_placeholder, own
from tests.filler.package import Package
from tests.filler.writing import remove, unwrap
from tests.judges import libreoffice
from tests.judges.judge import Judge, has_module, has_program, run

PANDOC = Judge("pandoc", lambda: has_program("pandoc"), "apt-get install pandoc")
ABIWORD = Judge("AbiWord", lambda: has_program("abiword"), "apt-get install abiword")
BETTEROFFICE = Judge("betteroffice-docx", lambda: has_module("betteroffice_docx"), "pip install betteroffice-docx")

Through = Callable[[Sequence[Path], Path], list[Path]]


@dataclass(frozen=True)
class Editor:
    """A row of the matrix.

    Attributes:
        name: as a coordinator would say it.
        through: saves files in a folder and gives the new ones in order.
        judges: the programs it needs.
    """

    name: str
    through: Through
    judges: tuple[Judge, ...] = ()


def _each(save: Callable[[Path, Path], object]) -> Through:
    """What is done to one file, done to each."""

    def through(files: Sequence[Path], folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        made = [folder / f"{number}-{file.name}" for number, file in enumerate(files)]
        for file, new in zip(files, made, strict=True):
            save(file, new)
        return made

    return through


def _changed(*changes: Callable[[Element], object]) -> Through:
    """The document part changed in place."""

    def save(file: Path, new: Path) -> None:
        package = Package.open(file)
        part = package.main_part()
        root = package.xml(part)
        for change in changes:
            change(root)
        package.replace(part, root)
        package.save(new)

    return _each(save)


def _after(*steps: Through) -> Through:
    """One program after another."""

    def through(files: Sequence[Path], folder: Path) -> list[Path]:
        made = list(files)
        for number, step in enumerate(steps):
            made = step(made, folder / str(number))
        return made

    return through


def _as_sent(files: Sequence[Path], _folder: Path) -> list[Path]:
    return list(files)


def _libreoffice(*ways: libreoffice.Format) -> Through:
    def step(to: libreoffice.Format) -> Through:
        return lambda files, folder: libreoffice.convert(files, to, folder)

    return _after(*(step(to) for to in ways))


def _pandoc(file: Path, new: Path) -> None:
    run(["pandoc", "--from", "docx", "--to", "docx", "--output", new, file])


def _abiword(file: Path, new: Path) -> None:
    run(["abiword", f"--to={new.suffix[1:]}", f"--to-name={new.resolve()}", file.resolve()])


def _betteroffice(file: Path, new: Path) -> None:
    """Opened and, so that it is written anew, the title typed once more; ids of paragraphs as Word gives them."""
    import betteroffice_docx

    package = Package.open(file)
    root = package.xml(package.main_part())
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        paragraph.set(f"{W14}paraId", f"{number:08X}")
    package.replace(package.main_part(), root)
    document = betteroffice_docx.Document.open_path(package.save(new))
    title = next(each for each in document if each.style == "Title")
    document.replace_text(title.id or "", title.text)
    document.save_path(new)


def _python_docx(file: Path, new: Path) -> None:
    import docx

    docx.Document(str(file)).save(str(new))


# What programs do to marks


def unwrap_controls(root: Element) -> None:
    """Every control is gone, its content in its place."""
    for sdt in list(controls_in(root)):
        unwrap(sdt, keep_text=True)


def remove_bookmarks(root: Element) -> None:
    """Every bookmark is gone."""
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        remove(mark)


def _without_marks(file: Path, new: Path) -> None:
    """Nothing tells what is what but the words: no control, bookmark, property or part of ours."""
    package = Package.open(file)
    part = package.main_part()
    root = package.xml(part)
    unwrap_controls(root)
    remove_bookmarks(root)
    package.replace(part, root)
    for name in [each for each in package.members if each.startswith(("customXml/", "docProps/custom"))]:
        del package.members[name]
    for name in [each for each in package.members if each.endswith(".rels")]:
        relations = package.xml(name)
        for each in [each for each in relations if "custom" in each.get("Type", "")]:
            remove(each)
        package.replace(name, relations)
    types = package.xml("[Content_Types].xml")
    for each in [each for each in types if "custom" in each.get("PartName", "")]:
        remove(each)
    package.replace("[Content_Types].xml", types)
    package.save(new)


def wrapped(*names: str) -> Callable[[Element], None]:
    """Google Docs puts a control with a tag of its own, goog_rdk_N, around runs, cells, rows and tables."""

    def change(root: Element) -> None:
        for number, inner in enumerate(list(root.iter(*(f"{W}{name}" for name in names)))):
            if next(inner.iterancestors(FALLBACK), None) is None:
                _wrap(inner, number)

    return change


def _wrap(inner: Element, number: int) -> None:
    sdt = etree.Element(f"{W}sdt")
    properties = etree.SubElement(sdt, f"{W}sdtPr")
    etree.SubElement(properties, f"{W}tag", {f"{W}val": f"goog_rdk_{number}"})
    etree.SubElement(properties, f"{W}id", {f"{W}val": str(1_500_000_000 + number)})
    inner.addprevious(sdt)
    etree.SubElement(sdt, f"{W}sdtContent").append(inner)


def tracked(root: Element) -> None:
    """What was filled in is a suggestion: each run inserted, with deleted words before it, and each table with a deleted row."""
    for sdt in [each for each in controls_in(root) if not is_placeholder(each)]:
        for run_ in list(sdt.iter(f"{W}r")):
            _suggest(run_)
    for table in list(root.iter(f"{W}tbl")):
        rows = own(table, "tr")
        if len(rows) > 2:
            gone = copy.deepcopy(rows[-1])
            _delete_row(gone)
            rows[-1].addprevious(gone)


_BY = {f"{W}id": "7", f"{W}author": "Eva", f"{W}date": "2027-01-15T10:00:00Z"}


def _suggest(run_: Element) -> None:
    inserted = etree.Element(f"{W}ins", _BY)
    run_.addprevious(inserted)
    inserted.append(run_)
    inserted.addprevious(_deleted("struket"))


def _deleted(text: str) -> Element:
    deleted = etree.Element(f"{W}del", _BY)
    etree.SubElement(etree.SubElement(deleted, f"{W}r"), f"{W}delText").text = text
    return deleted


def _delete_row(row: Element) -> None:
    """A row marked as deleted (17.13.5.12), all of its words as well."""
    unwrap_controls(row)
    remove_bookmarks(row)
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        row.insert(0, properties)
    etree.SubElement(properties, f"{W}del", _BY)
    for run_ in list(row.iter(f"{W}r")):
        run_.addprevious(_deleted("struket"))
        remove(run_)


_GOOGLE = {"run": ("r",), "cell": ("tc",), "row": ("tr",), "table": ("tbl",)}
_EVERY = _changed(*(wrapped(*names) for names in _GOOGLE.values()))

EDITORS = (
    Editor("As sent: nobody saved it but the person who filled it in", _as_sent),
    Editor("LibreOffice, saved as Word", _libreoffice("docx"), (libreoffice.LIBREOFFICE,)),
    Editor("LibreOffice, saved as .odt and then as Word", _libreoffice("odt", "docx"), (libreoffice.LIBREOFFICE,)),
    Editor("pandoc", _each(_pandoc), (PANDOC,)),
    Editor("AbiWord", _each(_abiword), (ABIWORD,)),
    Editor("betteroffice-docx", _each(_betteroffice), (BETTEROFFICE,)),
    Editor("python-docx", _each(_python_docx)),
    Editor("Google Docs' wrappers around words", _changed(wrapped(*_GOOGLE["run"]))),
    Editor("Google Docs' wrappers around cells", _changed(wrapped(*_GOOGLE["cell"]))),
    Editor("Google Docs' wrappers around rows", _changed(wrapped(*_GOOGLE["row"]))),
    Editor("Google Docs' wrappers around tables", _changed(wrapped(*_GOOGLE["table"]))),
    Editor("Filled in with tracked changes", _changed(tracked)),
    Editor("All answer boxes gone", _changed(unwrap_controls)),
    Editor("All answer boxes, bookmarks and hidden marks gone", _each(_without_marks)),
    Editor(
        "Google Docs' wrappers everywhere, then AbiWord, then LibreOffice",
        _after(_EVERY, _each(_abiword), _libreoffice("docx")),
        (ABIWORD, libreoffice.LIBREOFFICE),
    ),
)
