"""A witness as a report gives it: only what differs from a customer without purchases, tags and attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from ..analysis.axioms import LIFETIME, METRICS
from ..analysis.evaluate import Value
from ..model import words
from ..model.condition import Reference, Type
from ..model.tree import Currency
from .change import quoted


def case_facts(values: Mapping[str, Value], names: Iterable[Reference], currency: Currency) -> dict[str, Any]:
    """JSON of a case: metrics by their names, the rest under `customer`, `order` and `item`. Amounts are decimal text."""
    found: dict[str, Any] = {}
    for name in names:
        value = values.get(name.path)
        scope, _, own = name.path.partition(".")
        if value and (not own or name.path.removeprefix(LIFETIME) in METRICS):
            found[name.path] = _json(value, name.type, currency)
        elif value:
            found.setdefault(scope, {})[own] = _json(value, name.type, currency)
    return found


def case_words(values: Mapping[str, Value], names: Iterable[Reference], currency: Currency) -> str:
    """The same in words: `spend 250.00 and customer.country CA`, texts of the author in backticks."""
    parts = [
        f"{name.path} {_word(value, name.type, currency)}" if value is not True else name.path
        for name in names
        if (value := values.get(name.path))
    ]
    *head, last = parts or ["nothing to show yet"]
    return f"{', '.join(head)} and {last}" if head else last


def _json(value: Value, type: Type, currency: Currency) -> Any:
    match value:
        case bool() | str():
            return value
        case frozenset():
            return sorted(value)
        case int() if type is Type.MONEY:
            return words.money(value, currency)
        case int():
            return value
        case Fraction():
            return words.decimal(value)


def _word(value: Value, type: Type, currency: Currency) -> str:
    found = _json(value, type, currency)
    if isinstance(found, list):
        return "with " + " and ".join(quoted(tag) for tag in found)
    return quoted(found) if type in (Type.TEXT, Type.ONE_OF) else str(found)
