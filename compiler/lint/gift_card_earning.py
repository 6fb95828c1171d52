"""Buying a gift card earns points.

## What it finds

`exclude.items` is stated, which replaces its default `item.gift_card`, and some gift card is not excluded by it,
while an active order rule earns on that gift card.

## Why

Who buys a gift card earns points on it, and earns again on what the gift card pays for. With a rate of 5 % back that
is a circle worth going round.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
exclude:
  items: item.tags has "clearance"
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
exclude:
  items: item.gift_card or item.tags has "clearance"
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
```

## What to do

Write `item.gift_card or (…)` around the condition, unless gift cards are meant to earn.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from .. import analysis
from ..diagnostics import Diagnostic, Label, Severity
from ..model.condition import Condition, Reference, Type
from ..model.tree import Program, Rule
from ..source import Span
from .lint import Lint
from .matching import matching_terms

MOST_DECISIONS = 50

_GIFT_CARD = Reference("item.gift_card", Type.BOOLEAN, Span(0, 0))


def check(program: Program) -> Iterator[Diagnostic]:
    """At most one finding, at `exclude.items`."""
    stated = program.exclude and program.exclude.items
    if stated:
        earning = (rule for rule in islice(program.order_rules, MOST_DECISIONS) if _earns(program, rule))
        rule = next(earning, None)
        if rule is not None:
            yield _finding(stated, rule)


def _earns(program: Program, rule: Rule) -> bool:
    """Whether the rule can earn on an order with a gift card that is not excluded, counting that gift card."""
    verdict = analysis.can_hold(program, (_GIFT_CARD, *matching_terms(program, [rule])))
    return isinstance(verdict, analysis.Possible)


def _finding(stated: Condition, rule: Rule) -> Diagnostic:
    return LINT.finding(
        "this leaves gift cards in: buying one earns points, and spending it earns them again",
        stated.span,
        labels=[Label(rule.span_of("id"), f"`{rule.id}` earns on gift cards")],
        help="where gift cards are not to earn, begin with `item.gift_card or`",
    )


LINT = Lint("gift-card-earning", Severity.INFO, check)
