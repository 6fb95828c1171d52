"""What one rule earns: against the runtime, and in its two forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.analysis.earning import Earning, earning_of, points_of
from tiercel.compiler.analysis.staircase import staircase
from tiercel.runtime import program as tables
from tiercel.runtime.facts import Order
from tiercel.runtime.points import rule_points
from tiercel.tests.analysis.earnings import earnings
from tiercel.tests.properties.compiled import compile_text


def order_of(total: int) -> Order:
    order = Order()
    order.total = total
    order.tax = order.shipping = order.discount = 0
    order.items = ()
    return order


@given(earnings, st.integers(0, 10**6))
@settings(deadline=None)
def test_staircases_are_the_same_function(earning: Earning, amount: int) -> None:
    stairs = staircase(earning)
    assert stairs.at(amount) == points_of(earning, amount)
    points = stairs.at(amount)
    if stairs.slope and points:
        least = stairs.least_amount(points)
        assert points_of(earning, least) == points
        assert points_of(earning, least - 1) < points


@given(earnings, st.integers(0, 10**7))
@settings(deadline=None)
def test_points_are_those_of_the_runtime(earning: Earning, amount: int) -> None:
    compiled = tables.Rule(
        id="a",
        line=1,
        activity="order",
        rates=((earning.rate.numerator, earning.rate.denominator),),
        per=earning.per,
        round=earning.round.value,
        max_points=earning.max_points,
    )
    times = (earning.multiplier.numerator, earning.multiplier.denominator)
    campaign = tables.Campaign("c", 1, times, 0, 1)
    assert rule_points(compiled, order_of(amount), -1, campaign)[0] == points_of(earning, amount)


@pytest.mark.parametrize("amount", [0, 49, 50, 149, 10_000, 123_456])
def test_points_of_a_rule_of_a_file_are_those_of_the_runtime(amount: int) -> None:
    text = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: plain, activity: order, points: 1.25, per: 1}
  - {id: steps, activity: order, points: 1.5, per: 5, round: steps, max_points: 40}
  - {id: fixed, activity: order, points: 25, per: order}
"""
    model, emitted_program = compile_text(text)
    for declared, emitted in zip(model.rules, emitted_program.tables.rules, strict=True):
        earned, _ = rule_points(emitted, order_of(amount), -1, None)
        assert points_of(earning_of(declared, -1), amount) == earned
