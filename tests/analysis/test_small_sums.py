"""Small systems of linear inequalities, decided by elimination and by trying every whole number.

`TIERCEL_FORMULAS` sets how many are tried.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from itertools import product as choices

from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.analysis.decide import Analysis, Possible, Unknown
from tiercel.compiler.analysis.evaluate import holds
from tiercel.compiler.model.condition import Constant, Or, Reference, Term, Type

from .terms import NOWHERE, PROGRAMS, budget, compared, joined, product, total

# Of each name, what it is at least; the last two could not be less anyway. None is in an axiom with another.
LEAST = {"customer.referrals": -3, "customer.rank": -2, "customer.days_since_joined": 0, "item.quantity": 1}
WIDTH = 4
NAMES = [Reference(path, Type.INTEGER, NOWHERE) for path in LEAST]
OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}
PROGRAM = PROGRAMS["no tiers"]

Row = tuple[tuple[int, ...], str, int]  # coefficients, operator, number
System = list[list[Row]]  # of each list, some row holds


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Two to five rows over three or four names, some of them in a choice."""
    count = draw(st.integers(3, 4))
    row = st.tuples(
        st.tuples(*[st.integers(-5, 5)] * count),
        st.sampled_from(["<=", "<", ">=", ">", "==", "==", "==", "!="]),
        st.integers(-9, 9),
    )
    choice = st.one_of(st.tuples(row), st.tuples(row), st.tuples(row), st.tuples(row, row))
    return [list(draw(choice)) for _ in range(draw(st.integers(2, 5)))]


def sum_of(factors: tuple[int, ...]) -> Term:
    """The sum of each name times its coefficient."""
    parts = [product(Fraction(c), name) for c, name in zip(factors, NAMES, strict=False)]
    return reduce(lambda one, other: total(False, one, other), parts)


def row_term(row: Row) -> Term:
    factors, sign, number = row
    return compared(sign, sum_of(factors), Constant(Type.INTEGER, number, NOWHERE))


def bounds(count: int) -> list[Term]:
    """What keeps the names within the points that are tried."""
    return [
        compared(sign, name, Constant(Type.INTEGER, number, NOWHERE))
        for name in NAMES[:count]
        for sign, number in ((">=", LEAST[name.path]), ("<=", LEAST[name.path] + WIDTH))
    ]


def some_point(system: System, count: int) -> bool:
    """Whether a point within the bounds satisfies the system."""
    ranges = [range(LEAST[name.path], LEAST[name.path] + WIDTH + 1) for name in NAMES[:count]]
    return any(
        all(any(row_holds(row, point) for row in choice) for choice in system) for point in choices(*ranges)
    )


def row_holds(row: Row, point: tuple[int, ...]) -> bool:
    factors, sign, number = row
    return OPERATORS[sign](sum(map(operator.mul, factors, point)), number)


@budget()
@given(systems())
def test_agrees_with_trying_all(system: System) -> None:
    count = len(system[0][0][0])
    terms = bounds(count)
    for choice in system:
        rows = [row_term(row) for row in choice]
        terms.append(rows[0] if len(rows) == 1 else joined(Or, rows))
    verdict = Analysis(PROGRAM, terms).decide(terms)
    assert not isinstance(verdict, Unknown)
    assert isinstance(verdict, Possible) == some_point(system, count)
    if isinstance(verdict, Possible):
        assert all(holds(term, verdict.values) for term in terms)
