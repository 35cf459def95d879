"""Short ways to the parts of a blueprint under check."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docgen.blueprint.yamltree import Path_, Tree

# For each document format, the field types it cannot hold and the key of the text that says why.
Unsupported = Mapping[str, Mapping[str, str]]


class Parts:
    """The data of a blueprint under check, its shape known to be right, and short ways to its parts."""

    def __init__(self, tree: Tree, folder: Path | None, unsupported: Unsupported) -> None:
        self.tree = tree
        self.folder = folder
        self.unsupported = unsupported
        data = tree.data
        self.parameters: dict[str, Any] = data.get("parameters", {})
        self.roles: dict[str, Any] = data.get("roles", {})
        self.documents: dict[str, Any] = data["documents"]
        self.choices: dict[str, Any] = data.get("choices", {})
        self.sections: dict[str, Any] = data["sections"]
        self.rules: dict[str, Any] = data.get("rules", {})
        self.steps: dict[str, Any] = data.get("steps", {})

    def fields(self) -> Iterator[tuple[Path_, dict[str, Any]]]:
        """Every field of every section, tables included, columns not."""
        for section, body in self.sections.items():
            for name, field in body["fields"].items():
                yield ("sections", section, "fields", name), field

    def columns(self) -> Iterator[tuple[Path_, dict[str, Any], dict[str, Any]]]:
        """Every column of every table, with its table."""
        for path, field in self.fields():
            for name, column in field.get("columns", {}).items():
                yield (*path, "columns", name), column, field

    def answers(self) -> Iterator[tuple[Path_, dict[str, Any]]]:
        """Every parameter, field and column."""
        for name, parameter in self.parameters.items():
            yield ("parameters", name), parameter
        yield from self.fields()
        for path, column, _ in self.columns():
            yield path, column

    def field(self, key: str) -> dict[str, Any] | None:
        """The field ``section.field``, None if there is none."""
        section, _, name = key.partition(".")
        found = self.sections.get(section, {}).get("fields", {}).get(name)
        return found if isinstance(found, dict) else None

    def tables(self) -> list[str]:
        """The keys of all tables."""
        return [f"{path[1]}.{path[3]}" for path, field in self.fields() if field["type"] == "table"]

    def documents_of(self, section: str) -> list[str]:
        """The documents that list a section."""
        return [name for name, document in self.documents.items() if section in document["sections"]]

    def labels(self, name: str) -> dict[str, str]:
        """The labels of a list of choices by their names; none for a list that is built in or not there."""
        found = self.choices.get(name, {})
        return found if isinstance(found, dict) else {}

    def where(self, *path: str | int) -> str:
        """The place of a value."""
        return self.tree.where(path)

    def key(self, *path: str | int) -> str:
        """The place of a key."""
        return self.tree.where(path, key=True)
