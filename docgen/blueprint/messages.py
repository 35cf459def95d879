"""The types that expressions know: a protobuf message for every table, for the plan and for the round.

Only message types let the CEL compiler catch a misspelt column, so one is made for each table of a blueprint. Answers
are wrapped values, null where nothing was answered (google/protobuf/wrappers.proto): an unset text would read as "".
Dates are ISO 8601 texts, which order as the days do.
"""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, wrappers_pb2

from docgen.blueprint.model import Blueprint, Field
from docgen.fields import FIELD_TYPES
from docgen.values import Literal, Period, Reference, Signature, Value

_PACKAGE = "answers"
_MESSAGE, _INT64 = 11, 3  # descriptor.proto, FieldDescriptorProto.Type
_REPEATED, _OPTIONAL = 3, 1  # descriptor.proto, FieldDescriptorProto.Label
_STRING = 9

_TEXT = ".google.protobuf.StringValue"
# By what a field type's answers are to an expression.
_WRAPPERS = {
    "whole": ".google.protobuf.Int64Value",
    "number": ".google.protobuf.DoubleValue",
    "truth": ".google.protobuf.BoolValue",
    "text": _TEXT,
}
SPAN = f"{_PACKAGE}.Span"
_SPAN = f".{SPAN}"
_POINTER = f".{_PACKAGE}.Pointer"
PLAN, ROUND = f"{_PACKAGE}.Plan", f"{_PACKAGE}.Round"

Message = Any  # a class or an instance made at run time; protobuf's own types say no more


def row_type(table: str) -> str:
    """The name of the message type of a table's rows."""
    return f"{_PACKAGE}.{_camel(table)}Row"


def _camel(key: str) -> str:
    return "".join(part.capitalize() for part in key.replace(".", "_").split("_"))


class Messages:
    """The message types of one blueprint."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.pool = descriptor_pool.DescriptorPool()
        wrappers = descriptor_pb2.FileDescriptorProto()
        wrappers_pb2.DESCRIPTOR.CopyToProto(wrappers)
        self.pool.Add(wrappers)
        self.pool.Add(_file(blueprint))

    def new(self, type_name: str) -> Message:
        """An empty message of a type.

        Raises:
            KeyError: there is no such type.
        """
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(type_name))()

    def names(self, type_name: str) -> list[str]:
        """The names of a type's fields.

        Raises:
            KeyError: there is no such type.
        """
        return [field.name for field in self.pool.FindMessageTypeByName(type_name).fields]


def _file(blueprint: Blueprint) -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name="answers.proto", package=_PACKAGE, syntax="proto3")
    file.dependency.append("google/protobuf/wrappers.proto")
    _add(file, "Span", [("first", _INT64, ""), ("last", _INT64, ""), ("years", _INT64, "")])
    _add(file, "Pointer", [("table", _STRING, ""), ("no", _INT64, ""), ("literal", _MESSAGE, _TEXT)])
    for kind in sorted({*_WRAPPERS.values(), _SPAN, _POINTER}):
        for unit in ("year", "quarter"):
            _add(file, _each_name(unit, kind), [(unit, _INT64, ""), ("value", _MESSAGE, kind)])
    for section in blueprint.sections.values():
        for field in section.fields.values():
            if field.type == "table":
                key = f"{section.name}.{field.name}"
                heads = [("no", _INT64, ""), ("partner", _MESSAGE, _TEXT), ("literal", _MESSAGE, _TEXT)]
                _add(file, row_type(key).partition(".")[2], [*heads, *_fields(field.columns)])
        _add(file, f"{_camel(section.name)}Section", _section_fields(section.name, section.fields))
    sections = [(name, _MESSAGE, f".{_PACKAGE}.{_camel(name)}Section") for name in blueprint.sections]
    _add(file, "Plan", sections)
    _add(file, "Round", list(_fields(blueprint.parameters)))
    return file


def _add(file: descriptor_pb2.FileDescriptorProto, name: str, fields: list[tuple[str, int, str]]) -> None:
    message = file.message_type.add(name=name)
    for number, (field, kind, type_name) in enumerate(fields, start=1):
        repeated = type_name.endswith("[]")
        message.field.add(
            name=field,
            number=number,
            label=_REPEATED if repeated else _OPTIONAL,
            type=_STRING if type_name == "[]" else kind,
            type_name=type_name.removesuffix("[]") or None,
        )


def _each_name(unit: str, kind: str) -> str:
    return f"{unit.capitalize()}{kind.rpartition('.')[2]}"


def _fields(fields: Mapping[str, Field]) -> Iterator[tuple[str, int, str]]:
    for field in fields.values():
        yield field.name, _MESSAGE, _type_of(field)


def _section_fields(section: str, fields: Mapping[str, Field]) -> list[tuple[str, int, str]]:
    return [
        (name, _MESSAGE, f".{row_type(f'{section}.{name}')}[]")
        if field.type == "table"
        else (name, _MESSAGE, _type_of(field))
        for name, field in fields.items()
    ]


def _type_of(field: Field) -> str:
    """The type of a field's message field; ``[]`` at the end means repeated."""
    if field.type == "select_multiple":
        return "[]"
    if field.type == "reference":
        kind = f".{row_type(field.to[0])}" if len(field.to) == 1 and not field.each else _POINTER
    elif field.type == "period" and field.appearance == "span":
        kind = _SPAN
    else:
        kind = _WRAPPERS[FIELD_TYPES[field.type].judged_as]
    if field.each:
        unit = "quarter" if field.each == "quarters" else "year"
        return f".{_PACKAGE}.{_each_name(unit, kind)}[]"
    return kind


def put(message: Message, name: str, value: Value | None, rows: Mapping[Reference, Message]) -> None:
    """Sets one field of a message to an answer; leaves it unset where there is none.

    Args:
        message: a row, section or round.
        name: the field's name.
        value: the answer. A number's literal ("not counted") is no number, and stays unset.
        rows: the messages that references point to.
    """
    target = getattr(message, name)
    match value:
        case None:
            pass
        case tuple():
            target.extend(value)
        case Reference():
            _point(target, value, rows)
        case Literal(name=literal):
            if "literal" in target.DESCRIPTOR.fields_by_name:
                target.literal.value = literal
        case Period(kind="span"):
            _put_span(target, value)
        case int() if not is_held(value):
            pass
        case _:
            target.value = _plain(value)


def put_each(message: Message, name: str, unit: str, values: Mapping[int, Value | None]) -> None:
    """Sets a field with ``each``: one entry for every year or quarter, its value unset where there is none."""
    for number, value in values.items():
        entry = getattr(message, name).add()
        setattr(entry, unit, number)
        put(entry, "value", value, {})


def _point(target: Message, reference: Reference, rows: Mapping[Reference, Message]) -> None:
    if target.DESCRIPTOR.name == "Pointer":
        target.table, target.no = reference.table, reference.row
    elif reference in rows:
        target.CopyFrom(rows[reference])
    else:
        target.no = reference.row


def _put_span(target: Message, span: Period) -> None:
    if target.DESCRIPTOR.name == "Span":
        target.first, target.last, target.years = span.first, span.last, len(span.years)
    else:
        target.value = str(span)


def alone(messages: Messages, kind: str, value: Value) -> Any:
    """An answer as a constraint takes it, None for what it does not judge: a literal, a row, a signature.

    Args:
        messages: of the blueprint.
        kind: the field's type, or ``span`` for a period that is always one.
        value: the answer.
    """
    match value:
        case Literal() | Reference() | Signature():
            return None
        case int() if not is_held(value):
            return None
        case Period() if kind == "span":
            span = messages.new(SPAN)
            _put_span(span, value)
            return span
        case tuple():
            return list(value)
        case _:
            return _plain(value)


def is_held(number: int) -> bool:
    """Whether an expression can hold a whole number: one of more than 64 bits is not judged."""
    return -(2**63) <= number < 2**63


def _plain(value: Value) -> Any:
    """A value in the types protobuf takes."""
    match value:
        case bool() | str():
            return value
        case int():
            return value
        case Decimal():
            return float(value)
        case datetime.date():
            return value.isoformat()
        case Signature(present=present):
            return present
        case _:
            return str(value)
