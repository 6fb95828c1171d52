"""Whatever makes another version of a program is a difference that some part tells."""

from __future__ import annotations

import pytest

from tiercel.compiler.diff.change import Verdict
from tiercel.compiler.diff.compare import compare
from tiercel.tests.model.conftest import Meant
from tiercel.tests.model.test_digest import BASE, OTHER, edited

# Another version, and still the same for everyone: a new member is in no tier yet.
NO_DIFFERENCE = {("[tea, cake]", "[cake, tea]"), ("points: 100", "points: 100, tiers: {exclude: [a]}")}


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_every_change_of_meaning_is_told(old: str, new: str, meant: Meant) -> None:
    found = compare(meant(BASE), meant(edited(old, new)), 1000)
    silent = found.verdict is Verdict.EQUIVALENT
    assert silent == ((old, new) in NO_DIFFERENCE)
