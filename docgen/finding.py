"""Finds the round a returned file belongs to.

In this order: the round that was asked for, a round.json in a folder above the file, a round under ./output with the
file's id, the copy of its blueprint that every file carries, a blueprint that comes with docgen.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.blueprint.grammar import DASHED
from docgen.blueprint.load import from_data, load_blueprint
from docgen.blueprint.model import Blueprint
from docgen.errors import DocgenError, RoundError, UnreadableFile
from docgen.fields import FIELD_TYPES
from docgen.formats.base import Marks
from docgen.parameters import values_from_json
from docgen.problems import Problem, problem
from docgen.roundfile import ROUND_FILE, open_round
from docgen.sending import Partner, Round, parameter_spec


def shipped_blueprints() -> Path:
    """The folder of the blueprints that come with docgen: inside the package, or at the top of the source tree."""
    package = Path(__file__).parent
    inside = package / "blueprints"
    return inside if inside.is_dir() else package.parent / "blueprints"


@dataclass(frozen=True)
class Context:
    """The round a file is read with, and what there is to say about how it was found."""

    round: Round
    problems: tuple[Problem, ...] = ()


class Finder:
    """Finds the round of a file: what was asked for, else a folder above, else ./output, else the file's own copy."""

    def __init__(self, given: Round | None, blueprint: Blueprint | None) -> None:
        self.given = given
        self.blueprint = blueprint
        self.opened: dict[Path, Round | None] = {}
        self.copies: dict[str, Round | None] = {}

    def context(self, marks: Marks, path: Path) -> Context:
        """The round a file is to be read with.

        Raises:
            UnreadableFile: none can be found.
        """
        expected = self.given or self.above(path)
        if expected is not None and marks.round in {"", expected.id}:
            return Context(expected)
        found = self.elsewhere(marks)
        if found is None:
            code = "file-no-blueprint" if marks.any else "file-no-identity"
            raise UnreadableFile(problem(code))
        if expected is not None:
            other = problem(
                "file-other-round",
                found=marks.round,
                wanted=expected.id,
                about=particulars(found.round, expected) or marks.round,
            )
            return replace(found, problems=(other, *found.problems))
        return found

    def above(self, path: Path) -> Round | None:
        """The round in whose folder a file lies, in any depth."""
        for folder in path.resolve().parents:
            if (folder / ROUND_FILE).is_file():
                return self.open(folder)
        return None

    def open(self, folder: Path) -> Round | None:
        """The round in a folder, None if its round.json is damaged; read once."""
        if folder not in self.opened:
            try:
                self.opened[folder] = open_round(folder)
            except RoundError:
                self.opened[folder] = None
        return self.opened[folder]

    def elsewhere(self, marks: Marks) -> Context | None:
        """A round under ./output with the file's id, else the copy in the file, with a blueprint given if there is one.

        A blueprint that comes with docgen serves only where it is the very one the file was made from.
        """
        if self.blueprint is None and marks.round:
            for folder in sorted(path.parent for path in Path("output").glob(f"*/{ROUND_FILE}")):
                found = self.open(folder)
                if found is not None and found.id == marks.round:
                    return Context(found)
        copy = self.copy(marks)
        if self.blueprint is not None and self.blueprint.id == marks.blueprint:
            return Context(replace(copy, blueprint=self.blueprint) if copy else _alone(self.blueprint, marks))
        if copy is not None:
            return Context(copy)
        shipped = self.shipped(marks.blueprint) if self.blueprint is None else None
        if shipped is None or shipped.hash != marks.hash:
            return None
        return Context(_alone(shipped, marks), (problem("file-copy-lost"),))

    def as_sent(self, round_: Round, marks: Marks) -> Round:
        """A round as it was when a file of it was made: names, the partner's roles and language may have changed since.

        Itself where nothing did, or the file's own copy is lost.
        """
        copy = self.copy(marks)
        if copy is None or copy.id != round_.id or _seen(copy, marks.partner) == _seen(round_, marks.partner):
            return round_
        return copy

    def shipped(self, blueprint_id: str) -> Blueprint | None:
        """A blueprint that comes with docgen, None if none has this id."""
        path = shipped_blueprints() / f"{blueprint_id}.yaml"
        return load_blueprint(path) if re.fullmatch(DASHED, blueprint_id) and path.is_file() else None

    def copy(self, marks: Marks) -> Round | None:
        """The round as a file carries it; None if the copy is damaged, or not of the round the file says it is of."""
        if marks.carried not in self.copies:
            self.copies = {marks.carried: _unharmed(marks.carried)}  # the last alone: each holds a whole blueprint
        copy = self.copies[marks.carried]
        return copy if copy is not None and marks.round in {"", copy.id} else None


def _seen(round_: Round, partner_id: str) -> tuple[object, ...]:
    """What a partner's files show of a round's partners."""
    own = round_.partner(partner_id)
    return own.roles, own.language, [(each.id, each.name) for each in round_.partners]


def particulars(round_: Round, beside: Round | None = None) -> str:
    """A round as a person knows it: its title, its parameters; beside another one what is different, perhaps ""."""
    said = [round_.blueprint.title] if beside is None or round_.blueprint.title != beside.blueprint.title else []
    said += [
        f"{field.label} {FIELD_TYPES[field.type].show(value, parameter_spec(round_.blueprint, field))}"
        for name, field in round_.blueprint.parameters.items()
        if (value := round_.parameters.get(name)) is not None
        and field.type != "paragraph"
        and (beside is None or value != beside.parameters.get(name) or name not in beside.blueprint.parameters)
    ]
    return ", ".join(said)


def _alone(blueprint: Blueprint, marks: Marks) -> Round:
    """A round of which nothing is known but the blueprint and the partner a file is of."""
    return Round(blueprint, {}, (Partner(marks.partner, marks.partner),))


def _unharmed(carried: str) -> Round | None:
    """The round a text carries, None if anything in it is not as it was written."""
    try:
        return round_carried(json.loads(carried)) if carried else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, DocgenError):
        return None


def partner_carried(carried: str) -> str:
    """The id of the partner whose file carries a text, "" if it does not say."""
    try:
        said = json.loads(carried)["partner"]["id"] if carried else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def round_carried(data: Mapping[str, Any]) -> Round:
    """The round a file carries a copy of: everything but the other partners' roles and addresses.

    Raises:
        KeyError, ValueError, TypeError, AttributeError, RecursionError, DocgenError: the copy was tampered with.
    """
    blueprint = from_data(data["blueprint"], data["translations"])
    own = data["partner"]
    partners = tuple(
        Partner(id_, name, language=own["language"], roles=tuple(own["roles"]))
        if id_ == own["id"]
        else Partner(id_, name)
        for id_, name in data["partners"]
    )
    if not all(isinstance(text, str) for each in partners for text in (each.id, each.name, each.language, *each.roles)):
        raise TypeError("partners are named by texts")
    round_ = Round(blueprint, values_from_json(blueprint, data["parameters"]), partners)
    (round_.id + "".join(each.name for each in partners)).encode()  # what cannot be encoded raises here, not later
    return round_
