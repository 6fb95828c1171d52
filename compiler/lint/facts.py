"""The facts of an order and its member on which rules decide, as an example in a finding tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ..analysis.axioms import PREVIOUS, metric_scope
from ..analysis.evaluate import Value
from ..model.condition import Reference, Term, Type, references
from ..model.tree import Program, Rule
from .words import decimal, money

MOST_SHOWN = 6
MOST_TAGS = 8


def shown_facts(program: Program, rules: Sequence[Rule], values: Mapping[str, Value]) -> str:
    """`, where …,`: the values that the rules read, those of a plain order and of nothing given aside."""
    facts = told(program, (name for name in _read(rules) if name.path != "order.total"), values)
    if any(metric_scope(path) == PREVIOUS for path in values):
        facts.insert(0, "the tier is kept from the window before")
    return f", where {sentence(facts)}," if facts else ""


def told(program: Program, names: Iterable[Reference], values: Mapping[str, Value]) -> list[str]:
    """`` `spend` is 120.00 CAD``: a few of the names' values, those of nothing given aside."""
    return list(
        dict.fromkeys(
            f"`{name.path}` {_written(program, name.type, values[name.path])}"
            for name in names
            if _is_told(program, name, values[name.path])
        )
    )[:MOST_SHOWN]


def customer(program: Program, terms: Iterable[Term], values: Mapping[str, Value]) -> str:
    """`a customer whose …`: with the values of the names that the terms read, as far as they are more than nothing."""
    names = [name for term in terms for name in references(term)]
    facts = told(program, (name for name in names if values[name.path]), values)
    return f"a customer whose {sentence(facts)}" if facts else "a customer with nothing to show yet"


def sentence(facts: Sequence[str]) -> str:
    """The facts with commas and an `and`."""
    *head, last = facts
    return f"{', '.join(head)} and {last}" if head else last


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
            texts = [f'"{text}"' for text in sorted(value)]
            more = [f"{len(texts) - MOST_TAGS} more"] if len(texts) > MOST_TAGS else []
            return "has " + " and ".join([*texts[:MOST_TAGS], *more])
        case str():
            return f'is "{value}"'
