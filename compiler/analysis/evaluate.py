"""Whether a term holds of given values, and because of which clauses: plain, and what every witness is checked with."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..model.condition import (
    Among,
    And,
    Comparison,
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

Value = bool | int | Fraction | str | frozenset[str]
Values = Mapping[str, Value]

NO_DATE = ""

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


_UNSTATED: dict[Type, Value] = {
    Type.BOOLEAN: False,
    Type.TEXT: "",
    Type.ONE_OF: "",
    Type.DATE: NO_DATE,
    Type.TEXT_SET: frozenset(),
    Type.INTEGER: 0,
    Type.DECIMAL: 0,
    Type.MONEY: 0,
}


def unstated(name: Reference) -> Value:
    """The value of a name that nothing states; of a `one_of`, whose first value depends on its declaration, ""."""
    return _UNSTATED[name.type]


def holds(term: Term, values: Values) -> bool:
    """Whether a truth-valued term holds; names that `values` does not have are unstated."""
    return bool(value_of(term, values))


def value_of(term: Term, values: Values) -> Value:
    """The value of a term, in the unit of its type; a date that was not given is ""."""
    match term:
        case Constant():
            return term.value
        case Reference():
            return values.get(term.path, unstated(term))
        case And():
            return all(holds(part, values) for part in term.parts)
        case Or():
            return any(holds(part, values) for part in term.parts)
        case Not():
            return not holds(term.operand, values)
        case Comparison():
            return _comparison(term, values)
        case Among():
            return _among(term, values)
        case Has():
            found = values.get(term.operand.path, frozenset())
            return isinstance(found, frozenset) and term.text in found
        case Negative() | Sum() | Product():
            return _number(term, values)


def deciding(term: Term, values: Values) -> list[Term]:
    """The clauses that make a term hold, or fail: of an `and` that fails all that fail, of one that holds all."""
    if not isinstance(term, And | Or):
        return [term]
    truth = holds(term, values)
    parts = [part for part in term.parts if holds(part, values) is truth]
    if isinstance(term, Or) and truth:
        parts = parts[:1]
    return [clause for part in parts for clause in deciding(part, values)]


def _number(term: Term, values: Values) -> int | Fraction:
    match term:
        case Negative():
            return -_number(term.operand, values)
        case Product():
            return term.factor * _number(term.operand, values)
        case Sum():
            left, right = _number(term.left, values), _number(term.right, values)
            return left - right if term.minus else left + right
    value = value_of(term, values)
    assert isinstance(value, int | Fraction)
    return value


def _comparison(term: Comparison, values: Values) -> bool:
    left, right = value_of(term.left, values), value_of(term.right, values)
    if NO_DATE in (left, right) and is_date(term.left):
        return False
    return _OPERATORS[term.operator](left, right)


def _among(term: Among, values: Values) -> bool:
    value = value_of(term.operand, values)
    if value == NO_DATE and is_date(term.operand):
        return False
    return (value in [v.value for v in term.values]) is not term.negated


def is_date(term: Term) -> bool:
    """Whether the term is a date, and so may have no value."""
    return isinstance(term, Constant | Reference) and term.type is Type.DATE
