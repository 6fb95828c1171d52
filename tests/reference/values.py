"""JSON values, read strictly into plain ones: money in minor units, instants in seconds, texts and dates as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tiercel.compiler.model.condition import Type
from tiercel.compiler.model.tree import Attribute, Program

from .times import parse_instant

Read = Callable[[Any, Program, str], Any]

ACTIVITIES = ("birthday", "review", "referral", "follow", "share")
CUSTOM = re.compile(r"custom:[a-z][a-z0-9_-]{0,63}")
PLAIN_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
SIGNED_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Invalid(Exception):
    """An event that is not one; the message names the field."""


def is_number(value: Any) -> bool:
    """Whether a parsed value is a JSON number."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def text(value: Any, _program: Program, field: str) -> str:
    if not isinstance(value, str):
        raise Invalid(f"`{field}` has to be text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Invalid(f"`{field}` has half of a surrogate pair")
    return value


def name(value: Any, program: Program, field: str) -> str:
    """Text that tells one thing from another: not empty, and something that can be written in UTF-8."""
    if not text(value, program, field).strip():
        raise Invalid(f"`{field}` is empty")
    return text(value, program, field)


def truth(value: Any, _program: Program, field: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid(f"`{field}` has to be true or false")
    return value


def whole(value: Any, _program: Program, field: str) -> int:
    if not is_number(value) or abs(Decimal(value).adjusted()) > 30 or value != int(value):
        raise Invalid(f"`{field}` has to be a whole number")
    return int(value)


def count(value: Any, program: Program, field: str) -> int:
    number = whole(value, program, field)
    if number < 0:
        raise Invalid(f"`{field}` is negative")
    return number


def moves(value: Any, program: Program, field: str) -> int:
    number = whole(value, program, field)
    if number == 0:
        raise Invalid(f"`{field}` is 0")
    return number


def amount(value: Any, program: Program, field: str) -> int:
    """Money: decimal text or a number, not negative, with no more decimals than the currency has."""
    number = exact(value, PLAIN_DECIMAL, field) * 10**program.currency.decimals
    if number < 0 or number.denominator != 1:
        raise Invalid(f"`{field}` is no amount of {program.currency.code}")
    return int(number)


def decimal(value: Any, _program: Program, field: str) -> Fraction:
    return exact(value, SIGNED_DECIMAL, field)


def exact(value: Any, pattern: re.Pattern[str], field: str) -> Fraction:
    """A number, or the decimal text of one."""
    if isinstance(value, str) and pattern.fullmatch(value):
        value = Decimal(value)
    if not is_number(value) or abs(Decimal(value).adjusted()) > 30:
        raise Invalid(f"`{field}` has to be a decimal number")
    return Fraction(value)


def instant(value: Any, program: Program, field: str) -> Fraction:
    try:
        return parse_instant(text(value, program, field))
    except ValueError:
        raise Invalid(f"`{field}` has to be an RFC 3339 instant with an offset") from None


def texts(value: Any, program: Program, field: str) -> frozenset[str]:
    return frozenset(text(entry, program, field) for entry in entries(value, field))


def entries(value: Any, field: str) -> list[Any]:
    """The entries of a list."""
    if not isinstance(value, list):
        raise Invalid(f"`{field}` has to be a list")
    return value


def calendar_day(value: Any, program: Program, field: str) -> str:
    written = text(value, program, field)
    try:
        if date.fromisoformat(written).isoformat() != written:
            raise ValueError(written)
    except ValueError:
        raise Invalid(f"`{field}` has to be a date") from None
    return written


def activity(value: Any, program: Program, field: str) -> str:
    name = text(value, program, field)
    if name not in ACTIVITIES and not CUSTOM.fullmatch(name):
        raise Invalid(f"`{field}` is no activity")
    return name


BY_TYPE: dict[Type, Read] = {
    Type.BOOLEAN: truth,
    Type.INTEGER: whole,
    Type.DECIMAL: decimal,
    Type.MONEY: amount,
    Type.TEXT: text,
    Type.DATE: calendar_day,
    Type.ONE_OF: text,
}


def attribute_value(attribute: Attribute, value: Any, program: Program) -> Any:
    """A declared attribute's value; `Invalid` where the declaration does not admit it."""
    field = f"attributes.{attribute.name}"
    read = BY_TYPE[attribute.type](value, program, field)
    if attribute.type is Type.ONE_OF and read not in attribute.values:
        raise Invalid(f"`{field}` is none of its values")
    return read


def attributes(value: Any, program: Program, field: str) -> dict[str, Any]:
    """Attribute values as given, checked; they are kept raw, since another version may read them differently."""
    declared = {attribute.name: attribute for attribute in program.attributes}
    if not isinstance(value, dict):
        raise Invalid(f"`{field}` has to be an object")
    for name, given in value.items():
        if name not in declared:
            raise Invalid(f"`{field}.{name}` is not declared")
        attribute_value(declared[name], given, program)
    return dict(value)


def keyed(
    value: Any, program: Program, field: str, needed: dict[str, Read], optional: dict[str, Read]
) -> dict[str, Any]:
    """An object with the needed keys, perhaps the optional ones, and no others."""
    if not isinstance(value, dict):
        raise Invalid(f"`{field}` has to be an object")
    for key in value:
        if key not in needed and key not in optional:
            raise Invalid(f"`{field}.{key}` is not known")
    for key in needed:
        if key not in value:
            raise Invalid(f"`{field}.{key}` is missing")
    readers = {**needed, **optional}
    return {key: readers[key](given, program, f"{field}.{key}") for key, given in value.items()}


def default_of(attribute: Attribute) -> Any:
    """What a condition reads of an attribute that was not given."""
    if attribute.type is Type.ONE_OF:
        return attribute.values[0]
    return {Type.BOOLEAN: False, Type.TEXT: "", Type.DATE: ""}.get(attribute.type, 0)
