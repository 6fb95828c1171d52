"""Members of a tier earn from more than one order rule.

## What it finds

A tier whose members earn from two or more active order rules on the same order. Most often there is a rule for
everyone beside a rule for one tier: members of that tier match both. Whether two rules can match one order is
decided from their tiers, their times, and their conditions; where it cannot be decided, nothing is said.

## Why

All order rules that match an order add up. A rule of its own does not take a tier out of the rule for everyone,
so a tier that was meant to earn 2 points per dollar earns 3, and nobody notices until the points are spent.

## Bad

Every tier has a rule of its own, and the rule for everyone was left on: gold members earn 1 + 2 points per dollar.

```yaml
tiercel: 1
program:
  name: Corner Shop
  currency: CAD
  hosted: {platform: bigcommerce, plan: growth}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: everyone, activity: order, points: 1, per: 1}
  - {id: silver-rate, activity: order, points: 1, per: 1, tiers: {include: silver}}
  - {id: gold-rate, activity: order, points: 2, per: 1, tiers: {include: gold}}
```

## Good

One rule with a rate for each tier:

```yaml
tiercel: 1
program:
  name: Corner Shop
  currency: CAD
  hosted: {platform: bigcommerce, plan: growth}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: everyone, activity: order, points: {silver: 1, gold: 2}, per: 1}
```

## What to do

Leave the tiers with rules of their own out of the rule for everyone, with `tiers: {exclude: [gold]}`; or replace
the rules by one whose `points` is a table of rates. Bonus campaigns need the second. Where both are meant to
add up, say so in a comment that allows the finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..model.tree import Program
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per rule that others overlap with, at the most general of the rules."""
    if program.vip is not None and len(program.order_rules) > 1:
        # With one rule, as with a rate table, there is nothing to decide and nothing to import for it.
        from .earning_twice import findings

        yield from findings(program, LINT)


LINT = Lint("double-earning", Severity.WARNING, check)
