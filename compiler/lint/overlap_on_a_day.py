"""One order rule ends on the day on which another starts, and on that day both earn.

## What it finds

An order rule whose `until` is a date alone, and another whose `from` is the same date alone, where an order of
that day can match both.

## Why

A date alone as an end includes its whole day. Whoever writes `until: 2026-11-30` and `from: 2026-11-30` for rules
that should follow one another gets a day of both.

## Bad

```yaml
tiercel: 1
program:
  name: Corner Shop
  currency: CAD
  hosted: {platform: wix, plan: starter}
earn:
  - {id: old-rate, activity: order, points: 1, per: 1, until: 2026-11-30}
  - {id: new-rate, activity: order, points: 2, per: 1, from: 2026-11-30}
```

## Good

```yaml
tiercel: 1
program:
  name: Corner Shop
  currency: CAD
  hosted: {platform: wix, plan: starter}
earn:
  - {id: old-rate, activity: order, points: 1, per: 1, until: 2026-11-29}
  - {id: new-rate, activity: order, points: 2, per: 1, from: 2026-11-30}
```

## What to do

Let the second rule start on the next day, or the first end on the day before; or write both with a time of day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, islice

from .. import analysis
from ..diagnostics import Diagnostic, Fix, Label, Severity
from ..model.mending import write
from ..model.tree import Moment, Program, Rule
from .lint import Lint
from .matching import matching_terms
from .words import listed

MOST_PAIRS = 300  # each takes a decision

Pair = tuple[Rule, Rule]


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per rule whose last day is another's first, at its `until`."""
    meeting = islice(_meeting(program), MOST_PAIRS)
    both_earn = (pair for pair in meeting if _can_both_earn(program, pair))
    for rule, pairs in groupby(both_earn, key=lambda pair: pair[0]):
        yield _finding(rule, [other for _, other in pairs])


def _meeting(program: Program) -> Iterator[Pair]:
    """Rules with a rule that starts on their last day, in file order."""
    starting: dict[str, list[Rule]] = defaultdict(list)
    for rule in program.order_rules:
        if rule.starts and rule.starts.bare:
            starting[rule.starts.text].append(rule)
    for rule in program.order_rules:
        if rule.ends and rule.ends.bare:
            yield from ((rule, other) for other in starting[rule.ends.text] if other is not rule)


def _can_both_earn(program: Program, pair: Pair) -> bool:
    tiers = (None, *range(len(program.tiers)))
    if not any(all(rule.matches_tier(tier) for rule in pair) for tier in tiers):
        return False
    verdict = analysis.can_hold(program, matching_terms(program, pair))
    return not isinstance(verdict, analysis.Impossible)


def _finding(rule: Rule, others: Sequence[Rule]) -> Diagnostic:
    until = rule.ends
    assert until is not None
    return LINT.finding(
        f"`{rule.id}` still earns on {until.text}, when {listed(other.id for other in others)} already "
        f"{'earns' if len(others) == 1 else 'earn'}",
        until.span,
        labels=[Label(other.span_of("from"), f"`{other.id}` starts on that day") for other in others],
        help="a date alone as `until` includes its day: end the one on the day before, or start the other on the next",
        fixes=_until_the_day_before(rule, until),
    )


def _until_the_day_before(rule: Rule, until: Moment) -> list[Fix]:
    day = date.fromisoformat(until.text)
    if day == date.min or (rule.starts and rule.starts.text[:10] >= until.text):
        return []  # nothing would be left of the rule
    return [write(until.span, (day - timedelta(days=1)).isoformat(), safe=False)]


LINT = Lint("overlap-on-a-day", Severity.WARNING, check)
