"""A tier has no earning rule of its own, where other tiers do.

## What it finds

Some active order rule includes one tier, so rates differ by tier; and here is a tier that no active order rule
includes and for which no rate table has a rate. The finding says what becomes of its members: they earn from the
rule for everyone, or they earn nothing.

It is silent where the rule for everyone excludes each tier that has a rule of its own: then it is the rule that
the other tiers share.

## Why

With rules per tier, each tier needs one. A forgotten tier falls back to the default rate without a word: members
who climb to it earn no more than before.

## Bad

Nothing was written for silver, whose members earn what everyone earns:

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
  - {id: in-the-shop, activity: order, points: 1, per: 1, when: 'order.channel == "shop"'}
  - id: gold-online
    activity: order
    points: 2
    per: 1
    when: order.channel == "web"
    tiers: {include: gold}
```

## Good

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

Write one rule with a rate table, which names every tier. Or add a rule that includes the tier. Or, where the tier is
meant to share the rule for everyone, exclude from that rule the tiers that have their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program, Rule, Tier
from .lint import Lint
from .matching import can_match
from .words import listed, tier_ids


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier without a rule of its own, at the tier."""
    owned = {rule.include for rule in program.order_rules if rule.include is not None}
    shared = [rule for rule in program.order_rules if rule.include is None and not rule.table]
    has_table = any(rule.table for rule in program.order_rules)
    if not owned or has_table or any(owned <= set(rule.exclude) for rule in shared):
        return
    for tier in program.tiers:
        if tier.index not in owned:
            yield _finding(program, tier, [rule for rule in shared if can_match(program, rule, tier.index)])


def _finding(program: Program, tier: Tier, defaults: Sequence[Rule]) -> Diagnostic:
    return LINT.finding(
        f"no order rule is for members in `{tier.id}`: {_outcome(defaults)}",
        tier.span_of("id"),
        labels=_labels(program, defaults),
        help=f"add a rule with `tiers: {{include: {tier.id}}}`, or write one rule with a rate table",
    )


def _outcome(defaults: Sequence[Rule]) -> str:
    if not defaults:
        return "they earn nothing on orders"
    word = "rule" if len(defaults) == 1 else "rules"
    return f"they fall back to the default {word} {listed(rule.id for rule in defaults)}"


def _labels(program: Program, defaults: Sequence[Rule]) -> Iterator[Label]:
    for rule in defaults:
        yield Label(rule.span_of("id"), "the default rule")
    own = next(rule for rule in program.order_rules if rule.include is not None)
    assert own.include is not None
    yield Label(own.span_of("id"), f"{listed(tier_ids(program, [own.include]))} has a rule of its own")


LINT = Lint("uncovered-tier", Severity.WARNING, check)
