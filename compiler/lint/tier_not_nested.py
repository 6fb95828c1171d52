"""A customer can qualify for a tier without qualifying for the one below it.

## What it finds

A tier whose condition some customer satisfies who does not satisfy that of the tier below. The finding shows one.

## Why

It can be meant: tiers need not be climbed one by one. But where each tier is to ask for more than the one before, a
clause is missing, and such a customer falls past the tier below when the higher one lapses.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 300}
    - {id: platinum, name: Platinum, when: orders >= 5}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 300}
    - {id: platinum, name: Platinum, when: spend >= 300 and orders >= 5}
```

## What to do

Add what the tier below asks for, if members are to climb from tier to tier. Otherwise nothing has to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .. import analysis
from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program, Tier
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier with a customer whom the one below it would not have, at its condition."""
    tiers = [tier for tier in program.tiers if not tier.invite_only]
    if sum(tier.when is not None for tier in tiers) > 1:
        ladder = analysis.analysis_of(program).ladder
        usual = [tier for tier in tiers if ladder.usual(tier.index)]
        for below, tier in pairwise(usual):
            found = _not_below(program, tier, below)
            if found:
                yield _finding(tier, below, found)


def _not_below(program: Program, tier: Tier, below: Tier) -> str | None:
    """A customer who satisfies a tier and not the one below it."""
    from .facts import customer

    assert tier.when is not None
    verdict = analysis.analysis_of(program).ladder.not_nested(tier.index, below.index)
    if not isinstance(verdict, analysis.Possible) or below.when is None:
        return None
    return customer(program, [tier.when.term, below.when.term], verdict.values)


def _finding(tier: Tier, below: Tier, who: str) -> Diagnostic:
    return LINT.finding(
        f"a customer can qualify for `{tier.id}` and not for `{below.id}`, the tier below",
        tier.span_of("when"),
        labels=[Label(below.span_of("when"), "the tier below")],
        notes=[f"{who} does"],
        help=f"where tiers are to be climbed one by one, add what `{below.id}` asks for",
    )


LINT = Lint("tier-not-nested", Severity.INFO, check)
