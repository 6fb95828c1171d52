"""A customer can qualify for a tier and yet not retain it on the same metrics.

## What it finds

A `retain` that fails for some customer for whom the tier's `when` holds. The finding shows one.

## Why

`retain` is there to make keeping a tier easier than reaching it. Who qualifies in a window has the tier through the
next one in any case, so the part of `retain` that asks for more than `when` does is never what decides, and reads as
if it were.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  window: calendar_year
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 100, retain: spend >= 200}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  window: calendar_year
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 200, retain: spend >= 100}
```

## What to do

Ask for no more in `retain` than in `when`, or leave `retain` out: then `when` stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Label, Severity
from ..model.condition import Condition, Not
from ..model.tree import Program, Tier
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier that can be reached and not retained, at its `retain`."""
    for tier in program.tiers:
        if tier.when and tier.retain:
            terms = [tier.when.term, Not(tier.retain.term, tier.retain.span)]
            found = analysis.can_hold(program, terms)
            if isinstance(found, analysis.Possible):
                from .facts import customer

                yield _finding(tier, tier.retain, customer(program, terms, found.values))


def _finding(tier: Tier, retain: Condition, who: str) -> Diagnostic:
    return LINT.finding(
        f"a customer can qualify for `{tier.id}` and not retain it on the same metrics",
        retain.span,
        labels=[Label(tier.span_of("when"), "asks for less")],
        notes=[f"{who} does"],
        help="ask for no more in `retain` than in `when`, or leave `retain` out",
    )


LINT = Lint("retain-harder-than-when", Severity.WARNING, check)
