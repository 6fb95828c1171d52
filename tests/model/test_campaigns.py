"""A campaign is refused exactly where, on some day of it, other than one order rule is active."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Diagnostic

from .conftest import resolve_text

DAYS = 12
FIRST = date(2026, 11, 1)
Days = tuple[int, int]

# From the first day up to and with the last; a rule can be open at either end.
ENDS = st.integers(0, DAYS - 1)
SPANS = st.tuples(ENDS, ENDS).map(lambda ends: (min(ends), max(ends)))
RULES = st.lists(
    st.tuples(SPANS, st.booleans(), st.booleans(), st.sampled_from([True, True, False])), max_size=4
)


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def rule(number: int, span: Days, starts: bool, ends: bool, active: bool) -> str:
    times = (f", from: {day(span[0])}" if starts else "") + (f", until: {day(span[1])}" if ends else "")
    flag = "" if active else ", active: false"
    return f"  - {{id: r{number}, activity: order, points: 1, per: 1{times}{flag}}}\n"


def refused(rules: str, campaigns: list[Days], zone: str) -> list[Diagnostic]:
    text = f"tiercel: 1\nprogram: {{name: P, currency: CAD, timezone: {zone}}}\n"
    text += f"earn:\n{rules}" if rules else ""
    text += "campaigns:\n" + "".join(
        f"  - {{id: c{n}, multiplier: 2, starts: {day(first)}, ends: {day(last)}}}\n"
        for n, (first, last) in enumerate(campaigns)
    )
    return resolve_text(text)[1].diagnostics


@given(RULES, SPANS, st.sampled_from(["UTC", "America/Havana", "Asia/Tokyo"]))
@settings(max_examples=150, deadline=None)
def test_blocked_by_other_than_one_rule(
    rules: list[tuple[Days, bool, bool, bool]], campaign: Days, zone: str
) -> None:
    written = "".join(rule(n, *given_rule) for n, given_rule in enumerate(rules))
    names = [d.name for d in refused(written, [campaign], zone)]
    numbers = [
        sum(
            active and (not starts or span[0] <= today) and (not ends or today <= span[1])
            for span, starts, ends, active in rules
        )
        for today in range(campaign[0], campaign[1] + 1)
    ]
    assert names == ([] if set(numbers) == {1} else ["campaign-blocked"])


@given(st.lists(SPANS, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_overlapping(campaigns: list[Days]) -> None:
    found = refused("  - {id: r, activity: order, points: 1, per: 1}\n", campaigns, "UTC")
    taken: list[int] = [today for first, last in campaigns for today in range(first, last + 1)]
    assert {d.name for d in found} == ({"campaign-overlap"} if len(taken) > len(set(taken)) else set())
    assert len(found) < len(campaigns)
    assert all(len(d.labels) == 1 for d in found)
