"""Writes what a round's answers come to: merged/, made anew from round.json and inbox/ every time."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.blueprint.model import Blueprint, Field, Section
from docgen.collecting import Collected, collect_round, problems_as_json
from docgen.document import Document
from docgen.errors import RoundError
from docgen.fields import FIELD_TYPES
from docgen.folder import locked, replace_files
from docgen.formats import FORMATS
from docgen.merged import Merged, merge
from docgen.plan import plan_document
from docgen.planchecks import check_plan
from docgen.problems import Problem, problem
from docgen.progress import Progress, no_progress
from docgen.response import Response
from docgen.roundfile import open_round
from docgen.submission import Given, Submission
from docgen.values import Address, Value

FOLDER = "merged"
NAMES = {"word": "plan.docx", "excel": "workbook.xlsx", "pdf": "signatures.pdf"}
REPORT, RESPONSES = "report.html", "responses.json"
_LOG = "log.json"


@dataclass(frozen=True)
class MergedRound:
    """What merging a round gave: its answers, the plan, what the rules say of the plan, and the files written."""

    collected: Collected
    merged: Merged
    general: tuple[Problem, ...]
    folder: Path
    files: tuple[str, ...]

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: with each partner's answers, with files, with the plan."""
        return (*self.collected.every_problem(), *self.general)

    def as_json(self, language: str) -> dict[str, Any]:
        """The summary ``merge --format json`` prints."""
        return {
            "round": self.merged.round.id,
            "folder": str(self.folder),
            "files": list(self.files),
            "answered": [each.partner.id for each in self.merged.submissions],
            "silent": [partner.id for partner in self.merged.silent],
            "problems": [
                *problems_as_json(self.collected, language),
                *({"partner": None, "file": found.file, **found.as_json(language)} for found in self.general),
            ],
        }


def merge_round(folder: str | Path, progress: Progress = no_progress) -> MergedRound:
    """Reads a round's inbox and writes merged/: the plan, the workbook, the signatures, the report, the responses.

    Raises:
        DocgenError: the folder holds no round, or a file in merged/ was changed or is open in another program. Then
            nothing is written.
    """
    folder = Path(folder)
    open_round(folder)  # nothing is left in a folder that is no round, not even the lock
    with locked(folder):
        collected = collect_round(folder, progress)
        merged = merge(collected.round, collected.submissions)
        documents = {format_: plan_document(merged, format_) for format_ in ("word", "excel", "pdf")}
        general = (*collected.silent(), *check_plan(merged, tuple(documents.values())), *_withheld(collected))
        files = _files(collected, merged, documents, general)
        log = _refuse_changed(folder)
        log["merged"] = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        text = json.dumps(log, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        replace_files(folder, {**files, _LOG: text.encode()})
    return MergedRound(collected, merged, general, folder / FOLDER, tuple(files))


def _files(
    collected: Collected,
    merged: Merged,
    documents: Mapping[str, Document],
    general: tuple[Problem, ...],
) -> dict[str, bytes]:
    from docgen.report.html import report
    from docgen.report.model import Report

    pdf = replace(documents["pdf"], attachments=_originals(collected))
    files = {
        f"{FOLDER}/{NAMES[name]}": FORMATS[name].write(pdf if name == "pdf" else document)
        for name, document in documents.items()
    }
    unread = tuple((each.file, each.problems) for each in collected.unread)
    page = report(Report(merged, collected.problems, general, collected.results_read, unread))
    files[f"{FOLDER}/{REPORT}"] = page.encode()
    files[f"{FOLDER}/{RESPONSES}"] = _responses(collected, general)
    return files


def _originals(collected: Collected) -> tuple[tuple[str, bytes], ...]:
    """The PDF files that count, whole, as they came: signatures hold only in them.

    Others see them, so a document that asks anything for the coordinator alone is not among them, nor is a file that a
    newer one has replaced.
    """
    private = set(_private(collected.round.blueprint))
    used = {file for submission in collected.submissions for file in _counting(submission, collected.responses)}
    found: list[tuple[str, bytes]] = []
    for response in sorted(collected.responses, key=lambda each: each.file):
        if response.file not in used or response.identity.document in private:
            continue
        if response.original and response.original not in (other for _, other in found):
            found.append((f"{response.identity.partner}-{Path(response.file).name}", response.original))
    return tuple(found)


def _withheld(collected: Collected) -> Iterator[Problem]:
    """The documents of which the originals are not shown to others."""
    blueprint = collected.round.blueprint
    for name in _private(blueprint):
        if any(each.original and each.identity.document == name for each in collected.responses):
            yield problem("originals-private", blueprint.documents[name].title)


def _counting(submission: Submission, responses: Sequence[Response]) -> set[str]:
    """The files that an answer that counts is from, and the newest of each document: it may be signed by hand."""
    document_of = {response.file: response.identity.document for response in responses}
    newest = {document_of[file]: file for file in reversed(submission.files)}
    return {given.file for given in submission.answers.values()} | set(newest.values())


def _private(blueprint: Blueprint) -> Iterator[str]:
    """The documents that ask anything only the coordinator may see."""
    for name, document in blueprint.documents.items():
        for section in (blueprint.sections[each] for each in document.sections):
            parts: list[Section | Field] = [section, *section.fields.values()]
            parts += [column for field in section.fields.values() for column in field.columns.values()]
            if any(part.visible == "coordinator" for part in parts):
                yield name
                break


def _refuse_changed(folder: Path) -> dict[str, Any]:
    """The round's log; refuses where somebody changed what merge wrote, for that would be lost.

    Raises:
        RoundError: a file in merged/ is not as it was written, or the log is damaged.
    """
    path = folder / _LOG
    try:
        log: dict[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
        written: dict[str, str] = log.get("merged", {})
        known = {f"{FOLDER}/{name}" for name in (*NAMES.values(), REPORT, RESPONSES)}
        changed = [
            name
            for name in sorted(known)
            if (folder / name).is_file()
            and hashlib.sha256((folder / name).read_bytes()).hexdigest() != written.get(name)
        ]
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise RoundError(problem("log-damaged", name=_LOG, folder=FOLDER)) from error
    if changed:
        raise RoundError([problem("merged-changed", name=name) for name in changed])
    return log


def _responses(collected: Collected, general: tuple[Problem, ...]) -> bytes:
    """responses.json: every submission in the shape of the contract, with the place each answer came from."""
    language, round_ = collected.language, collected.round
    data = {
        "docgen": 1,
        "blueprint": round_.blueprint.id,
        "version": round_.blueprint.version,
        "round": round_.id,
        "parameters": round_.parameters_as_json(),
        "submissions": [
            _submission_as_json(each, collected.problems[each.partner.id], language) for each in collected.submissions
        ],
        "silent": [each.id for each in round_.partners if each.id not in collected.problems],
        "unread": [each.as_json(language) for each in collected.unread],
        "elsewhere": [each.as_json(language) for each in collected.elsewhere],
        "problems": [each.as_json(language) for each in general],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _submission_as_json(submission: Submission, problems: tuple[Problem, ...], language: str) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for address, given in submission.answers.items():
        shape = _value_as_json(submission, address, given.value)
        if address.row is None:
            answers[str(address)] = shape
        else:
            rows = answers.setdefault(address.field, {})
            rows.setdefault(address.row, {"row": address.row})[address.column] = shape
    return {
        "partner": submission.partner.id,
        "files": list(submission.files),
        "answers": {
            key: [value[row] for row in sorted(value)] if _is_table(value) else value for key, value in answers.items()
        },
        "raw": {str(address): given.raw for address, given in submission.answers.items() if given.raw is not None},
        "sources": {
            str(address): {"file": given.file, "where": given.where} for address, given in submission.answers.items()
        },
        "unplaced": [{"file": file, "where": text.where, "text": text.text} for file, text in submission.unplaced],
        "older": [_difference(submission, each.address, each.one, each.other) for each in submission.older],
        "conflicts": [_difference(submission, each.address, each.one, each.other) for each in submission.conflicts],
        "problems": [{"file": found.file, **found.as_json(language)} for found in problems],
    }


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, int) for key in value)


def _difference(submission: Submission, address: Address, one: Given, other: Given) -> dict[str, Any]:
    def told(given: Given) -> dict[str, Any]:
        value = _value_as_json(submission, address, given.value)
        return {"value": value, "raw": given.raw, "file": given.file, "where": given.where}

    return {"key": str(address), "one": told(one), "other": told(other)}


def _value_as_json(submission: Submission, address: Address, value: Value | None) -> Any:
    slot = submission.slot(address)
    if value is None or slot is None:
        return None
    return FIELD_TYPES[slot.spec.type].to_json(value, slot.spec)
