"""The first tier has entry rewards, which everyone who joins gets.

## What it finds

Entry rewards on a first tier for which everyone qualifies.

## Why

A tier's entry rewards are issued to each customer who enters it, and everyone enters this one by joining: there is no
order to pay for them first. A gift card there is an offer to anybody with another e-mail address.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - id: silver
      name: Silver
      entry_rewards: [{type: amount_discount, amount: 10}]
    - {id: gold, name: Gold, when: spend >= 500}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - id: gold
      name: Gold
      when: spend >= 500
      entry_rewards: [{type: amount_discount, amount: 10}]
```

## What to do

Move the rewards to the tier that should be worth reaching. For a welcome gift of points, an earning rule on `signup`
says what is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..model.tree import Program
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """At most one finding, at the rewards."""
    for tier in program.tiers[:1]:
        if tier.for_everyone and tier.entry_rewards:
            rewards = (
                "entry reward" if len(tier.entry_rewards) == 1 else f"{len(tier.entry_rewards)} entry rewards"
            )
            yield LINT.finding(
                f"everyone who joins gets the {rewards} of `{tier.id}`, the first tier",
                tier.span_of("entry_rewards"),
                help="move the rewards to a tier that has a condition; for points on joining, write a rule on `signup`",
            )


LINT = Lint("entry-reward-on-first-tier", Severity.INFO, check)
