"""A condition as a Python expression over `member`, `order`, `item` and `days`."""

from __future__ import annotations

import ast
import operator as operators
from collections.abc import Callable
from typing import Any

from ..model.condition import (
    Among,
    And,
    Comparison,
    Condition,
    Constant,
    Has,
    Not,
    Or,
    Reference,
    Term,
    Type,
)
from .expressions import (
    MIRRORED,
    all_of,
    among,
    any_of,
    attribute,
    compare,
    constant,
    name,
    negate,
    truth,
)
from .numbers import among_numbers, compare_numbers, is_number

_BUILT_IN = ("customer.tags", "customer.country", "customer.joined")
_FOLD: dict[str, Callable[[Any, Any], bool]] = {
    "==": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


def condition_expression(condition: Condition) -> ast.expr:
    """The expression of a whole condition; a literal `True` or `False` where nothing can change it."""
    return _truth_of(condition.term)


def reading(path: str) -> ast.expr:
    """What a name of the condition language reads: `spend` is `member.spend`."""
    scope, _, rest = path.partition(".")
    if not rest or scope == "lifetime":
        return attribute(f"member.{path}")
    if scope in ("order", "item"):
        return attribute(path)
    if path in _BUILT_IN:
        return attribute(f"member.{rest}")
    if path == "customer.days_since_joined":
        return name("days")
    return ast.Subscript(attribute("member.attributes"), constant(rest), ast.Load())


def _truth_of(term: Term) -> ast.expr:
    match term:
        case Constant(value=bool(value)):
            return constant(value)
        case Reference():
            return reading(term.path)
        case Comparison():
            return _comparison(term)
        case Among():
            return _membership(term)
        case Has():
            return compare(constant(term.text), "in", reading(term.operand.path))
        case Not():
            return negate(_truth_of(term.operand))
        case And():
            return all_of(_truth_of(part) for part in term.parts)
        case Or():
            return any_of(_truth_of(part) for part in term.parts)
        case _:
            raise TypeError(f"no truth value: {term!r}")


def _comparison(term: Comparison) -> ast.expr:
    if is_number(term.left):
        return compare_numbers(term.operator, term.left, term.right, reading)
    if _type_of(term.left) is Type.BOOLEAN:
        return _same_truth(_truth_of(term.left), _truth_of(term.right), term.operator == "==")
    return _ordered(term.operator, term.left, term.right)


def _type_of(term: Term) -> Type:
    return term.type if hasattr(term, "type") else Type.BOOLEAN


def _same_truth(left: ast.expr, right: ast.expr, same: bool) -> ast.expr:
    """`left == right` of truth values, `!=` unless `same`; against a literal just the other side."""
    if truth(left) is not None:
        left, right = right, left
    if truth(right) is None:
        return compare(left, "==" if same else "!=", right)
    return left if truth(right) is same else negate(left)


def _ordered(operator: str, left: Term, right: Term) -> ast.expr:
    """A comparison of texts or dates, a literal on the right if there is one."""
    if isinstance(left, Constant) and isinstance(right, Constant):
        return constant(_FOLD[operator](left.value, right.value))
    if isinstance(left, Constant):
        left, right, operator = right, left, MIRRORED[operator]
    if _type_of(left) is Type.DATE:
        return _compare_dates(operator, left, right)
    return compare(_scalar(left), operator, _scalar(right))


def _scalar(term: Term) -> ast.expr:
    match term:
        case Constant(value=str(value)):
            return constant(value)
        case Reference():
            return reading(term.path)
        case _:
            raise TypeError(f"neither a text nor a date: {term!r}")


def _can_be_missing(term: Term) -> bool:
    """Whether a date can be "", not given, in which case no comparison of it holds."""
    return isinstance(term, Reference) and term.path != "customer.joined"


def _compare_dates(operator: str, left: Term, right: Term) -> ast.expr:
    """Dates order as texts, and "" is before them all: a guard is needed where "" would make it true."""
    a, b = _scalar(left), _scalar(right)
    if operator == "==":
        both_missing = _can_be_missing(left) and _can_be_missing(right)
        return compare(a, "==", b, "!=", constant("")) if both_missing else compare(a, "==", b)
    if operator == "!=":
        return _different_dates(left, right)
    low, high = (left, right) if operator in ("<", "<=") else (right, left)
    if not _can_be_missing(low):
        return compare(a, operator, b)
    upward = operator if low is left else MIRRORED[operator]
    return compare(constant(""), "<", _scalar(low), upward, _scalar(high))


def _different_dates(left: Term, right: Term) -> ast.expr:
    if isinstance(right, Constant) and _can_be_missing(left):
        return among(_scalar(left), ["", str(right.value)], negated=True)
    given = [compare(_scalar(side), "!=", constant("")) for side in (left, right) if _can_be_missing(side)]
    return all_of([*given, compare(_scalar(left), "!=", _scalar(right))])


def _membership(term: Among) -> ast.expr:
    if is_number(term.operand):
        return among_numbers(term, reading)
    values = [str(value.value) for value in term.values]
    if isinstance(term.operand, Constant):
        return constant((term.operand.value in values) is not term.negated)
    if term.negated and _type_of(term.operand) is Type.DATE and _can_be_missing(term.operand):
        values.insert(0, "")
    return among(_scalar(term.operand), values, term.negated)
