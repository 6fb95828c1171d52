"""All conditions that a program states, and those of their comparisons that no number can decide."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.condition import Comparison, Condition, Constant, Reference, Term
from ..model.scope import never_negative
from ..model.tree import Program

_ALWAYS = frozenset({">", ">=", "!="})
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def conditions(program: Program) -> Iterator[Condition]:
    """The conditions of `exclude`, of the tiers, and of all rules, active or not."""
    parts: list[Condition | None] = []
    if program.exclude:
        parts += [program.exclude.customers, program.exclude.orders, program.exclude.items]
    for tier in program.tiers:
        parts += [tier.when, tier.retain]
    for rule in program.rules:
        parts += [rule.items, rule.contains, rule.when]
    yield from (condition for condition in parts if condition)


def below_zero(term: Term) -> tuple[Reference, str] | None:
    """Of a comparison of what is never negative with a number below zero: the name, and `always` or `never` holds."""
    if not isinstance(term, Comparison):
        return None
    match term.left, term.right:
        case Reference() as name, literal if _is_negative(literal):
            operator = term.operator
        case literal, Reference() as name if _is_negative(literal):
            operator = _MIRRORED.get(term.operator, term.operator)
        case _:
            return None
    if not never_negative(name.path, name.type):
        return None
    return name, "always" if operator in _ALWAYS else "never"


def _is_negative(term: Term) -> bool:
    return isinstance(term, Constant) and not isinstance(term.value, str) and term.value < 0
