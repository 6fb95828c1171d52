"""Tiers of two versions, retained tiers and exclusions: what differs on a grid of customers is what a comparison tells.

`TIERCEL_FORMULAS` sets how many pairs of ladders are tried.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tiercel.compiler.analysis.evaluate import Value
from tiercel.compiler.diff.change import Change, Verdict, part_of
from tiercel.compiler.diff.exclusions import exclusions
from tiercel.compiler.diff.ladders import Ladders, tier_of
from tiercel.compiler.diff.pairing import Versions, versions
from tiercel.compiler.diff.retaining import retaining
from tiercel.compiler.diff.tiers import tiers
from tiercel.compiler.diff.wider import compared
from tiercel.compiler.model.tree import Program
from tiercel.tests.analysis.ladders import ALL_METRICS, WINDOWS, conditions, there_can_be
from tiercel.tests.analysis.test_rewritten import REWRITES, everywhere
from tiercel.tests.properties.compiled import compile_text

PAIRS = int(os.environ.get("TIERCEL_FORMULAS", "60"))
BUDGET = settings(
    max_examples=PAIRS,
    deadline=None,
    derandomize="TIERCEL_FORMULAS" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
_ATTRIBUTES = ["customer.vetted", "customer.tags", "customer.level", "customer.country", "customer.rank"]
LEVELS = ["red, blue, green", "blue, red, green", "red, blue, green, black", "green, blue, red"]
RANKS = ["integer", "decimal"]


@dataclass(frozen=True)
class Rung:
    """A tier: by invitation, or with a condition, or for everyone."""

    id: str
    name: str
    when: str | None = None
    invited: bool = False
    retain: str | None = None

    def line(self, first: bool) -> str:
        when = self.when or (None if first else "orders >= 0")  # only the first tier may ask for nothing
        asks = ", invite_only: true" if self.invited else ""
        asks += f", when: {json.dumps(when)}" if when and not self.invited else ""
        asks += (
            f", retain: {json.dumps(self.retain)}" if self.retain and self.when and not self.invited else ""
        )
        return f"    - {{id: {self.id}, name: {self.name}{asks}}}\n"


@dataclass(frozen=True)
class Version:
    """A version of a program."""

    window: str
    rungs: tuple[Rung, ...]
    levels: str = LEVELS[0]
    rank: str = RANKS[0]
    excluded: str | None = None

    def program(self) -> Program:
        exclude = f"exclude: {{customers: {json.dumps(self.excluded)}}}\n" if self.excluded else ""
        return compile_text(
            "tiercel: 1\nprogram: {name: Corner Shop, currency: JPY}\n"
            f"customer:\n  vetted: boolean\n  rank: {self.rank}\n  level: {{one_of: [{self.levels}]}}\n"
            f"{exclude}vip:\n  {WINDOWS[self.window]}\n  tiers:\n"
            + "".join(rung.line(first=rung is self.rungs[0]) for rung in self.rungs)
        )[0]


# --- versions -------------------------------------------------------------------------------------------------


@st.composite
def read_names(draw: st.DrawFn) -> list[str]:
    metrics = draw(st.lists(st.sampled_from(ALL_METRICS), min_size=1, max_size=2, unique=True))
    return [*metrics, *draw(st.lists(st.sampled_from(_ATTRIBUTES), max_size=1))]


@st.composite
def version(draw: st.DrawFn, names: list[str], related: bool) -> Version:
    ids = draw(st.lists(st.sampled_from("abcde"), min_size=2, max_size=4, unique=True))
    rungs = [
        Rung(id, id.upper(), draw(conditions(names, 1, related)), draw(st.integers(0, 9)) == 0) for id in ids
    ]
    if draw(st.integers(0, 4)):
        rungs[0] = replace(rungs[0], when=None, invited=False)
    return Version(draw(st.sampled_from(list(WINDOWS))), tuple(rungs))


@st.composite
def mutated(draw: st.DrawFn, old: Version, names: list[str], related: bool) -> Version:
    """The version with one thing changed."""
    rungs = list(old.rungs)
    at = draw(st.integers(0, len(rungs) - 1))
    rung = rungs[at]
    when = rung.when or ""
    what = draw(
        st.sampled_from(
            [
                "threshold",
                "operator",
                "joined",
                "insert",
                "remove",
                "rename",
                "swap",
                "drop",
                "invite",
                "levels",
                "rank",
            ]
        )
    )
    match what:
        case "threshold":
            when = re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 4), when, count=1)
        case "operator":
            when = re.sub(">=|<(?!=)", lambda found: "<" if found[0] == ">=" else ">=", when, count=1)
        case "joined":
            when = when.replace(" and ", " @ ").replace(" or ", " and ").replace(" @ ", " or ")
        case "insert":
            rungs.insert(at + 1, Rung("f", "F", draw(conditions(names, 1, related))))
        case "remove" if len(rungs) > 1:
            del rungs[at]
        case "rename":
            rungs[at] = replace(rung, id="g")
        case "swap":
            rungs[at], rungs[at - 1] = rungs[at - 1], rungs[at]
        case "drop":
            when = ""
        case "invite":
            rungs[at] = replace(rung, invited=not rung.invited)
        case "levels":
            return replace(old, levels=draw(st.sampled_from(LEVELS)))
        case "rank":
            return replace(old, rank="decimal")
    if what in ("threshold", "operator", "joined", "drop"):
        rungs[at] = replace(rung, when=when or None)
    return replace(old, rungs=tuple(rungs))


@st.composite
def pairs(draw: st.DrawFn, related: bool) -> tuple[Version, Version]:
    names = draw(read_names())
    old = draw(version(names, related))
    if draw(st.integers(0, 2)) == 0:
        return old, replace(draw(version(names, related)), window=old.window)
    return old, draw(mutated(old, names, related))


PAIRED = pairs(related=False) | pairs(related=True)

# --- customers ------------------------------------------------------------------------------------------------

_LEVELS = ["", "red", "blue", "green", "black"]


def customers(both: Versions, window: str, paths: list[str]) -> list[dict[str, Value]]:
    """A dense grid over the names of the space of both versions."""
    values: list[list[Value]] = []
    for path in paths:
        name = path.partition("@")[0]
        if name in ALL_METRICS:
            values.append(list(range(6)))
        elif name == "customer.rank":
            values.append(list(range(-1, 5)))
        elif name == "customer.level":
            choices = both.both.decider.space.choices[path]
            values.append([text for text in _LEVELS if text in choices])
        else:
            values.append(
                {
                    "customer.vetted": [False, True],
                    "customer.tags": [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")],
                    "customer.country": ["", "CA", "US", "FR"],
                }[name]
            )
    points = (dict(zip(paths, point, strict=True)) for point in product(*values))
    return [point for point in points if there_can_be(point, window)]


def told(program: Program, tier: int | None) -> str | None:
    return None if tier is None else program.tiers[tier].id


def same(both: Versions, old: int | None, new: int | None) -> bool:
    if old is None or new is None:
        return old is new
    return any((before.index, after.index) == (old, new) for before, after in both.tiers.both)


@BUDGET
@given(PAIRED)
def test_moves_are_those_of_the_grid(drawn: tuple[Version, Version]) -> None:
    old, new = drawn
    both = versions(old.program(), new.program(), 1000)
    ladders = Ladders(both.both)
    points = customers(both, old.window, [name.path for name in ladders.names])
    assume(len(points) < 4_000)
    seen = {tuple(tier_of(side.program, side.values(point)) for side in ladders.sides) for point in points}
    found = tiers(both)
    assert not found.unknown
    changes = [change for change in found.changes if change.facts["region"] != "by invitation"]
    moved = {(change.facts["from"], change.facts["to"]) for change in changes}
    assert len(moved) == len(changes)
    expected = {
        (told(both.old, before), told(both.new, after))
        for before, after in seen
        if not same(both, before, after)
    }
    assert expected <= moved
    related = any(
        " >= lifetime" in (r.when or "") or "points_earned" in (r.when or "")
        for r in (*old.rungs, *new.rungs)
    )
    assert related or moved == expected
    for before, after in ladders.moves():
        move = ladders.move(before, after)
        assert move is not None
        assert there_can_be(move.values, old.window)
        views = [side.values(move.values) for side in ladders.sides]
        assert (tier_of(both.old, views[0]), tier_of(both.new, views[1])) == (before, after)
    assert_better(both, changes)
    if not found.changes:
        assert part_of("tiers", found).verdict is Verdict.EQUIVALENT


def assert_better(both: Versions, changes: list[Change]) -> None:
    """Where both tiers are in both ladders, and these agree on their order, so does `better`."""
    places = {before.id: (before.index, there.index) for before, there in both.tiers.both}
    after = {there.id: (before.index, there.index) for before, there in both.tiers.both}
    for change in changes:
        start, end = change.facts["from"], change.facts["to"]
        if start is None or end is None:
            assert change.better is (start is None)
        elif start in places and end in after:
            orders = {one < other for one, other in zip(places[start], after[end], strict=True)}
            assert change.better is (orders.pop() if len(orders) == 1 else None)


@BUDGET
@given(PAIRED, st.lists(st.sampled_from(REWRITES), min_size=1, max_size=3))
def test_what_is_written_otherwise_is_equivalent(drawn: tuple[Version, Version], rewrites: list) -> None:
    program = drawn[0].program()
    found = tiers(versions(program, rewritten(program, rewrites), 1000))
    assert part_of("tiers", found).verdict is Verdict.EQUIVALENT


def rewritten(program: Program, rewrites: list) -> Program:
    """The program with the conditions of its tiers rewritten."""
    assert program.vip is not None
    changed = []
    for tier in program.tiers:
        term = tier.when and tier.when.term
        for rewrite in rewrites:
            term = term and everywhere(rewrite, term)
        changed.append(replace(tier, when=tier.when and replace(tier.when, term=term)))
    return replace(program, vip=replace(program.vip, tiers=tuple(changed)))


@BUDGET
@given(st.data())
def test_retained_and_excluded(data: st.DataObject) -> None:
    names = data.draw(read_names())
    written = [data.draw(conditions(names, 1) | st.none()) for _ in range(4)]
    window = data.draw(st.sampled_from([name for name in WINDOWS if name.startswith("by year")]))
    asked = data.draw(conditions(names, 1))
    old, new = (
        Version(window, (Rung("a", "A"), Rung("b", "B", asked, retain=retain)), excluded=excluded)
        for retain, excluded in (written[:2], written[2:])
    )
    customers_only = [name for name in names if name.startswith("customer")]
    assume(
        all(
            e is None or not any(m in e for m in ("spend", "orders", "points_earned"))
            for e in (written[1], written[3])
        )
    )
    both = versions(old.program(), new.program(), 1000)
    assert customers_only or not (written[1] or written[3])
    kept, decided = retaining(both)
    assert decided
    b = both.old.tiers[1], both.new.tiers[1]
    if any(tier.retain for tier in b):
        assert_compared(
            both, window, b[0].retain or b[0].when, b[1].retain or b[1].when, [c.better for c in kept]
        )
    found, decided = exclusions(both)
    assert decided
    stated = [p.exclude.customers if p.exclude else None for p in (both.old, both.new)]
    gained, lost = differing(both, window, *stated)
    assert [c.facts["newly_excluded"] is not None for c in found] == ([gained] if gained or lost else [])
    assert [c.facts["no_longer_excluded"] is not None for c in found] == ([lost] if gained or lost else [])


def assert_compared(both: Versions, window: str, old, new, better: list[bool | None]) -> None:
    gained, lost = differing(both, window, old, new)
    assert better == [True] * gained + [False] * lost


def differing(both: Versions, window: str, old, new) -> tuple[bool, bool]:
    """Whether some customer of the grid has the new condition alone, and the old one alone."""
    from tiercel.compiler.diff.wider import _holds

    points = customers(both, window, [name.path for name in compared(both.both, old, new).names])
    seen = {(_holds(both.both.old, old, point), _holds(both.both.new, new, point)) for point in points}
    return (False, True) in seen, (True, False) in seen
