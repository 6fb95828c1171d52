"""Whatever makes another version of a program is a difference that some part tells."""

from __future__ import annotations

import pytest

from tiercel.compiler.diff.change import Verdict
from tiercel.compiler.diff.compare import compare
from tiercel.tests.model.conftest import Meant
from tiercel.tests.model.test_digest import BASE, OTHER, edited

# Another version, and still the same for everyone: a new member is in no tier yet.
NO_DIFFERENCE = {("[tea, cake]", "[cake, tea]"), ("points: 100", "points: 100, tiers: {exclude: [a]}")}

# Conditions of tiers: no part is about them yet.
NOT_COMPARED = {
    ("spend >= 100", "spend > 100"),
    ("spend >= 100", "spend >= 100.01"),
    ("spend >= 100", "lifetime.spend >= 100"),
    ("or orders", "and orders"),
    ("orders > 3\n", "orders > 3\n      retain: spend >= 90\n"),
    ("invite_only: true}", "invite_only: true, retain: spend > 0}"),
}


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_every_change_of_meaning_is_told(old: str, new: str, meant: Meant) -> None:
    found = compare(meant(BASE), meant(edited(old, new)), 1000)
    silent = found.verdict is Verdict.EQUIVALENT
    assert silent == ((old, new) in NO_DIFFERENCE | NOT_COMPARED)
