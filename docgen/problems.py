"""Problems: what is wrong, where, and what to do about it.

A problem carries a code and arguments, never a sentence, so that the same problem can be told to a
coordinator in Swedish and to a partner in English. The sentences stand in :mod:`docgen.locales` under
``problem.CODE`` and ``remedy.CODE``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from docgen.locales import text
from docgen.values import NOTHING, Address

Severity = Literal["error", "warning", "info"]

# Every code there is, with how bad it is. A sentence for each stands in every catalogue (tested).
CATALOGUE: dict[str, Severity] = {
    # blueprint: where is file:line:column
    "yaml-syntax": "error",
    "yaml-tab": "error",
    "yaml-colon": "error",
    "yaml-no-colon": "error",
    "yaml-flow": "error",
    "yaml-start": "error",
    "yaml-indent": "error",
    "yaml-after-quote": "error",
    "yaml-several": "error",
    "yaml-deep": "error",
    "yaml-quote": "error",
    "yaml-duplicate": "error",
    "yaml-encoding": "error",
    "blueprint-missing": "error",
    "blueprint-empty": "error",
    "blueprint-key-unknown": "error",
    "blueprint-key-required": "error",
    "blueprint-kind": "error",
    "blueprint-value": "error",
    "blueprint-name": "error",
    "blueprint-reserved": "error",
    "blueprint-unknown-name": "error",
    "section-twice": "error",
    "role-built-in": "error",
    "choices-built-in": "error",
    "choices-without-select": "error",
    "label-twice": "error",
    "table-key": "error",
    "repeat-or-rows": "error",
    "signature-in-table": "error",
    "each-collides": "error",
    "literals-misplaced": "error",
    "unit-misplaced": "error",
    "unit-percent": "error",
    "total-misplaced": "error",
    "protected-misplaced": "error",
    "calculation-misplaced": "error",
    "to-misplaced": "error",
    "each-misplaced": "error",
    "message-alone": "error",
    "each-optional": "error",
    "calculation-outside-excel": "error",
    "default-in-table": "error",
    "blueprint-unsupported": "error",
    "blueprint-calculation": "error",
    "calculation-circle": "error",
    "blueprint-expression": "error",
    "blueprint-word": "error",
    "blueprint-appearance": "error",
    "blueprint-default": "error",
    "blueprint-guide-single": "error",
    "blueprint-logo": "error",
    "section-unlisted": "warning",
    "blueprint-contrast": "error",
    "blueprint-file": "error",
    "translation-missing": "warning",
    "translation-unknown": "error",
    "translation-length": "error",
    "translation-file": "error",
    # parameters and partners
    "parameter-required": "error",
    "parameter-unknown": "error",
    "parameter-value": "error",
    "parameter-constraint": "error",
    "parameter-form": "error",
    "partners-missing": "error",
    "partners-column": "error",
    "partners-column-unknown": "warning",
    "partners-column-twice": "error",
    "partners-cell-extra": "warning",
    "partners-many": "error",
    "partners-empty": "error",
    "partners-id": "error",
    "partners-id-group": "error",
    "partners-id-twice": "error",
    "partners-name-twice": "error",
    "partners-name": "error",
    "partners-name-long": "error",
    "partners-language": "error",
    "partners-role": "error",
    "partners-email": "error",
    "partners-encoding": "warning",
    "partners-file": "error",
    # the round's folder
    "round-exists": "error",
    "demo-other-round": "error",
    "demo-answered": "error",
    "round-not-empty": "error",
    "round-changed": "error",
    "round-replaced": "warning",
    "round-remade": "warning",
    "round-foreign": "error",
    "round-answered": "error",
    "round-damaged": "error",
    "staged-damaged": "error",
    "staged-changed": "error",
    "round-locked": "error",
    "round-missing": "error",
    "file-locked": "error",
    "file-open": "error",
    "disk-full": "error",
    "step-later": "error",
    "from-later": "error",
    # a returned file as a whole
    "file-missing": "error",
    "file-unreadable": "error",
    "file-link-broken": "error",
    "file-special": "error",
    "folder-unreadable": "error",
    "inbox-missing": "error",
    "inbox-no-folder": "error",
    "file-empty": "error",
    "file-kind": "error",
    "file-text-named-office": "error",
    "file-encrypted": "error",
    "file-old-office": "error",
    "file-old-excel": "error",
    "file-sensitivity-label": "error",
    "file-mail": "error",
    "file-rtf": "error",
    "file-html": "error",
    "file-office-xml": "error",
    "file-zip": "error",
    "file-pages": "error",
    "file-ods": "error",
    "file-damaged": "error",
    "file-fault": "error",
    "program-fault": "error",
    "file-hostile": "error",
    "file-no-identity": "error",
    "file-no-blueprint": "error",
    "file-copy-lost": "warning",
    "file-other-round": "error",
    "file-other-roles": "warning",
    "file-unknown-partner": "error",
    "file-merged-plan": "error",
    "file-unknown-document": "error",
    "file-marks-disagree": "error",
    "file-lost-marks": "info",
    "file-macros": "warning",
    "file-external": "warning",
    "file-tracked": "info",
    "file-comments": "info",
    "saved-by-libreoffice": "warning",
    "file-pdf-of-form": "error",
    "file-flattened": "error",
    "file-attachments": "warning",
    "file-xfa": "error",
    "fields-duplicate": "error",
    "pages-not-read": "warning",
    "fields-missing": "warning",
    # one answer
    "not-a-date": "error",
    "not-a-period": "error",
    "not-a-number": "error",
    "not-an-integer": "error",
    "number-ambiguous": "error",
    "percent-ambiguous": "error",
    "date-ambiguous": "error",
    "not-a-choice": "error",
    "choice-several": "error",
    "not-a-boolean": "error",
    "not-an-email": "error",
    "not-a-phone": "error",
    "not-a-reference": "error",
    "amount-understood": "info",
    "date-differs": "warning",
    "formula-no-value": "error",
    "cell-error": "error",
    "keys-disagree": "error",
    "cells-merged": "error",
    "row-number-twice": "warning",
    # answers put together and judged
    "required-missing": "error",
    "required-table": "error",
    "not-relevant": "warning",
    "constraint-failed": "error",
    "number-too-great": "error",
    "rule": "error",
    "rule-fault": "error",
    "reference-dangling": "warning",
    "document-missing": "info",
    "answers-differ": "error",
    "files-tie": "error",
    "newest-by-disk": "warning",
    "newest-ahead": "warning",
    "section-replaced": "warning",
    "section-emptied": "info",
    "no-answer": "info",
    "merged-changed": "error",
    "log-damaged": "error",
    "agree-differs": "warning",
    "originals-private": "info",
}


# Arguments whose value is a key of the catalogues of texts, with the beginning of that key.
_SPOKEN = {"kind": "kind.", "what": "what.", "why": "", "reason": "reason.", "list": "choices."}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: a key of :data:`CATALOGUE`.
        where: the place as its reader sees it: ``file:line:column``, or "Delmål 2, Senast".
        args: what the sentences of the code name.
        severity: the catalogue's, unless a rule of a blueprint says otherwise.
        file: the file's name, where the problem is about a file.
        address: of the answer, the row or the table it is about, where it is about one; ``where`` says it to people.
    """

    code: str
    where: str = ""
    args: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    severity: Severity = "error"
    file: str = ""
    address: Address | None = field(default=None, compare=False)

    def message(self, language: str) -> str:
        """What is wrong, as a sentence."""
        return text(language, f"problem.{self.code}", **self._words(language))

    def remedy(self, language: str) -> str:
        """What to do about it, as a sentence."""
        return text(language, f"remedy.{self.code}", **self._words(language))

    def _words(self, language: str) -> dict[str, Any]:
        """The arguments, numbers and those that are words of docgen's own in the language."""
        words = {
            name: _number(each, language) if isinstance(each, Decimal) else each for name, each in self.args.items()
        }
        if "close" in words:
            words["close"] = (
                text(language, "close", word=words["close"]) if words["close"] else text(language, "close.none")
            )
        for name, prefix in _SPOKEN.items():
            if name in words:
                words[name] = text(language, f"{prefix}{words[name]}")
        return words

    def line(self, language: str) -> str:
        """Where, what and what to do, on one line."""
        place = ": ".join(part for part in (self.file, self.where) if part)
        sentence = f"{self.message(language)} {self.remedy(language)}".strip()
        return f"{place}: {sentence}" if place else sentence

    def as_json(self, language: str) -> dict[str, str]:
        """The shape every JSON output of docgen uses."""
        return {
            "code": self.code,
            "severity": self.severity,
            "where": self.where,
            "message": self.message(language),
            "remedy": self.remedy(language),
        }


def _number(number: Decimal, language: str) -> str:
    return str(number).replace(".", "," if language == "sv" else ".")


def problem(code: str, where: str = "", *, file: str = "", address: Address | None = None, **args: Any) -> Problem:
    """A problem with the severity the catalogue gives its code.

    Raises:
        KeyError: no such code.
    """
    return Problem(code, where, args, CATALOGUE[code], file, address)
