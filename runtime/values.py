"""Values of declared customer attributes: from JSON to what conditions read."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .instants import day_of_iso
from .money import minor_units
from .program import Attribute

_DEFAULTS: dict[str, Any] = {
    "boolean": False,
    "integer": 0,
    "decimal": Fraction(0),
    "money": 0,
    "text": "",
    "date": "",
}
_DECIMAL_TEXT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def attribute_value(attribute: Attribute, given: object, decimals: int) -> Any:
    """What conditions read for a value given in JSON: bool, int (integer, money), Fraction, text or ISO date.

    `decimals` are those of the currency. Raises ValueError with a reason if the type is another.
    """
    match attribute.type:
        case "boolean":
            return _of_type(bool, given, "neither true nor false")
        case "integer":
            return _integer(given)
        case "decimal":
            return _decimal(given)
        case "money":
            return minor_units(given, decimals)
        case "date":
            text: str = _of_type(str, given, "not a date such as `2026-01-31`")
            day_of_iso(text)
            return text
        case "one_of":
            if given not in attribute.values or type(given) is not str:
                raise ValueError(f"none of {', '.join(attribute.values)}")
            return given
        case "text":
            return _unicode(_of_type(str, given, "not text"))


def default_value(attribute: Attribute) -> Any:
    """The value of an attribute that was not given."""
    return attribute.values[0] if attribute.type == "one_of" else _DEFAULTS[attribute.type]


def attribute_values(
    attributes: tuple[Attribute, ...], given: dict[str, Any], decimals: int
) -> dict[str, Any]:
    """Every declared attribute's value; what was given and is not admitted counts as not given."""
    values: dict[str, Any] = {}
    for attribute in attributes:
        values[attribute.name] = default_value(attribute)
        if attribute.name in given:
            try:
                values[attribute.name] = attribute_value(attribute, given[attribute.name], decimals)
            except ValueError:
                continue
    return values


def _of_type(expected: type, given: object, problem: str) -> Any:
    if type(given) is not expected:
        raise ValueError(problem)
    return given


def _unicode(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("half of a surrogate pair is no text") from None
    return text


def _integer(given: object) -> int:
    value = _decimal(given) if type(given) in (int, Decimal) else None
    if value is None or value.denominator != 1:
        raise ValueError("not a whole number")
    return int(value)


def _decimal(given: object) -> Fraction:
    if type(given) is str:
        given = Decimal(given) if _DECIMAL_TEXT.fullmatch(given) else None
    if type(given) not in (int, Decimal):
        raise ValueError("not a number")
    assert isinstance(given, int | Decimal)
    number = Decimal(given)
    if not number.is_finite() or abs(number.adjusted()) > 30 or len(number.as_tuple().digits) > 60:
        raise ValueError("not a number of reasonable size")
    return Fraction(number)
