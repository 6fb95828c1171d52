"""A line of events as JSON, and whether two events say the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from .values import Invalid, is_number

Event = dict[str, Any]


def parse_line(line: str) -> Event:
    """The object on a line. `Invalid` for what is no object, repeats a key or has a number that is not finite."""
    try:
        event = json.loads(line, parse_float=finite, parse_constant=no_constant, object_pairs_hook=no_repeats)
    except (ValueError, ArithmeticError, RecursionError):
        raise Invalid("the line is not a JSON object") from None
    if not isinstance(event, dict):
        raise Invalid("the line is not a JSON object")
    return event


def finite(text: str) -> Decimal:
    """A number by its text."""
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def no_constant(text: str) -> Any:
    """NaN and the infinities are no JSON."""
    raise ValueError(text)


def no_repeats(pairs: list[tuple[str, Any]]) -> Event:
    """An object, each key of which is given once."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("repeated key")
    return dict(pairs)


def same_content(a: Any, b: Any) -> bool:
    """Whether two parsed values are the same, numbers by value; `true` is no number."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_content(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same_content, a, b))
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if is_number(a) and is_number(b):
        return bool(a == b)
    return type(a) is type(b) and bool(a == b)
