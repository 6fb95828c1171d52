"""How fine a grid of decimals has to be, so that conditions hold of some decimal only if of one on the grid.

A condition's sums make rows: coefficients of decimal names, and numbers beside them. A point where rows meet has
in its denominators at most a determinant of their coefficients, and between two such points that differ lies at
least one over the product of two. Rows of a single name meet those of several in a determinant that is a product,
so only names that stand together in a row multiply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from ..model.condition import Term, Type, references
from ..model.linear import linear_form

_SPARE = 3


class Grid:
    """What the rows so far ask of the grid."""

    def __init__(self) -> None:
        self._decimals = 0  # of the numbers beside decimal names
        self._halvings = 0  # digits that it takes to divide by the coefficient of a single name
        self._single = 1  # the largest sum of coefficients of a row: with one decimal name, with several
        self._joint = 1
        self._together: set[str] = set()
        self._rows: set[frozenset[tuple[str, Fraction]]] = set()

    def meet(self, *sides: Term) -> None:
        """Take in sides that are compared with each other."""
        names = [name for side in sides for name in references(side)]
        decimal = {name.path for name in names if name.type is Type.DECIMAL}
        if not decimal:
            return
        first, *others = [linear_form(side) for side in sides]
        for other in others:
            coefficients = dict(first.coefficients)
            for path, c in other.coefficients.items():
                coefficients[path] = coefficients.get(path, Fraction(0)) - c
            self._add(coefficients, first.constant - other.constant, decimal)

    def _add(self, coefficients: Mapping[str, Fraction], constant: Fraction, decimal: set[str]) -> None:
        factors = {path: c for path, c in coefficients.items() if path in decimal and c}
        times = lcm(*(c.denominator for c in factors.values()))
        beside = [constant, *(c for path, c in coefficients.items() if path not in decimal)]
        self._decimals = max(self._decimals, decimals(number * times for number in beside))
        size = int(sum(abs(c) for c in factors.values()) * times)
        if len(factors) < 2:
            self._halvings = max(self._halvings, _halvings(size))
            self._single = max(self._single, size)
            return
        self._joint = max(self._joint, size)
        self._together |= factors.keys()
        self._rows.add(frozenset(factors.items()))

    def digits(self) -> int:
        """How many digits behind the point are enough."""
        names: int = max(1, len(self._together))
        rows: int = min(len(self._together), len(self._rows))
        determinant: int = self._single**names * self._joint**rows
        # To divide by a number takes at most a digit a bit, as 2 does; of rows with a single name we know better.
        exact: int = self._halvings * names + (self._joint**rows).bit_length()
        return self._decimals + exact + 2 * len(str(determinant)) + _SPARE


def decimals(numbers: Iterable[Fraction]) -> int:
    """The most digits behind the point of any of the numbers, which are decimals."""
    return max((_decimals(number.denominator) for number in numbers), default=0)


def _decimals(denominator: int) -> int:
    digits = 0
    while 10**digits % denominator:
        digits += 1
    return digits


def _halvings(number: int) -> int:
    """How often a number can be divided by 2, or by 5 if more often: the digits that its inverse takes of these."""
    times = 0
    while number and (number % 2 ** (times + 1) == 0 or number % 5 ** (times + 1) == 0):
        times += 1
    return times
