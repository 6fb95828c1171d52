"""Comparing what rules earn: against every amount tried one by one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tiercel.compiler.analysis.compare_points import Example, PointsComparison, compare_points
from tiercel.compiler.analysis.difference import Interval
from tiercel.compiler.analysis.earning import Earning, points_of
from tiercel.compiler.analysis.staircase import staircase
from tiercel.compiler.model.tree import Round
from tiercel.tests.analysis.earnings import intervals, pairs

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


def test_a_cap_in_the_middle_of_a_step() -> None:
    found = compared([rule("5", None)], [rule("3", 1, most=4)])
    assert found.more is None
    assert found.most_lost == Example(0, 5, 0)


def test_the_one_amount_that_earns_more_ends_the_first_period() -> None:
    up, down = rule("1", 2, Round.UP), rule("1", 2, Round.DOWN)
    assert compared([down], [up], [(2, 9)]).more == Example(3, 1, 2)
    assert compared([down], [up], [(2, 2)]) == SAME


def test_the_one_amount_that_earns_more_starts_the_last_period() -> None:
    up, down = rule("1", 2, Round.UP), rule("1", 2, Round.DOWN)
    found = compared([down, rule("3", None)], [up, up], [(1, 6)])
    assert found.more == found.most_gained == Example(5, 5, 6)


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
    old, new = [rule("1.234567"), rule("1")], [rule("1.111111"), rule("1.123456")]
    assert compared(old, new, [(1, 99)]).decided
    found = compared(old, new, [(1, 99)], steps=0)
    assert found.less is None
    assert not found.decided


def test_an_example_needs_no_steps_where_a_usual_amount_will_do() -> None:
    found = compared([rule("1"), rule("1.234567")], [rule("1.5"), rule("0.734567", 100, Round.DOWN)], steps=0)
    assert found.less == Example(50_00, 112, 111)


def test_no_amounts() -> None:
    assert compared([rule("1")], [rule("2")], []) == SAME


def test_only_fixed_points() -> None:
    found = compared([rule("50", None)], [rule("20", None), rule("20.5", None)])
    assert found == PointsComparison(None, Example(100_00, 50, 41), None, Example(100_00, 50, 41), True)


# That they are right.


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
