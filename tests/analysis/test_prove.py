"""Proofs about several amounts: what the solver finds is checked by evaluating it, what it rules out by trying."""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import product

import pytest

from tiercel.compiler.analysis import prove
from tiercel.compiler.analysis.earning import Earning, points_of
from tiercel.compiler.analysis.formula import AnyOf, AtLeast, Formula, Within, formula_holds
from tiercel.compiler.analysis.intervals import FAR
from tiercel.compiler.analysis.prove import Multiplied, NoProver, Undecided, earns_more
from tiercel.compiler.analysis.space import Space
from tiercel.compiler.model.condition import Type
from tiercel.compiler.model.tree import Round


@pytest.fixture
def space() -> Space:
    found = Space([], {}, {})
    for path in ("order.total", "order.tax"):
        found.variable(path, Type.MONEY)
    return found


COVERED: Formula = AtLeast(((0, 1), (1, -1)), 0)
TOTAL, TAX, NET = {0: 1}, {1: 1}, {0: 1, 1: -1}


def earning(rate: str, per: int | None, round: Round = Round.NEAREST, most: int | None = None) -> Earning:
    return Earning(Fraction(rate), Fraction(1), per, round, most)


ONE, UP, STEPS = earning("1", 10), earning("1", 10, Round.UP), earning("2", 7, Round.STEPS)
CAPPED, FIXED = earning("3", 10, Round.DOWN, 4), earning("2", None)
SIDES = [
    [Multiplied(ONE, TOTAL)],
    [Multiplied(ONE, NET), Multiplied(ONE, TAX)],
    [Multiplied(UP, NET)],
    [Multiplied(STEPS, TAX), Multiplied(FIXED, TOTAL)],
    [Multiplied(CAPPED, TOTAL)],
    [],
]


def total(side: list[Multiplied], point: dict[int, int]) -> int:
    return sum(points_of(each.earning, sum(c * point[v] for v, c in each.amount.items())) for each in side)


@pytest.mark.parametrize(("one", "other"), list(product(SIDES, SIDES)))
def test_like_trying_all(one: list[Multiplied], other: list[Multiplied], space: Space) -> None:
    formulas = [COVERED, Within(0, ((0, 5), (9, 40)))]
    found = earns_more(formulas, space, one, other)
    tried = [
        point
        for total_, tax in product(range(41), repeat=2)
        if all(formula_holds(f, point := {0: total_, 1: tax}) for f in formulas)
        and total(one, point) > total(other, point)
    ]
    assert (found is None) == (not tried)
    assert found is None or found in tried


def test_without_end(space: Space) -> None:
    assert earns_more([COVERED], space, [Multiplied(ONE, NET)], [Multiplied(ONE, TOTAL)]) is None
    found = earns_more([COVERED], space, [Multiplied(ONE, TOTAL)], [Multiplied(ONE, NET)])
    assert found is not None
    assert found[1] > 0


def test_choices(space: Space) -> None:
    either = AnyOf((Within(1, ((0, 0),)), Within(0, ((1_000, FAR),))))
    found = earns_more([COVERED, either], space, [Multiplied(ONE, TAX)], [])
    assert found is not None
    assert found[0] >= 1_000


def test_not_installed(monkeypatch: pytest.MonkeyPatch, space: Space) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(NoProver):
        earns_more([], space, [], [])


def test_too_hard(monkeypatch: pytest.MonkeyPatch, space: Space) -> None:
    monkeypatch.setattr(prove, "STEPS", 1)
    with pytest.raises(Undecided):
        earns_more([COVERED], space, [Multiplied(UP, NET), Multiplied(STEPS, TAX)], [Multiplied(ONE, TOTAL)])
