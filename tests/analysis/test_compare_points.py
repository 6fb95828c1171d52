"""Comparing what rules earn: against every amount tried one by one, and against the runtime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tiercel.compiler.analysis.compare_points import Example, PointsComparison, compare_points
from tiercel.compiler.analysis.earning import ONCE, Earning, earning_of, points_of
from tiercel.compiler.analysis.staircase import staircase
from tiercel.compiler.model.tree import Round
from tiercel.runtime import program as tables
from tiercel.runtime.facts import Order
from tiercel.runtime.points import rule_points
from tiercel.tests.properties.compiled import compile_text

Interval = tuple[int, int | None]

EVERY: list[Interval] = [(0, None)]
UP_TO = 1_000_00


def rule(
    points: str,
    per: int | None = 100,
    round: Round = Round.NEAREST,
    most: int | None = None,
    times: str = "1",
) -> Earning:
    return Earning(Fraction(points), Fraction(times), per, round, most)


def compared(
    old: Sequence[Earning],
    new: Sequence[Earning],
    amounts: Sequence[Interval] = EVERY,
    up_to: int = UP_TO,
    decimals: int = 2,
    steps: int = 20_000,
) -> PointsComparison:
    return compare_points(old, new, amounts, up_to, decimals, steps)


SAME = PointsComparison(None, None, None, None, True)


# What the answers are.


def test_the_same_rules_in_another_order() -> None:
    assert compared([rule("1"), rule("0.5", 300)], [rule("0.5", 300), rule("1")]) == SAME


def test_a_higher_rate_earns_more() -> None:
    found = compared([rule("1")], [rule("2")])
    assert found.more == Example(100_00, 100, 200)
    assert found.less is None
    assert found.most_gained == Example(1_000_00, 1000, 2000)
    assert found.most_lost is None
    assert found.decided


def test_a_rate_split_in_two_rounds_twice() -> None:
    found = compared([rule("2")], [rule("1"), rule("1")])
    # 0.50 earns 1 twice, rather than 1; 0.25 earns 0 twice, rather than 1.
    assert found.more is not None
    assert (found.more.new - found.more.old, found.more.amount) == (1, 50)
    assert found.less is not None
    assert (found.less.new - found.less.old, found.less.amount) == (-1, 25)
    assert found.most_gained == found.more
    assert found.most_lost == found.less


def test_a_rate_split_in_two_where_points_are_whole_on_each_minor_unit() -> None:
    for mode in Round:
        assert compared([rule("2", 1, mode)], [rule("1", 1), rule("1", 1, mode)], decimals=0) == SAME


def test_a_whole_number_of_points_on_each_minor_unit_leaves_nothing_to_round() -> None:
    assert compared([rule("100", 100, Round.UP)], [rule("100", 100, Round.DOWN)]) == SAME


def test_a_campaign_may_stand_in_for_a_rate() -> None:
    assert compared([rule("3", times="1.5")], [rule("4.5")]) == SAME
    assert compared([rule("200", None, times="1.5")], [rule("300", None)]) == SAME


def test_steps_against_rounding_down() -> None:
    assert compared([rule("1", 100, Round.DOWN)], [rule("1", 100, Round.STEPS)]) == SAME
    found = compared([rule("2", 100, Round.DOWN)], [rule("2", 100, Round.STEPS)])
    assert found.more is None
    assert found.less == found.most_lost == Example(50, 1, 0)
    assert found.decided


def test_a_cap_shows_only_above_it() -> None:
    found = compared([rule("1")], [rule("1", most=300)])
    assert found.more is None
    assert found.less == Example(500_00, 500, 300)
    assert found.most_lost == Example(1_000_00, 1000, 300)


def test_caps_that_none_of_the_amounts_reach() -> None:
    assert compared([rule("1")], [rule("1", most=300)], [(0, 300_49)]) == SAME
    assert compared([rule("1")], [rule("1", most=300)], [(0, 300_50)]).less == Example(300_50, 301, 300)


def test_a_flatter_rate_with_fixed_points_earns_more_up_to_where_the_rates_cross() -> None:
    found = compared([rule("2", 100, Round.DOWN)], [rule("1", 100, Round.DOWN), rule("75", None)])
    assert found.more == Example(50_00, 100, 125)
    assert found.less == Example(100_00, 200, 175)
    assert found.most_gained is not None
    assert found.most_gained.new - found.most_gained.old == 75
    assert found.most_lost == Example(1_000_00, 2000, 1075)


def test_beyond_the_usual_amounts_the_roundest_one_is_shown() -> None:
    found = compared([rule("1")], [rule("1", most=4000)])
    assert found.less == Example(5_000_00, 5000, 4000)
    assert found.most_lost is None


def test_two_rates_may_differ_on_a_few_amounts_only() -> None:
    low, high = rule("0.333333", 100, Round.DOWN), rule("0.333334", 100, Round.DOWN)
    found = compared([low], [high])
    assert found.decided
    assert found.less is None
    assert found.more is not None
    assert found.more.new > found.more.old
    assert found.most_gained is not None
    assert found.most_gained.new - found.most_gained.old == 1


def test_a_rate_of_six_decimals_split_in_two_never_earns_more_when_rounded_down() -> None:
    found = compared(
        [rule("1.234567", 100, Round.DOWN)], [rule("1", 100, Round.DOWN), rule("0.234567", 100, Round.DOWN)]
    )
    assert found.decided
    assert found.more is None
    assert found.less is not None


def test_where_the_steps_run_out_nothing_is_proved() -> None:
    found = compared(
        [rule("2", 101), rule("1", 103)],
        [rule("1", 101), rule("1", 101), rule("1", 103, Round.UP)],
        [(2, 5)],
        5,
        steps=0,
    )
    assert not found.decided


def test_no_amounts() -> None:
    assert compared([rule("1")], [rule("2")], []) == SAME


def test_only_fixed_points() -> None:
    found = compared([rule("50", None)], [rule("20", None), rule("20.5", None)])
    assert found == PointsComparison(None, Example(100_00, 50, 41), None, Example(100_00, 50, 41), True)


# That they are right.

decimals6 = st.integers(0, 3_000_000).map(lambda n: Fraction(n, 10**6))
rates = st.one_of(
    st.sampled_from([Fraction(n, d) for n in range(5) for d in (1, 2, 4, 5, 10)]),
    st.integers(0, 400).map(lambda n: Fraction(n, 100)),
    decimals6,
)
multipliers = st.sampled_from(
    [ONCE, ONCE, ONCE, Fraction(2), Fraction(3, 2), Fraction(11, 10), Fraction(1, 3)]
)
pers = st.one_of(st.none(), st.integers(1, 12), st.sampled_from([20, 25, 50, 100]))
caps = st.one_of(st.none(), st.none(), st.integers(0, 12), st.integers(0, 100))
earnings = st.builds(Earning, rates, multipliers, pers, st.sampled_from(Round), caps)


shares = st.sampled_from([Fraction(1, 2), Fraction(1, 4), Fraction(1, 10)])
shifts = st.sampled_from([Fraction(n, d) for n in (-1, 1) for d in (10**6, 1000, 100)])


@st.composite
def changed(draw: st.DrawFn, before: Earning) -> list[Earning]:
    """What became of a rule, which may well earn nearly the same as before."""
    match draw(st.sampled_from(["same", "round", "split", "rate", "cap", "another"])):
        case "round":
            return [replace(before, round=draw(st.sampled_from(Round)))]
        case "split":
            share, mode = draw(shares), draw(st.sampled_from(Round))
            return [replace(before, rate=before.rate * part, round=mode) for part in (share, 1 - share)]
        case "rate":
            return [replace(before, rate=max(before.rate + draw(shifts), Fraction(0)))]
        case "cap":
            return [replace(before, max_points=draw(caps))]
        case "another":
            return [draw(earnings)]
    return [before]


@st.composite
def close_pairs(draw: st.DrawFn) -> tuple[list[Earning], list[Earning]]:
    old = draw(st.lists(earnings, max_size=3))
    return old, [after for before in old for after in draw(changed(before))]


pairs = st.one_of(close_pairs(), st.tuples(st.lists(earnings, max_size=3), st.lists(earnings, max_size=3)))


@st.composite
def intervals(draw: st.DrawFn) -> list[Interval]:
    """Disjoint, ascending, and the last at times without end."""
    ends = draw(st.lists(st.integers(0, 400), max_size=6, unique=True).map(sorted))
    found: list[Interval] = list(zip(ends[::2], ends[1::2], strict=False))
    if len(ends) % 2:
        found.append((ends[-1], draw(st.sampled_from([None, ends[-1], ends[-1] + 37]))))
    return found


def difference(old: Sequence[Earning], new: Sequence[Earning], amount: int) -> int:
    return sum(points_of(e, amount) for e in new) - sum(points_of(e, amount) for e in old)


def each_of(amounts: Sequence[Interval], end: int) -> list[int]:
    """Every amount of the intervals up to an end."""
    return [a for low, high in amounts for a in range(low, (end if high is None else min(high, end)) + 1)]


def far_enough(earned: Sequence[Earning], amounts: Sequence[Interval]) -> int:
    """An amount by which every sign has shown: some periods after the last one on which a rule is capped.

    Not more than can be tried: periods of rates with six decimals are too long.
    """
    starts = [low for low, _ in amounts] + [staircase(e).capped_from or 0 for e in earned]
    return min(max(starts, default=0) + 5 * period(earned), 3000)


def period(earned: Sequence[Earning]) -> int:
    return lcm(*(staircase(e).period for e in earned))


def check_examples(
    found: PointsComparison, old: list[Earning], new: list[Earning], amounts: list[Interval]
) -> None:
    for shown, sign in ((found.more, 1), (found.less, -1), (found.most_gained, 1), (found.most_lost, -1)):
        if shown is not None:
            assert any(
                low <= shown.amount and (high is None or shown.amount <= high) for low, high in amounts
            )
            assert shown.old == sum(points_of(e, shown.amount) for e in old)
            assert shown.new == sum(points_of(e, shown.amount) for e in new)
            assert (shown.new - shown.old) * sign > 0


def check_signs(
    found: PointsComparison, old: list[Earning], new: list[Earning], amounts: list[Interval]
) -> None:
    tried = [difference(old, new, a) for a in each_of(amounts, far_enough([*old, *new], amounts))]
    if period([*old, *new]) <= 1000:
        assert found.decided
    if found.decided:
        assert found.more is not None or max(tried, default=0) <= 0
        assert found.less is not None or min(tried, default=0) >= 0


def check_extremes(
    found: PointsComparison, old: list[Earning], new: list[Earning], amounts: list[Interval], up_to: int
) -> None:
    tried = [0, *(difference(old, new, a) for a in each_of(amounts, up_to))]
    for shown, most in ((found.most_gained, max(tried)), (found.most_lost, min(tried))):
        assert (shown.new - shown.old if shown else 0) == most
        assert shown is None or shown.amount <= up_to


@given(pairs, intervals(), st.sampled_from([0, 60, 500, 2000]))
@settings(deadline=None)
@example(([rule("2")], [rule("1"), rule("1")]), [(0, None)], 500)
@example(([rule("1", 7, Round.UP, 3)], [rule("1", 7, Round.STEPS)]), [(5, 9), (22, None)], 60)
def test_answers_agree_with_trying_every_amount(
    pair: tuple[list[Earning], list[Earning]], amounts: list[Interval], up_to: int
) -> None:
    old, new = pair
    found = compared(old, new, amounts, up_to)
    check_examples(found, old, new, amounts)
    check_signs(found, old, new, amounts)
    check_extremes(found, old, new, amounts, up_to)


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


# That one rule earns what the runtime says.


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
    order = Order()
    order.total, order.tax, order.shipping, order.discount, order.items = amount, 0, 0, 0, ()
    campaign = tables.Campaign("c", 1, times, 0, 1)
    assert rule_points(compiled, order, -1, campaign)[0] == points_of(earning, amount)


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
    order = Order()
    order.total, order.tax, order.shipping, order.discount, order.items = amount, 0, 0, 0, ()
    for declared, emitted in zip(model.rules, emitted_program.tables.rules, strict=True):
        assert points_of(earning_of(declared, -1), amount) == rule_points(emitted, order, -1, None)[0]
