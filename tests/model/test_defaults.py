"""Every default of the language, in the program that a file without the key means."""

from __future__ import annotations

import pytest

from tiercel.compiler.model.condition import Reference, Type
from tiercel.compiler.model.tree import Amount, Limit, Round, Window, WindowKind

from .conftest import Meant

SMALLEST = "tiercel: 1\nprogram: {name: P, currency: CAD}\n"
WITH_TIERS = SMALLEST + "vip:\n  tiers:\n    - {id: a, name: A}\n    - {id: b, name: B, when: spend >= 1}\n"


def test_of_the_smallest_program(meant: Meant) -> None:
    program = meant(SMALLEST)
    assert (program.timezone, program.points, program.hosted) == ("UTC", ("point", "points"), None)
    assert (program.attributes, program.exclude, program.vip) == ((), None, None)
    assert (program.rules, program.campaigns, program.tiers) == ((), (), ())
    assert program.items_excluded.term == Reference("item.gift_card", Type.BOOLEAN, (0, 0))
    assert program.items_excluded.text == "item.gift_card"


@pytest.mark.parametrize("exclude", ["{}", "{customers: customer.tags has 'x'}"])
def test_of_items_excluded(exclude: str, meant: Meant) -> None:
    program = meant(SMALLEST + f"exclude: {exclude}\n")
    assert program.exclude is not None
    assert program.exclude.items is None
    assert program.items_excluded.text == "item.gift_card"


def test_of_tiers(meant: Meant) -> None:
    vip = meant(WITH_TIERS).vip
    assert vip is not None
    assert (vip.launches, vip.not_yet, vip.window) == (None, False, Window(WindowKind.LIFETIME))
    assert (vip.lasts_next_window, vip.lapse_one_down, vip.count_refunds) == (True, False, True)
    assert (vip.skipped_tiers_all, vip.spend, vip.notify) == (True, Amount(True, True, True), False)
    first, second = vip.tiers
    assert (first.when, first.retain, first.invite_only, first.entry_rewards, first.perks) == (
        None,
        None,
        False,
        (),
        (),
    )
    assert first.for_everyone
    assert not second.for_everyone
    assert second.retain is None


def test_of_an_order_rule(meant: Meant) -> None:
    (rule,) = meant(SMALLEST + "earn: [{id: a, activity: order, points: 1, per: 1}]\n").rules
    assert (rule.round, rule.amount, rule.items, rule.contains) == (Round.NEAREST, Amount(), None, None)
    assert (rule.include, rule.exclude, rule.when, rule.active) == (None, (), None, True)
    assert (rule.starts, rule.ends, rule.max_points, rule.limit, rule.qualifies) == (
        None,
        None,
        None,
        None,
        True,
    )


ONCE = Limit(1)
LIMITS = {
    "signup": ONCE,
    "follow": ONCE,
    "share": ONCE,
    "birthday": Limit(1, per_calendar_year=True),
    "review": None,
    "referral": None,
    "custom:visit": None,
}


@pytest.mark.parametrize(("activity", "limit"), LIMITS.items())
def test_of_limits(activity: str, limit: Limit | None, meant: Meant) -> None:
    def limit_of(more: str) -> Limit | None:
        return (
            meant(SMALLEST + f"earn: [{{id: a, activity: '{activity}', points: 1{more}}}]\n").rules[0].limit
        )

    assert limit_of("") == limit
    assert limit_of(", limit: none") is None
    assert limit_of(", limit: {times: 3}") == Limit(3)
    assert limit_of(", limit: {times: 3, days: 7}") == Limit(3, days=7)
    assert limit_of(", limit: {times: 3, per: calendar_year}") == Limit(3, per_calendar_year=True)


AMOUNTS = [
    # vip.spend, rule.amount, what the rule multiplies
    ("{}", "{}", Amount(True, True, True)),
    ("{tax: exclude}", "{}", Amount(False, True, True)),
    ("{tax: exclude}", "{tax: include}", Amount(True, True, True)),
    ("{tax: exclude}", "{shipping: exclude}", Amount(False, False, True)),
    ("{discounts: ignore}", "{shipping: exclude}", Amount(True, False, False)),
    ("{discounts: ignore}", "{discounts: deduct}", Amount(True, True, True)),
]


@pytest.mark.parametrize(("spend", "amount", "expected"), AMOUNTS)
def test_of_amounts(spend: str, amount: str, expected: Amount, meant: Meant) -> None:
    text = (
        WITH_TIERS
        + f"  spend: {spend}\nearn: [{{id: a, activity: order, points: 1, per: 1, amount: {amount}}}]\n"
    )
    assert meant(text).rules[0].amount == expected


def test_names_are_in_nfc(meant: Meant) -> None:
    assert meant('tiercel: 1\nprogram: {name: "Cafe\\u0301", currency: CAD}\n').name == "Caf\u00e9"


def test_tiers_are_indexes_in_ladder_order(meant: Meant) -> None:
    text = WITH_TIERS + (
        "earn:\n"
        "  - {id: t, activity: order, points: {b: 2, a: 1}, per: 0.01}\n"
        "  - {id: i, activity: order, points: 1, per: order, tiers: {include: b}}\n"
        "  - {id: e, activity: order, points: 1, per: order, tiers: {exclude: [b, a]}}\n"
    )
    table, include, exclude = meant(text).rules
    assert (table.rates, table.per) == ((1, 2), 1)
    assert (include.include, include.exclude, include.per) == (1, (), None)
    assert (exclude.include, exclude.exclude) == (None, (0, 1))
