"""A round: one sending of one blueprint to a list of partners."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from docgen.blueprint.model import Blueprint, Field, digest
from docgen.document import Document
from docgen.fields import FIELD_TYPES, Option, Spec
from docgen.values import Value


@dataclass(frozen=True)
class Partner:
    """One line of the partner list. ``emails`` and ``roles`` may be empty; a partner without roles is asked all."""

    id: str
    name: str
    contact: str = ""
    emails: tuple[str, ...] = ()
    language: str = ""
    roles: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Round:
    """One sending of a blueprint: the blueprint, the values of its parameters, and who is asked."""

    blueprint: Blueprint
    parameters: Mapping[str, Value]
    partners: tuple[Partner, ...]

    @cached_property
    def laid_out(self) -> dict[tuple[str, tuple[str, ...], str], Document | None]:
        """The documents laid out for anybody so far, by name, roles and language; kept by :mod:`docgen.layout`."""
        return {}

    @cached_property
    def id(self) -> str:
        """Ten characters of a sha256 over blueprint, parameters and partner ids.

        In the list's order: where partners are the rows of a table, the third row is about the third partner.
        """
        ids = [partner.id for partner in self.partners]
        return digest([self.blueprint.hash, self.parameters_as_json(), ids], 10)

    @cached_property
    def in_own_language(self) -> "Round":
        """The round as if all partners spoke the coordinator's language: it is the coordinator who is told of problems."""
        language = self.blueprint.language
        return replace(self, partners=tuple(replace(partner, language=language) for partner in self.partners))

    def parameters_as_json(self) -> dict[str, Any]:
        """Each parameter's value in the shape of the contract."""
        fields = self.blueprint.parameters
        return {
            name: FIELD_TYPES[fields[name].type].to_json(value, parameter_spec(self.blueprint, fields[name]))
            for name, value in self.parameters.items()
        }

    def partner(self, partner_id: str) -> Partner:
        """The partner with an id.

        Raises:
            KeyError: there is none.
        """
        for partner in self.partners:
            if partner.id == partner_id:
                return partner
        raise KeyError(partner_id)


def parameter_spec(blueprint: Blueprint, field: Field) -> Spec:
    """What a field type needs to know of a parameter."""
    labels = blueprint.choices.get(field.choices, {})
    options = tuple(Option(name, label) for name, label in labels.items())
    return Spec(field.type, blueprint.language, field.appearance, options)
