"""Comparisons of numbers with whole coefficients alone: both sides scaled, never a fraction or a float."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd, lcm

from ..model.condition import Among, Term, Type
from ..model.linear import linear_form
from .expressions import MIRRORED, among, compare, constant

Reading = Callable[[str], ast.expr]
Coefficients = dict[str, Fraction]

_AT_ZERO = {"==": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}


def is_number(term: Term) -> bool:
    """Whether a term has a number for a value."""
    return getattr(term, "type", Type.BOOLEAN) in (Type.INTEGER, Type.DECIMAL, Type.MONEY)


def compare_numbers(operator: str, left: Term, right: Term, reading: Reading) -> ast.expr:
    """`left operator right`, names on the side where they were written, the constants together on the right."""
    a, b = linear_form(left), linear_form(right)
    ours = {path: k - b.coefficients.get(path, 0) for path, k in a.coefficients.items()}
    ours = {path: k for path, k in ours.items() if k}
    theirs = {path: k for path, k in b.coefficients.items() if k and path not in a.coefficients}
    rest = b.constant - a.constant
    if not ours and not theirs:
        return constant(_sign(-rest) in _AT_ZERO[operator])
    if not ours:
        ours, theirs, rest, operator = theirs, {}, -rest, MIRRORED[operator]
    factor = _scale((*ours.values(), *theirs.values(), rest))
    if all(k < 0 for k in (*ours.values(), *theirs.values())):
        factor, operator = -factor, MIRRORED[operator]
    return compare(_total(ours, Fraction(), factor, reading), operator, _total(theirs, rest, factor, reading))


def among_numbers(term: Among, reading: Reading) -> ast.expr:
    """`operand in [..]` or `not in`, the operand's constant taken to the values."""
    form = linear_form(term.operand)
    names = {path: k for path, k in form.coefficients.items() if k}
    values = [Fraction(value.value) - form.constant for value in term.values]
    if not names:
        return constant((0 in values) is not term.negated)
    factor = _scale((*names.values(), *values))
    if all(k < 0 for k in names.values()):
        factor = -factor
    whole = [int(value * factor) for value in values]
    return among(_total(names, Fraction(), factor, reading), whole, term.negated)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _scale(numbers: Iterable[Fraction]) -> Fraction:
    """The least positive factor that makes all numbers whole, and leaves them no common divisor."""
    parts = [number for number in numbers if number]
    multiple = lcm(*(number.denominator for number in parts))
    return Fraction(multiple, gcd(*(int(number * multiple) for number in parts)))


def _total(coefficients: Coefficients, rest: Fraction, factor: Fraction, reading: Reading) -> ast.expr:
    """The scaled sum, what is added before what is taken away."""
    terms = [(int(k * factor), reading(path)) for path, k in coefficients.items()]
    added = [_times(node, k) for k, node in terms if k > 0]
    taken = [(node, -k) for k, node in terms if k < 0]
    number = int(rest * factor)
    if number > 0 or not terms:
        added.append(constant(number))
    if not added:
        node, k = taken.pop(0)
        added.append(_times(node, -k))
    total = added[0]
    for node in added[1:]:
        total = ast.BinOp(total, ast.Add(), node)
    for node, k in taken:
        total = ast.BinOp(total, ast.Sub(), _times(node, k))
    return ast.BinOp(total, ast.Sub(), constant(-number)) if number < 0 and terms else total


def _times(node: ast.expr, factor: int) -> ast.expr:
    if factor == 1:
        return node
    if factor == -1:
        return ast.UnaryOp(ast.USub(), node)
    return ast.BinOp(node, ast.Mult(), constant(factor))
