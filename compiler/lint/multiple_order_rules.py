"""More than one order rule is active at a time, so no bonus campaign can be launched.

## What it finds

Two or more order rules that are active at one moment, whatever tiers and conditions they have. The finding says
from when to when. It is silent where the program is hosted on a platform or plan that has no bonus campaigns.

## Why

A bonus campaign multiplies what the one active order rule earns. While several are active it is blocked, and that
is found out on the morning of the sale.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: in-the-shop, activity: order, points: 1, per: 1, when: 'order.channel == "shop"'}
  - {id: online, activity: order, points: 2, per: 1, when: 'order.channel == "web"'}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: until-may, activity: order, points: 1, per: 1, until: 2026-04-30}
  - {id: from-may, activity: order, points: 2, per: 1, from: 2026-05-01}
```

## What to do

Where the rules differ by tier, write one rule with a rate table. Where they follow one another, end one before the
next starts. Where no campaign is planned, nothing has to be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program, Rule
from .lint import Lint
from .stretches import Stretch, described, together
from .words import listed

MOST_STRETCHES = 3
MOST_LABELS = 8


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding, at the first of the rules that are active together first."""
    stretches = list(together(program.order_rules)) if _has_campaigns(program) else []
    if stretches:
        yield _finding(*stretches[0], stretches[1 : 1 + MOST_STRETCHES])


def _has_campaigns(program: Program) -> bool:
    """Whether bonus campaigns can be launched where the program has to run."""
    hosted = program.hosted
    return hosted is None or (hosted.platform == "shopify" and hosted.plan != "free")


def _finding(
    stretch: Stretch, rules: Sequence[Rule], later: Sequence[tuple[Stretch, Sequence[Rule]]]
) -> Diagnostic:
    first, *others = rules
    ids = listed(rule.id for rule in rules)
    return LINT.finding(
        f"the order rules {ids} are active together {described(stretch)}: "
        "no bonus campaign could be launched then",
        first.span_of("id"),
        labels=[Label(rule.span_of("id"), "active at the same time") for rule in others[:MOST_LABELS]],
        notes=[f"{listed(r.id for r in more)} are active together {described(s)} too" for s, more in later],
        help="write one rule with a rate table, or let one rule end before the next starts",
    )


LINT = Lint("multiple-order-rules", Severity.WARNING, check)
