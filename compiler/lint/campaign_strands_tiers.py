"""During a bonus campaign, members of a tier earn nothing on orders.

## What it finds

A campaign during which the only active order rule leaves out a tier: it includes another tier, excludes this one,
or has a condition that no customer in the tier can meet.

## Why

To launch a campaign, all order rules but one have to be inactive. If the one that stays is for some tiers only, the
members of the others earn nothing while everybody else earns double.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
earn:
  - {id: gold-rate, activity: order, points: 2, per: 1, tiers: {exclude: [gold]}, from: 2026-11-01, until: 2026-11-30}
  - {id: everyday, activity: order, points: {silver: 1, gold: 2}, per: 1, from: 2026-12-01}
campaigns:
  - {id: black-friday, multiplier: 2, starts: 2026-11-27, ends: 2026-11-30}
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
campaigns:
  - {id: black-friday, multiplier: 2, starts: 2026-11-27, ends: 2026-11-30}
```

## What to do

Let the rule that is active during the campaign have a rate for every tier: `points` as a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Campaign, Program, Rule
from .lint import Lint
from .matching import can_match
from .stretches import Stretch, stretch_of
from .words import listed, tier_ids


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per campaign and order rule that leaves out tiers during it, at the campaign."""
    for campaign in program.campaigns:
        during = _launched(program, campaign)
        for rule in program.order_rules:
            if during and stretch_of(rule).common(during):
                stranded = [t.index for t in program.tiers if not can_match(program, rule, t.index)]
                if stranded:
                    yield _finding(program, campaign, rule, stranded)


def _launched(program: Program, campaign: Campaign) -> Stretch | None:
    """The part of a campaign in which members are in tiers: until tiers launch nobody is in one."""
    launches = program.vip.launches if program.vip else None
    return Stretch(campaign.starts, campaign.ends).common(Stretch(launches, None))


def _finding(program: Program, campaign: Campaign, rule: Rule, stranded: Sequence[int]) -> Diagnostic:
    return LINT.finding(
        f"during `{campaign.id}` members in {listed(tier_ids(program, stranded))} earn nothing on orders: "
        f"the only active order rule, `{rule.id}`, leaves them out",
        campaign.span_of("id"),
        labels=[Label(rule.span_of("id"), "the only active order rule")],
        help=f"give `{rule.id}` a rate for each tier: `points` as a table, without `tiers`",
    )


LINT = Lint("campaign-strands-tiers", Severity.WARNING, check)
