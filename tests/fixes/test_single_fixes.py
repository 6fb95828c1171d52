"""Each fix of each finding in the tests, made alone: its finding is gone, and nothing is worse."""

from __future__ import annotations

from collections import Counter

from tiercel.compiler.fixing import attempt
from tiercel.tests.fixes.cases import singles


def test_every_fix_removes_its_finding_and_leaves_nothing_worse() -> None:
    wrong = [
        str(one) for one in singles() if attempt(one.content, one.before, [(one.found, one.fix)]) is None
    ]
    assert not wrong, "\n".join([f"{len(wrong)} of {len(singles())}", *wrong])


def test_there_are_fixes_to_try() -> None:
    assert sum(Counter(one.found.name for one in singles()).values()) > 500
