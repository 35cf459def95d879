"""The partner list: who gets files, as a .csv or .xlsx with a header row."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.blueprint.model import GROUP, Blueprint
from docgen.blueprint.shape import unknown
from docgen.errors import PartnersError, UnreadableFile
from docgen.fields import FIELD_TYPES, Spec
from docgen.fields.base import same_label
from docgen.problems import Problem, problem
from docgen.sending import Partner
from docgen.values import Raw, same_words, without_control_characters

COLUMNS = ("id", "name", "contact", "email", "language", "roles", "group")
_REQUIRED = ("id", "name")
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# Names Windows keeps for devices: no folder can be called that.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
_MAX_ROWS = 10_000
_MAX_NAME = 200  # characters; longer than any organisation's, and it stands in names of files and at the head of pages

_Row = tuple[int, dict[str, str]]  # the row's number in the file, counted from 1, and its cells by column


@dataclass(frozen=True)
class PartnerList:
    """The partners, and what there is to remark about their file."""

    partners: tuple[Partner, ...]
    remarks: tuple[Problem, ...] = ()


def load_partners(path: str | Path, blueprint: Blueprint) -> PartnerList:
    """The partners in a file, in its order.

    Raises:
        PartnersError: with every error of the file.
    """
    path = Path(path)
    rows, remarks = _rows(path)
    problems: list[Problem] = []
    partners = [_partner(number, cells, blueprint, path.name, problems) for number, cells in rows]
    problems += _twice(rows, "id", "partners-id-twice", path.name, str.casefold)
    problems += _twice(rows, "name", "partners-name-twice", path.name, same_label)
    if not rows:
        problems.append(problem("partners-empty", path.name))
    if problems:
        raise PartnersError(problems)
    return PartnerList(tuple(partners), tuple(remarks))


def _rows(path: Path) -> tuple[list[_Row], list[Problem]]:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise PartnersError(problem("partners-missing", path.name, name=path.name)) from error
    except OSError as error:
        raise PartnersError(problem("partners-file", path.name)) from error
    remarks: list[Problem] = []
    table = _from_excel(path, data) if data.startswith(b"PK") else _from_csv(path, data, remarks)
    table = [(number, cells) for number, cells in table if any(cell.strip() for cell in cells)]
    if not table:
        raise PartnersError(problem("partners-empty", path.name))
    first, header = table[0]
    names = [same_words(cell) for cell in header]
    lacking = [column for column in _REQUIRED if column not in names]
    if lacking:
        known = ", ".join(name for name in names if name)
        where = f"{path.name}:{first}"
        raise PartnersError([problem("partners-column", where, name=column, known=known) for column in lacking])
    doubled = [name for at, name in enumerate(names) if name in COLUMNS and name in names[:at]]
    if doubled:
        raise PartnersError([problem("partners-column-twice", f"{path.name}:{first}", name=name) for name in doubled])
    remarks += [
        unknown("partners-column-unknown", f"{path.name}:{first}", name, COLUMNS)
        for name in names
        if name and name not in COLUMNS
    ]
    remarks += [
        problem("partners-cell-extra", f"{path.name}:{number}", value=cell.strip()[:80])
        for number, cells in table[1:]
        for at, cell in enumerate(cells)
        if cell.strip() and not (at < len(names) and names[at])
    ]
    rows = [
        (number, {name: without_control_characters(cell).strip() for name, cell in zip(names, cells, strict=False)})
        for number, cells in table[1:]
    ]
    return rows, remarks


def _from_csv(path: Path, data: bytes, remarks: list[Problem]) -> list[tuple[int, list[str]]]:
    """Commas, semicolons (Swedish Excel) or tabs; UTF-8, UTF-16 with a mark, or else Windows' cp1252."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        remarks.append(problem("partners-encoding", path.name))
    if "\x00" in text:
        raise PartnersError(problem("partners-file", path.name))
    stated = re.match(r"sep=(.)\r?\n", text)  # what Excel understands, and some programs write, before the header
    lines = text[stated.end() :] if stated else text
    header = next((line for line in lines.splitlines() if line.strip()), "")
    delimiter = stated[1] if stated else max(";,\t", key=header.count)
    # strict: a quotation mark that is never closed would else swallow every partner after it
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num + bool(stated), cells) for cells in reader]
    except csv.Error as error:
        raise PartnersError(problem("partners-file", f"{path.name}:{reader.line_num}")) from error


def _from_excel(path: Path, data: bytes) -> list[tuple[int, list[str]]]:
    import zipfile

    import openpyxl

    from docgen.formats.opc import open_package

    try:
        open_package(data)  # looks at sizes before anything is parsed
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
        if any(row > _MAX_ROWS for row, _ in sheet._cells):  # noqa: SLF001 - rows that are only formatted do not count
            raise PartnersError(problem("partners-many", path.name, most=_MAX_ROWS))
        rows = sheet.iter_rows(
            max_row=min(sheet.max_row, _MAX_ROWS), max_col=min(sheet.max_column, 50), values_only=True
        )
        return [
            (number, ["" if cell is None else str(cell) for cell in cells])
            for number, cells in enumerate(rows, start=1)
        ]
    except UnreadableFile as error:
        raise PartnersError(problem("partners-file", path.name)) from error
    except (KeyError, ValueError, IndexError, TypeError, AttributeError, OSError, zipfile.BadZipFile) as error:
        raise PartnersError(problem("partners-file", path.name)) from error


def _partner(
    number: int, cells: Mapping[str, str], blueprint: Blueprint, file: str, problems: list[Problem]
) -> Partner:
    where = f"{file}:{number}"
    partner = Partner(
        id=cells.get("id", ""),
        name=" ".join(cells.get("name", "").split()),
        contact=cells.get("contact", ""),
        emails=_several(cells.get("email", "")),
        language=cells.get("language", "").casefold(),
        roles=tuple(role.casefold() for role in _several(cells.get("roles", ""))),
        group=cells.get("group", ""),
    )
    problems += _problems(partner, blueprint, where)
    return partner


def _several(cell: str) -> tuple[str, ...]:
    """What stands in a cell, separated by semicolons (or commas or new lines, as people do)."""
    return tuple(part.strip() for part in re.split(r"[;,\n]", cell) if part.strip())


def _problems(partner: Partner, blueprint: Blueprint, where: str) -> Iterator[Problem]:
    if partner.id == GROUP:
        yield problem("partners-id-group", where, value=partner.id, example=_suggested_id(partner))
    elif not _ID.fullmatch(partner.id) or partner.id in _DEVICES:
        yield problem("partners-id", where, value=partner.id, example=_suggested_id(partner))
    if not partner.name:
        yield problem("partners-name", where)
    if len(partner.name) > _MAX_NAME:
        yield problem("partners-name-long", where, count=len(partner.name), most=_MAX_NAME)
    if partner.language and partner.language not in blueprint.languages:
        yield unknown("partners-language", where, partner.language, blueprint.languages)
    for role in partner.roles:
        if role not in blueprint.roles:
            yield unknown("partners-role", where, role, blueprint.roles)
    for address in partner.emails:
        if not FIELD_TYPES["email"].parse(Raw(address), Spec("email")).understood:
            yield problem("partners-email", where, value=address)


def _suggested_id(partner: Partner) -> str:
    """An id made of what stands there, or of the name."""
    plain = (partner.id or partner.name).casefold().translate(str.maketrans("åäöéü", "aaoeu"))
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:38].rstrip("-") or "polisen"
    return f"{made}-1" if made in {*_DEVICES, GROUP} else made


def _twice(rows: list[_Row], column: str, code: str, file: str, same: Callable[[str], str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, cells in rows:
        value = cells.get(column, "")
        if value and first.setdefault(same(value), number) != number:
            yield problem(code, f"{file}:{number}", value=value, first=first[same(value)])
