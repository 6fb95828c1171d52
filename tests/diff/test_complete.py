"""Whatever makes another version of a program is a difference that some part tells."""

from __future__ import annotations

import pytest

from tiercel.compiler.diff.change import Verdict
from tiercel.compiler.diff.compare import compare
from tiercel.tests.model.conftest import Meant
from tiercel.tests.model.test_digest import BASE, OTHER, edited

# Another version, and still the same for everyone.
NO_DIFFERENCE = {("[tea, cake]", "[cake, tea]")}

# What rules earn: no part is about that yet.
NOT_COMPARED = {
    ("b: 1.5", "b: 1.25"),
    ("{a: 1, b: 1.5, c: 2}", "2"),
    ("per: 1,", "per: 2,"),
    ("per: 1,", "per: 1, round: up,"),
    ("per: 1,", "per: 1, amount: {tax: exclude},"),
    ("per: 1,", "per: 1, items: item.sku == 'x',"),
    ("per: 1,", "per: 1, contains: item.sku == 'x',"),
    ("per: 1,", "per: 1, max_points: 500,"),
    ("per: 1,", "per: 1, until: 2027-01-01,"),
    ("2026-01-01", "2026-01-02"),
    ("points: 100", "points: 100, active: false"),
    ("points: 100", "points: 100, tiers: {include: a}"),
    ("points: 100", "points: 100, tiers: {exclude: [a]}"),
    ("points: 100", "points: 100, when: customer.country == 'CA'"),
    ("activity: review", "activity: custom:review"),
}


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_every_change_of_meaning_is_told(old: str, new: str, meant: Meant) -> None:
    found = compare(meant(BASE), meant(edited(old, new)), 1000)
    silent = found.verdict is Verdict.EQUIVALENT
    assert silent == ((old, new) in NO_DIFFERENCE | NOT_COMPARED)
