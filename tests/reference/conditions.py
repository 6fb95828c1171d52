"""Whether a condition holds on facts, given as a mapping from the language's names to values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiercel.compiler.model.condition import (
    Among,
    And,
    Comparison,
    Condition,
    Constant,
    Has,
    Negative,
    Not,
    Or,
    Product,
    Reference,
    Sum,
    Term,
    Type,
)

Facts = Mapping[str, Any]

COMPARE = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Whether it holds; no condition always does."""
    return condition is None or bool(value(condition.term, facts))


def value(term: Term, facts: Facts) -> Any:
    """A truth value, number, text or set."""
    match term:
        case Constant():
            return term.value
        case Reference():
            return facts[term.path]
        case Negative():
            return -value(term.operand, facts)
        case Sum():
            left, right = value(term.left, facts), value(term.right, facts)
            return left - right if term.minus else left + right
        case Product():
            return term.factor * value(term.operand, facts)
        case Comparison():
            return compare(term, facts)
        case Among():
            return among(term, facts)
        case Has():
            return term.text in value(term.operand, facts)
        case Not():
            return not value(term.operand, facts)
        case And():
            return all(value(part, facts) for part in term.parts)
        case Or():
            return any(value(part, facts) for part in term.parts)
    raise AssertionError(term)


def compare(term: Comparison, facts: Facts) -> bool:
    """A comparison; one that reads a date that was not given is false."""
    if missing_date(term.left, facts) or missing_date(term.right, facts):
        return False
    return bool(COMPARE[term.operator](value(term.left, facts), value(term.right, facts)))


def among(term: Among, facts: Facts) -> bool:
    """Membership in a list, or the contrary; of a date that was not given, false either way."""
    if missing_date(term.operand, facts):
        return False
    found = value(term.operand, facts) in [constant.value for constant in term.values]
    return found != term.negated


def missing_date(term: Term, facts: Facts) -> bool:
    """Whether a term is a date that was not given."""
    return isinstance(term, Reference) and term.type is Type.DATE and facts[term.path] == ""
