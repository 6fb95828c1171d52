"""What the emitted ladders of tiers decide, with and without a bound on the tier."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tiercel.runtime import Member, Tables
from tiercel.tests.emit.emitting import program_with, tables_of

BOUNDS = (-1, 0, 1, 2, 3)


def member(spend: int) -> Member:
    """Somebody who spent so much, in minor units."""
    somebody = Member()
    somebody.spend = spend
    return somebody


def ladder(first: str) -> Tables:
    """Four tiers at 1, 2, 3 and (by invitation) 0, each with a condition to keep it but the second."""
    window = "window: calendar_year"
    tiers = [
        f"{{id: a, name: A{first}}}",
        "{id: b, name: B, when: spend >= 2}",
        "{id: c, name: C, when: spend >= 3, retain: spend >= 1}",
        "{id: d, name: D, invite_only: true, retain: spend >= 5}",
    ]
    return tables_of(program_with(vip=f"{{{window}, tiers: [{', '.join(tiers)}]}}"))


def decided(decision: Callable[[Member, int], int], spend: int) -> list[int]:
    """The tier under each bound."""
    return [decision(member(spend), bound) for bound in BOUNDS]


@pytest.mark.parametrize(
    ("spend", "tiers"),
    [(0, [-1, 0, 0, 0, 0]), (200, [-1, 0, 1, 1, 1]), (300, [-1, 0, 1, 2, 2]), (900, [-1, 0, 1, 2, 2])],
)
def test_highest_tier(spend: int, tiers: list[int]) -> None:
    assert decided(ladder("").highest_tier, spend) == tiers


@pytest.mark.parametrize(
    ("spend", "tiers"), [(0, [-1, -1, -1, -1, -1]), (100, [-1, 0, 0, 0, 0]), (300, [-1, 0, 1, 2, 2])]
)
def test_highest_tier_where_the_first_has_a_condition(spend: int, tiers: list[int]) -> None:
    assert decided(ladder(", when: spend >= 1").highest_tier, spend) == tiers


@pytest.mark.parametrize(
    ("spend", "tiers"), [(0, [-1, -1, -1, -1, -1]), (100, [-1, -1, -1, 2, 2]), (500, [-1, -1, -1, 2, 3])]
)
def test_retained_tier(spend: int, tiers: list[int]) -> None:
    assert decided(ladder("").retained_tier, spend) == tiers
