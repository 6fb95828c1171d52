"""What a condition comes to for given values, and which parts of it decide that.

Plain and slow: it walks the terms, by the text of the language and nothing else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from .condition import (
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
from .linear import linear_form
from .types import NUMBERS, type_of

# By the path of each name: `bool`, `int` (whole numbers, and money in minor units), `Fraction` (decimals), text,
# dates as ISO text with "" for none, sets as frozensets.
Values = Mapping[str, object]

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(term: Term, values: Values) -> bool:
    """Whether a truth-valued term is true of the values; `KeyError` if a name that it reads is not among them."""
    match term:
        case And():
            return all(holds(part, values) for part in term.parts)
        case Or():
            return any(holds(part, values) for part in term.parts)
        case Not():
            return not holds(term.operand, values)
        case Comparison():
            return _compares(term, values)
        case Among():
            value = _value(term.operand, values)
            if type_of(term.operand) is Type.DATE and not value:
                return False
            return (value in [constant.value for constant in term.values]) is not term.negated
        case Has():
            members = values[term.operand.path]
            assert isinstance(members, frozenset)
            return term.text in members
        case _:
            return _value(term, values) is True


def _compares(term: Comparison, values: Values) -> bool:
    left, right = _value(term.left, values), _value(term.right, values)
    if type_of(term.left) is Type.DATE and not (left and right):
        return False
    return _OPERATORS[term.operator](left, right)


def _value(term: Term, values: Values) -> object:
    match term:
        case Constant():
            return term.value
        case Reference():
            return values[term.path]
        case Negative() | Sum() | Product():
            return number(term, values)
        case _:
            return holds(term, values)


def number(term: Term, values: Values) -> Fraction:
    """What a number-valued term comes to; money in minor units."""
    assert type_of(term) in NUMBERS
    form = linear_form(term)
    total = form.constant
    for path, coefficient in form.coefficients.items():
        value = values[path]
        assert isinstance(value, int | Fraction)
        total += coefficient * value
    return total


def reasons(term: Term, values: Values) -> list[Term]:
    """The clauses that decide whether a term holds, in order as written.

    A clause is a comparison, `in`, `has`, or a name or constant that is true or false. Of an `and` that fails they
    are those of the parts that fail, of one that holds those of all parts; of an `or` the other way round.
    """
    match term:
        case And() | Or():
            outcome = holds(term, values)
            everything = outcome is isinstance(term, And)
            parts = [part for part in term.parts if everything or holds(part, values) is outcome]
            return [reason for part in parts for reason in reasons(part, values)]
        case Not():
            return reasons(term.operand, values)
        case _:
            return [term]


def why_not(term: Term, values: Values) -> list[Term]:
    """The clauses because of which a term does not hold; none if it does."""
    return [] if holds(term, values) else reasons(term, values)
