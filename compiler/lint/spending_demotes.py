"""Buying more can lower a customer's tier.

## What it finds

A tier out of which more `spend`, more `orders` or more `points_earned` leads downwards, all else equal. The
finding shows a customer before and after.

## Why

A customer who buys and loses a tier by it has been punished for buying. Most often a `<=` was to describe where the
next tier begins, and no tier begins there.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: orders >= 1 and spend <= 100}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 100}
```

## What to do

Take the upper limit out. Tiers need none: customers get the highest tier that they qualify for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .. import analysis
from ..diagnostics import Diagnostic, Severity
from ..model.condition import Condition
from ..model.tree import Program, Tier
from .lint import Lint

if TYPE_CHECKING:
    from ..analysis.ladder import Demotion


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier out of which more of a metric leads downwards, at its condition."""
    for tier in program.tiers:
        if tier.when:
            ladder = analysis.analysis_of(program).ladder
            demotion = ladder.demotion(tier.index) if _some_qualify(program, tier) else None
            if demotion:
                yield _finding(program, tier.when, demotion)


def _some_qualify(program: Program, tier: Tier) -> bool:
    standing = analysis.analysis_of(program).ladder.standings[tier.index]
    return standing in (analysis.Standing.USUAL, analysis.Standing.SAME)


def _finding(program: Program, when: Condition, found: Demotion) -> Diagnostic:
    tier = program.tiers[found.tier].id
    lower = "no tier" if found.lower is None else f"`{program.tiers[found.lower].id}`"
    return LINT.finding(
        f"more `{found.metric}`, all else equal, can lead from `{tier}` down to {lower}",
        when.span,
        notes=[_example(program, found, lower)],
        help="take the upper limit out: customers get the highest tier that they qualify for",
    )


def _example(program: Program, found: Demotion, lower: str) -> str:
    from .facts import customer, sentence, told

    ladder = analysis.analysis_of(program).ladder
    terms = list(ladder.conditions.values())
    who = customer(program, terms, found.before)
    more = sentence(told(program, found.changed, found.after))
    return f"{who} is in `{program.tiers[found.tier].id}`; when {more}, in {lower}"


LINT = Lint("spending-demotes", Severity.WARNING, check)
