"""What a rule multiplies is not what counts as spend for tiers.

## What it finds

An active order rule with an `amount` of its own that treats tax, shipping or discounts differently from `vip.spend`,
in a program whose tiers ask for spend.

## Why

Customers reckon with one sum. When an order of 100.00 brings them 100.00 closer to a tier and earns points on 87.00,
support has to explain why.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: everyday, activity: order, points: 1, per: 1, amount: {tax: exclude}}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  spend: {tax: exclude}
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
```

## What to do

Say in `vip.spend` what counts, and leave `amount` out of the rules: they follow it. Where the difference is meant, tell
customers about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Label, Severity
from ..model.condition import references
from ..model.tree import Amount, Program, Rule, Vip
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per rule whose amount differs, at that amount."""
    vip = program.vip
    if vip is None or not _asks_for_spend(vip):
        return
    for rule in program.order_rules:
        differences = _differences(rule, vip.spend) if rule.per is not None else []
        if differences:
            yield _finding(rule, vip, differences)


def _asks_for_spend(vip: Vip) -> bool:
    conditions = [condition for tier in vip.tiers for condition in (tier.when, tier.retain) if condition]
    paths = {name.path for condition in conditions for name in references(condition.term)}
    return not paths.isdisjoint({"spend", "lifetime.spend"})


def _differences(rule: Rule, spend: Amount) -> list[str]:
    """What the rule counts otherwise; shipping is no part of the amount of items."""
    amount = rule.amount
    found = []
    if amount.tax != spend.tax:
        found.append(f"{'with' if amount.tax else 'without'} tax")
    if amount.shipping != spend.shipping and rule.items is None:
        found.append(f"{'with' if amount.shipping else 'without'} shipping")
    if amount.deduct_discounts != spend.deduct_discounts:
        found.append(f"{'after' if amount.deduct_discounts else 'before'} discounts")
    return found


def _finding(rule: Rule, vip: Vip, differences: list[str]) -> Diagnostic:
    labels = [Label(vip.span_of("spend"), "what counts as spend for tiers")] if vip.states("spend") else []
    return LINT.finding(
        f"`{rule.id}` multiplies amounts {' and '.join(differences)}, unlike what counts as spend for tiers",
        rule.span_of("amount"),
        labels=labels,
        help="leave `amount` out for the rule to follow `vip.spend`, or tell customers about the difference",
    )


LINT = Lint("amounts-differ", Severity.INFO, check)
