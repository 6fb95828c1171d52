"""The facts of an order and its member on which rules decide, as an example in a finding tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..analysis.axioms import PREVIOUS, metric_scope
from ..analysis.evaluate import Value
from ..model.condition import Reference, Type, references
from ..model.tree import Program, Rule
from .words import decimal, money

MOST_SHOWN = 6


def shown_facts(program: Program, rules: Sequence[Rule], values: Mapping[str, Value]) -> str:
    """`, where …,`: the values that the rules read, those of a plain order and of nothing given aside."""
    facts = list(
        dict.fromkeys(
            f"`{name.path}` {_written(program, name.type, values[name.path])}"
            for name in _read(rules)
            if name.path != "order.total" and _is_told(program, name, values[name.path])
        )
    )[:MOST_SHOWN]
    if any(metric_scope(path) == PREVIOUS for path in values):
        facts.insert(0, "the tier is kept from the window before")
    *head, last = facts or [""]
    return f", where {', '.join(head)} and {last}," if head else f", where {last}," if last else ""


def _read(rules: Sequence[Rule]) -> Iterator[Reference]:
    """The names that the rules read; those of items as conditions write them are told of the shared item alone."""
    for rule in rules:
        for condition in (rule.when, rule.items):
            if condition:
                yield from references(condition.term)


def _is_told(program: Program, name: Reference, value: Value) -> bool:
    match name.type:
        case Type.ONE_OF:
            attribute = next(a for a in program.attributes if f"customer.{a.name}" == name.path)
            return value != attribute.values[0]
        case Type.INTEGER | Type.DECIMAL | Type.MONEY:
            return True
        case _:
            return bool(value)


def _written(program: Program, kind: Type, value: Value) -> str:
    match value:
        case bool():
            return "is true"
        case int() if kind is Type.MONEY:
            return f"is {money(program, value)}"
        case int() | Fraction():
            return f"is {decimal(value)}"
        case frozenset():
            return "has " + " and ".join(f'"{text}"' for text in sorted(value))
        case str():
            return f'is "{value}"'
