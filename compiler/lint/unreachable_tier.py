"""No customer can qualify for a tier.

## What it finds

A tier whose condition contradicts itself, or what always holds between the names in it: the window is part of the
time since joining, and who has spent something has an order. The fewest clauses that cannot hold together are
underlined.

## Why

Members see the tier in the panel and read what it takes; nobody will ever be in it but by a move by hand.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  window: calendar_year
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500 and lifetime.spend < 400}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  window: calendar_year
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500 and lifetime.spend >= 1000}
```

## What to do

Change one of the underlined clauses. For a tier that is reached by a move by hand alone, write `invite_only: true`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Severity
from ..model.condition import Condition
from ..model.tree import Program, Tier
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier that nobody can qualify for, at its condition."""
    for tier in program.tiers:
        if tier.when and _standing(program, tier) is analysis.Standing.UNREACHABLE:
            yield _finding(program, tier, tier.when)


def _standing(program: Program, tier: Tier) -> analysis.Standing:
    return analysis.analysis_of(program).ladder.standings[tier.index]


def _finding(program: Program, tier: Tier, when: Condition) -> Diagnostic:
    from .conflicts import conflict_labels

    labels, notes = conflict_labels(program, [when.term])
    return LINT.finding(
        f"no customer can qualify for `{tier.id}`: its condition contradicts itself",
        when.span,
        labels=labels,
        notes=notes,
        help="change one of these clauses, or write `invite_only: true` for a tier that is reached by hand alone",
    )


LINT = Lint("unreachable-tier", Severity.ERROR, check)
