"""Which declaration of a version is which of the other."""

from __future__ import annotations

from collections.abc import Callable

from tiercel.compiler.diff.limits import limit_better
from tiercel.compiler.diff.pairing import Pairs, Versions, versions
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.model.tree import Limit, Program

PROGRAM = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: seed, name: Seed}
    - {id: maple, name: Maple, when: spend >= 100}
earn:
  - {id: all, activity: order, points: {seed: 1, maple: 2}, per: 1, until: 2026-05-01}
  - {id: more, activity: order, points: 1, per: 1, tiers: {include: maple}}
  - {id: less, activity: order, points: 1, per: 1, tiers: {exclude: [maple]}}
  - {id: one, activity: review, points: 5}
  - {id: two, activity: review, points: 5}
"""


def program(*edits: tuple[str, str]) -> Program:
    text = PROGRAM
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    found = compile_bytes("shop.yaml", text.encode()).program
    assert found is not None
    return found


def paired(*edits: tuple[str, str]) -> Versions:
    return versions(program(), program(*edits), 1)


def ids(of: Versions, which: Callable[[Versions], Pairs]) -> tuple[list[str], list[str], list[str]]:
    """`old>new` of what has another id, and the ids of what is in one version alone."""
    found = which(of)
    renamed = [f"{old.id}>{new.id}" for old, new in found.renamed]
    return renamed, [each.id for each in found.removed], [each.id for each in found.added]


def rules(*edits: tuple[str, str]) -> tuple[list[str], list[str], list[str]]:
    return ids(paired(*edits), lambda both: both.rules)


def tiers(*edits: tuple[str, str]) -> tuple[list[str], list[str], list[str]]:
    return ids(paired(*edits), lambda both: both.tiers)


def test_the_same_ids() -> None:
    assert rules(("points: 5", "points: 6")) == ([], [], [])
    assert tiers(("name: Maple", "name: Sugar")) == ([], [], [])


def test_a_tier_by_its_name() -> None:
    assert tiers(("maple", "sugar")) == (["maple>sugar"], [], [])
    assert tiers(("maple", "sugar"), ("Maple", "MAPLE")) == ([], ["maple"], ["sugar"])


def test_rules_of_a_renamed_tier_are_alike() -> None:
    new = (("maple", "sugar"), ("id: all", "id: a"), ("id: more", "id: m"), ("id: less", "id: l"))
    assert rules(*new) == (["all>a", "more>m", "less>l"], [], [])


def test_rules_of_another_tier_are_not() -> None:
    new = (("maple", "sugar"), ("Maple", "Sugar"), ("id: more", "id: m"), ("id: less", "id: l"))
    assert rules(*new) == ([], ["more", "less"], ["m", "l"])


def test_a_rule_that_does_something_else_is_another() -> None:
    assert rules(("id: one", "id: uno")) == (["one>uno"], [], [])
    assert rules(("id: one, activity: review, points: 5", "id: uno, activity: review, points: 6")) == (
        [],
        ["one"],
        ["uno"],
    )


def test_each_is_paired_once() -> None:
    assert rules(("id: one", "id: uno"), ("id: two", "id: due")) == (["one>uno", "two>due"], [], [])
    assert rules(("  - {id: one, activity: review, points: 5}\n", ""), ("id: two", "id: due")) == (
        ["one>due"],
        ["two"],
        [],
    )


def test_a_moment_is_what_it_means() -> None:
    assert rules(("id: all", "id: a"), ("2026-05-01", "2026-05-02T00:00"))[0] == ["all>a"]


def test_the_order_is_the_old_one() -> None:
    both = paired(("id: all", "id: a")).rules.both
    assert [old.index for old, _ in both] == [0, 1, 2, 3, 4]


def test_limits() -> None:
    ever, year, week = Limit(2), Limit(2, per_calendar_year=True), Limit(2, days=7)
    wider = [
        (ever, None),
        (year, None),
        (ever, Limit(3)),
        (ever, year),
        (ever, week),
        (year, Limit(3, per_calendar_year=True)),
        (week, Limit(3, days=7)),
        (week, Limit(2, days=6)),
        (week, Limit(3, days=6)),
    ]
    for narrow, wide in wider:
        assert limit_better(narrow, wide) is True
        assert limit_better(wide, narrow) is False
    for one, other in [(year, week), (week, Limit(3, days=14)), (Limit(3), year), (Limit(3), week)]:
        assert limit_better(one, other) is None
        assert limit_better(other, one) is None
