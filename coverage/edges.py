"""Where a comparison of a number with a constant turns: the values at the threshold and right beside it.

Of `>=`, `<`, `==` and `!=` those are the constant and the value just below it; of `>` and `<=` the constant and the
value just past it, since there the threshold itself is still on the lower side. What is next to a value goes by what the
names can be: one minor unit of money, one of what is counted; of `3 * orders` three. Where no value equals the
constant (`3 * orders >= 10`), the least one above it stands for it. A decimal attribute has no next value: just
below is anything less than one off in the last decimal that the constant is written with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from ..compiler.analysis.evaluate import Value
from ..compiler.model.condition import Comparison, Constant, Sum, Term, Type, references
from ..compiler.model.linear import linear_form
from ..compiler.model.types import NUMBERS, type_of
from ..compiler.node import Node, node
from ..compiler.source import Span

MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "==": "==", "!=": "!="}
BELOW = (">=", "<", "==", "!=")
_NOWHERE = Span(0, 0)


@node
class Edge(Node):
    """A threshold: the names' sum at it, and beside it.

    `names` has each name's coefficient. `at` and `beside` are sums of these, in the unit of their type; where
    `loose`, any value from `beside` to `at` counts as beside it. `below` says on which side `beside` lies.
    """

    names: tuple[tuple[str, Fraction], ...]
    at: Fraction
    beside: Fraction
    below: bool
    loose: bool
    compared: Comparison = field(compare=False, repr=False)

    def shows(self, values: Mapping[str, Value]) -> str | None:
        """Which of `at`, `below` and `past` the values are; none where they are farther off."""
        number = self._sum(values)
        if number == self.at:
            return "at"
        near = self.beside <= number < self.at if self.below else self.at < number <= self.beside
        return self.other if (near if self.loose else number == self.beside) else None

    def _sum(self, values: Mapping[str, Value]) -> int | Fraction:
        if len(self.names) == 1 and self.names[0][1] == 1:  # nearly all, and much quicker
            return _number(values.get(self.names[0][0], 0))
        return sum((c * _number(values.get(path, 0)) for path, c in self.names), Fraction(0))

    @property
    def other(self) -> str:
        """What the value beside the threshold is called."""
        return "below" if self.below else "past"

    def term(self, which: str) -> Comparison:
        """The condition that the sum is right at the threshold, or right beside it."""
        compared = self.compared
        named = bool(references(compared.left))
        side, literal = (compared.left, compared.right) if named else (compared.right, compared.left)
        value = (self.at if which == "at" else self.beside) + linear_form(side).constant
        return Comparison("==", side, Constant(type_of(literal), _exact(value), _NOWHERE), compared.span)


def edge_of(term: Term) -> Edge | None:
    """The threshold of a clause; none where it does not compare numbers with a constant."""
    if not isinstance(term, Comparison) or type_of(term.left) not in NUMBERS:
        return None
    if bool(references(term.left)) is bool(references(term.right)):
        return None
    names, constant, operator = _linear(term)
    if not names:
        return None
    decimal = any(name.type is Type.DECIMAL for name in references(term))
    step = _last_decimal(constant) if decimal else _step(names.values())
    below = operator in BELOW
    at = constant if decimal or operator in ("==", "!=") else _on_grid(constant, step, below)
    return Edge(tuple(names.items()), at, at - step if below else at + step, below, decimal, term)


def _linear(term: Comparison) -> tuple[dict[str, Fraction], Fraction, str]:
    """The names' sum, what it is compared with, and how, the constant on the right."""
    form = linear_form(Sum(True, term.left, term.right, Type.DECIMAL, _NOWHERE))
    if references(term.left):
        return dict(form.coefficients), -form.constant, term.operator
    return {path: -c for path, c in form.coefficients.items()}, form.constant, MIRRORED[term.operator]


def _on_grid(constant: Fraction, step: Fraction, below: bool) -> Fraction:
    """The value at the threshold: the least from the constant on, or where the side past it matters the last up to it."""
    return (ceil(constant / step) if below else floor(constant / step)) * step


def _step(coefficients: Iterable[Fraction]) -> Fraction:
    """The greatest number of which every sum of whole numbers with these coefficients is a multiple."""
    found = [abs(c) for c in coefficients]
    return Fraction(gcd(*(c.numerator for c in found)), lcm(*(c.denominator for c in found)))


def _last_decimal(constant: Fraction) -> Fraction:
    digits = 0
    while (constant * 10**digits).denominator != 1 and digits < 30:
        digits += 1
    return Fraction(1, 10**digits)


def _exact(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def _number(value: Value) -> int | Fraction:
    return value if isinstance(value, int | Fraction) else 0
