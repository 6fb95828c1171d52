"""The facts of an order and its member on which rules decide, as an example in a finding tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..analysis.evaluate import Value
from ..model.condition import Reference, Type, references
from ..model.tree import Program, Rule
from .words import decimal, money

MOST_SHOWN = 6


def shown_facts(program: Program, rules: Sequence[Rule], values: Mapping[str, Value]) -> str:
    """`, with …`: the values that the rules read and that a plain order and a new member do not have."""
    facts = dict.fromkeys(
        f"`{name.path}` {_written(program, name.type, values[name.path])}"
        for name in _read(rules)
        if name.path != "order.total" and _is_told(program, name, values[name.path])
    )
    return f", with {', '.join(list(facts)[:MOST_SHOWN])}," if facts else ""


def _read(rules: Sequence[Rule]) -> Iterator[Reference]:
    """The names that the rules read; those of items as conditions write them are told of the shared item alone."""
    for rule in rules:
        for condition in (rule.when, rule.items):
            if condition:
                yield from references(condition.term)


def _is_told(program: Program, name: Reference, value: Value) -> bool:
    if name.type is Type.ONE_OF:
        attribute = next(a for a in program.attributes if f"customer.{a.name}" == name.path)
        return value != attribute.values[0]
    return bool(value)


def _written(program: Program, kind: Type, value: Value) -> str:
    match value:
        case bool():
            return "true"
        case int() if kind is Type.MONEY:
            return money(program, value)
        case int() | Fraction():
            return decimal(value)
        case frozenset():
            return "with " + ", ".join(f'"{text}"' for text in sorted(value))
        case str():
            return f'"{value}"'
