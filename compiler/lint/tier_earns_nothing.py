"""Members of a tier earn nothing on orders.

## What it finds

The program has order rules, but no active one can match a customer in this tier: each rule includes another tier,
excludes this one, or has a condition that no customer in the tier can meet.

## Why

Tiers are meant to reward. A customer who reaches a tier and stops earning has been punished for buying.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: everyday, activity: order, points: 1, per: 1, tiers: {exclude: [gold]}}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: everyday, activity: order, points: {silver: 1, gold: 2}, per: 1}
```

## What to do

Give the tier a rate in a rate table, or a rule of its own, or take it off the list of excluded tiers.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program, Rule, Tier
from .lint import Lint
from .matching import can_match
from .words import listed

MOST_LABELS = 4


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier that no active order rule can match, at the tier; one for all where none is active."""
    if not any(rule.on_orders for rule in program.rules):
        return
    if program.tiers and not program.order_rules:
        yield _none_active(program)
        return
    for tier in program.tiers:
        if not any(can_match(program, rule, tier.index) for rule in program.order_rules):
            yield _finding(program, tier)


def _none_active(program: Program) -> Diagnostic:
    rules = [rule for rule in program.rules if rule.on_orders]
    return LINT.finding(
        f"members in {listed(tier.id for tier in program.tiers)} earn nothing on orders: no order rule is active",
        program.tiers[0].span_of("id"),
        labels=[Label(rule.span_of("active"), "this rule is not active") for rule in rules[:MOST_LABELS]],
        help="make an order rule active",
    )


def _finding(program: Program, tier: Tier) -> Diagnostic:
    rules = [rule for rule in program.rules if rule.on_orders][:MOST_LABELS]
    return LINT.finding(
        f"members in `{tier.id}` earn nothing on orders: no active order rule can match them",
        tier.span_of("id"),
        labels=[Label(rule.span_of("id"), _reason(program, rule, tier)) for rule in rules],
        help=f"write one rule with a rate table, or a rule with `tiers: {{include: {tier.id}}}`",
    )


def _reason(program: Program, rule: Rule, tier: Tier) -> str:
    if not rule.active:
        return "this rule is not active"
    if rule.include is not None and rule.include != tier.index:
        return f"this rule is for `{program.tiers[rule.include].id}` alone"
    return f"this rule {'excludes' if tier.index in rule.exclude else 'has a condition that rules out'} `{tier.id}`"


LINT = Lint("tier-earns-nothing", Severity.WARNING, check)
