"""Comparisons that no number can decide."""

from __future__ import annotations

from ..model.condition import Comparison, Constant, Reference, Term
from ..model.scope import never_negative

_ALWAYS = frozenset({">", ">=", "!="})
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


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
