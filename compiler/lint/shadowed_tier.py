"""Whoever qualifies for a tier qualifies for a higher one too, so nobody is ever in it.

## What it finds

A tier whose condition holds only where that of a higher tier, or of one of several higher ones, holds as well.
Customers get the highest tier that they qualify for.

## Why

Usually a threshold has a digit too few, or the tiers are in the wrong order: the lowest comes first. The tier's rates
and rewards are never given.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
    - {id: platinum, name: Platinum, when: spend >= 300}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: platinum, name: Platinum, when: spend >= 300}
    - {id: gold, name: Gold, when: spend >= 500}
```

## What to do

Put the tiers in order, lowest first, or raise what the higher tier asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import analysis
from ..diagnostics import Diagnostic, Label, Severity
from ..model.condition import Condition
from ..model.tree import Program, Tier
from .lint import Lint
from .words import listed, tier_ids


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier that higher ones leave nobody for, at its condition."""
    if sum(tier.when is not None for tier in program.tiers) > 1:
        ladder = analysis.analysis_of(program).ladder
        for tier in program.tiers:
            if tier.when and ladder.standings[tier.index] is analysis.Standing.SHADOWED:
                yield _finding(program, tier, tier.when, ladder.shadows(tier.index))


def _finding(program: Program, tier: Tier, when: Condition, higher: Sequence[int]) -> Diagnostic:
    ids = listed(tier_ids(program, higher), "or")
    return LINT.finding(
        f"nobody is ever in `{tier.id}`: who qualifies for it qualifies for {ids} too, and gets the higher tier",
        when.span,
        labels=[
            Label(t.span_of("when"), f"this holds for {'all' if len(higher) == 1 else 'some'} of them")
            for t in program.tiers
            if t.index in higher
        ],
        notes=_example(program, when, higher),
        help="put the tiers in order, lowest first, or ask for more in the higher one",
    )


def _example(program: Program, when: Condition, higher: Sequence[int]) -> list[str]:
    """A customer who qualifies for the tier, and the tier that such a customer gets."""
    from .facts import customer

    ladder = analysis.analysis_of(program).ladder
    for index in reversed(higher):
        terms = [when.term, ladder.conditions[index]]
        found = analysis.can_hold(program, terms)
        if isinstance(found, analysis.Possible):
            got = ladder.tier_of(found.values)
            if got is not None:
                return [f"{customer(program, terms, found.values)} gets `{program.tiers[got].id}`"]
    return []


LINT = Lint("shadowed-tier", Severity.ERROR, check)
