"""What the benchmarks are run on, kept beside them; ``python -m tests.benchmarks inputs`` makes it anew.

- ``plan.json``: the shipped plan, without the documents that are no Word files.
- ``template.docx``: the Word file of that plan as a docxtpl template: the same parts and words, with Jinja's
  expressions where a partner is named.
- ``answered.docx``: one partner's file with every text answered; every control is as it went out.
- ``lost.docx``: the same as an editor leaves it that knows no controls, bookmarks or tags.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docgen.addressed import stand_in
from docgen.blueprint.load import from_data, load_blueprint
from docgen.document import Document
from docgen.formats import FORMATS
from docgen.layout import for_anybody, lay_out
from docgen.parameters import parse_parameters
from docgen.sending import Partner, Round
from tests.conftest import PLAN
from tests.filler.docx import Docx

FOLDER = Path(__file__).parent / "inputs"
MAIN = "word/document.xml"
DOCUMENT = "plan"
# docxtpl looks into these parts and no others; the rest of its file keeps the stand-in.
_TEMPLATED = re.compile(r"word/(document|header\d|footer\d)\.xml|docProps/core\.xml")
_SETTINGS = {"municipality": "Exempelstad", "period": "2027/2030", "statistics_year": "2027", "reply_by": "2027-03-31",
             "coordinator_name": "Samordnaren", "coordinator_email": "a@exempel.se"}  # fmt: skip
_ROLES = ("myndighet",)


def partners(count: int) -> tuple[Partner, ...]:
    """Partners with the same roles and different names."""
    return tuple(Partner(f"partner-{number}", f"Organisation {number} & Co", roles=_ROLES) for number in range(count))


def round_of(count: int) -> Round:
    """A round of the plan with so many partners."""
    blueprint = from_data(json.loads((FOLDER / "plan.json").read_text(encoding="utf-8")), {})
    return Round(blueprint, parse_parameters(blueprint, _SETTINGS), partners(count))


def form(round_: Round) -> Document:
    """The first partner's document."""
    return lay_out(round_, round_.partners[0], DOCUMENT)


def make() -> None:
    """Makes every input anew."""
    FOLDER.mkdir(exist_ok=True)
    data = _in_word_only(json.loads(json.dumps(load_blueprint(PLAN).data, default=dict)))
    (FOLDER / "plan.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    round_ = round_of(30)
    (FOLDER / "template.docx").write_bytes(_template(round_))
    answered = _answered(FORMATS["word"].write(form(round_)), form(round_))
    (FOLDER / "answered.docx").write_bytes(answered)
    (FOLDER / "lost.docx").write_bytes(_without_keys(answered))


def _in_word_only(data: dict[str, Any]) -> dict[str, Any]:
    """The plan's data with one document, and nothing that is asked in others alone."""
    kept = {
        name: section for name, section in data["sections"].items() if name in data["documents"][DOCUMENT]["sections"]
    }
    for section in kept.values():
        section["fields"] = dict(_asked_here(section["fields"]))
        section.pop("documents", None)
    kept_data = {key: value for key, value in data.items() if key not in {"rules", "steps"}}
    return {**kept_data, "documents": {DOCUMENT: data["documents"][DOCUMENT]}, "sections": kept}


def _asked_here(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, field in fields.items():
        if DOCUMENT in field.pop("documents", [DOCUMENT]) and "calculation" not in field:
            if "columns" in field:
                field["columns"] = dict(_asked_here(field["columns"]))
            yield name, field


def _template(round_: Round) -> bytes:
    anybody = stand_in(round_.id)
    document = for_anybody(round_, round_.partners[0], DOCUMENT)
    assert document is not None

    def templated(name: str, data: bytes) -> bytes:
        if not _TEMPLATED.fullmatch(name):
            return data
        return data.replace(anybody.name.encode(), b"{{ name }}").replace(anybody.id.encode(), b"{{ id }}")

    return _changed(FORMATS["word"].write(document), templated)


def _answered(data: bytes, document: Document) -> bytes:
    path = FOLDER / "answered.docx"
    path.write_bytes(data)
    docx = Docx(path)
    for slot in document.slots():
        if slot.spec.type in {"text", "paragraph"}:
            docx.fill(slot.tag, f"Vi svarar så här på {slot.place}")
    return docx.save(path).read_bytes()


def _without_keys(data: bytes) -> bytes:
    def stripped(name: str, part: bytes) -> bytes:
        if name != MAIN:
            return part
        part = re.sub(rb"<w:sdtPr>.*?</w:sdtPr>|<w:bookmark(?:Start|End)[^>]*/>", b"", part, flags=re.DOTALL)
        return re.sub(rb"</?w:sdt(?:Content)?>", b"", part)

    return _changed(data, stripped)


def _changed(data: bytes, change: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename), change(info.filename, old.read(info)), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
