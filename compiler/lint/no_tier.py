"""The first tier has a condition, so members can be without a tier.

## What it finds

A ladder whose lowest tier asks for something, or is by invitation only: members who meet no tier's condition are in
no tier.

## Why

It can be meant. But a member in no tier earns nothing from a rate table, has no perks, and sees no tier in the
panel; in most programs joining puts everyone in the first tier.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver, when: orders >= 1}
    - {id: gold, name: Gold, when: spend >= 500}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
```

## What to do

Leave out the condition of the first tier, or add a tier for everyone below it. Where being in no tier is part of the
program, nothing has to be done.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Severity
from ..model.condition import Not
from ..model.tree import Program, Tier
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """At most one finding, at the first tier's condition."""
    for tier in program.tiers[:1]:
        if not tier.for_everyone and _leaves_someone_out(program):
            yield _finding(tier)


def _leaves_someone_out(program: Program) -> bool:
    """Whether someone may meet no tier's condition: false only where that is certain."""
    unmet = [Not(tier.when.term, tier.when.span) for tier in program.tiers if tier.when]
    return not isinstance(analysis.can_hold(program, unmet), analysis.Impossible)


def _finding(tier: Tier) -> Diagnostic:
    reason = "is by invitation only" if tier.invite_only else "has a condition"
    return LINT.finding(
        f"the first tier, `{tier.id}`, {reason}, so members can be without a tier",
        tier.span_of("id") if tier.when is None else tier.when.span,
        help="leave the condition out, or add a first tier without one, if every member is to be in a tier",
    )


LINT = Lint("no-tier", Severity.INFO, check)
