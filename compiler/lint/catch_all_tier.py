"""Every customer qualifies for a tier above the first.

## What it finds

A tier, not the lowest, whose condition holds of everyone: its clauses cover all cases between them, or ask for
nothing. The tiers below it are not reported one by one.

## Why

Everyone who joins is in that tier at once, and in the tiers below it nobody ever is. Most often an `or` stands where
an `and` was meant.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: orders >= 3 or spend < 500}
    - {id: platinum, name: Platinum, when: orders >= 3 or spend >= 0}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: orders >= 3 or spend >= 500}
```

## What to do

Ask for something in this tier, or remove the tiers below it.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Severity
from ..model.condition import Condition
from ..model.tree import Program, Tier
from .lint import Lint
from .words import names


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier for which everyone qualifies, at its condition; but not at the lowest one."""
    for tier in program.tiers[1:]:
        if tier.when and _standing(program, tier) is analysis.Standing.CATCH_ALL:
            yield _finding(program, tier, tier.when)


def _standing(program: Program, tier: Tier) -> analysis.Standing:
    return analysis.analysis_of(program).ladder.standings[tier.index]


def _finding(program: Program, tier: Tier, when: Condition) -> Diagnostic:
    below = [t for t in program.tiers[: tier.index] if not t.invite_only]
    nobody = f", so nobody is ever in {names(below)}" if below else ""
    return LINT.finding(
        f"every customer qualifies for `{tier.id}`{nobody}",
        when.span,
        help="ask for something that not everyone has, or remove the tiers below",
    )


LINT = Lint("catch-all-tier", Severity.WARNING, check)
