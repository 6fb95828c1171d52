"""The verdict on changes, and on parts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tiercel.compiler.diff.change import (
    Change,
    Findings,
    Part,
    Verdict,
    change,
    overall,
    part_of,
    quoted,
    setting,
    verdict_of,
)
from tiercel.compiler.diff.compare import PARTS

BETTER, WORSE, MIXED = Verdict.ONLY_BETTER, Verdict.ONLY_WORSE, Verdict.MIXED
SAME, CHANGED, UNKNOWN = Verdict.EQUIVALENT, Verdict.CHANGED, Verdict.UNKNOWN


def changes(*better: bool | None) -> list[Change]:
    return [change("something", {"better": each}) for each in better]


@pytest.mark.parametrize(
    ("better", "verdict", "with_unknown"),
    [
        ([], SAME, UNKNOWN),
        ([True, True], BETTER, UNKNOWN),
        ([False], WORSE, UNKNOWN),
        ([True, False], MIXED, MIXED),
        ([None], CHANGED, UNKNOWN),
        ([None, True], BETTER, UNKNOWN),
        ([False, None], WORSE, UNKNOWN),
        ([True, None, False], MIXED, MIXED),
    ],
)
def test_a_part(better: list[bool | None], verdict: Verdict, with_unknown: Verdict) -> None:
    assert verdict_of(changes(*better)) is verdict
    assert verdict_of(changes(*better), unknown=True) is with_unknown


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ([], SAME),
        ([SAME, SAME], SAME),
        ([SAME, BETTER], BETTER),
        ([SAME, WORSE, WORSE], WORSE),
        ([BETTER, WORSE], MIXED),
        ([MIXED, SAME], MIXED),
        ([CHANGED, SAME], CHANGED),
        ([CHANGED, BETTER], BETTER),
        ([CHANGED, WORSE], WORSE),
        ([UNKNOWN, SAME], UNKNOWN),
        ([UNKNOWN, BETTER], UNKNOWN),
        ([UNKNOWN, WORSE, CHANGED], UNKNOWN),
        ([UNKNOWN, MIXED], MIXED),
        ([UNKNOWN, BETTER, WORSE], MIXED),
    ],
)
def test_the_whole(verdicts: Sequence[Verdict], verdict: Verdict) -> None:
    for order in (verdicts, verdicts[::-1]):
        assert overall(Part("part", each, ()) for each in order) is verdict


def test_parts_that_have_something_to_say() -> None:
    assert not part_of("perks", Findings()).says_something
    assert part_of("perks", Findings(notes=("a note",))).says_something
    assert part_of("perks", Findings(tuple(changes(None)))).says_something
    assert part_of("perks", Findings(unknown=True)).verdict is UNKNOWN


def test_a_setting_has_its_facts_in_order() -> None:
    found = setting("vip.notify", "an e-mail is sent", False, True)
    assert list(found.facts) == ["setting", "old", "new", "better"]
    assert found.better is None


def test_what_an_author_wrote_stays_within_its_backticks() -> None:
    assert quoted("a `b` c") == "`a 'b' c`"


def test_parts_have_names_of_their_own() -> None:
    assert len({name for name, _ in PARTS}) == len(PARTS)
