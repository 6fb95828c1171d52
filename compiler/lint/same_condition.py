"""Two tiers have conditions that hold of the same customers.

## What it finds

Two conditions that are equivalent, however they are written.

## Why

Customers get the higher of the two, so nobody is ever in the lower one. One of them was copied and not changed.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 300 and orders >= 2}
    - {id: platinum, name: Platinum, when: not (orders < 2 or spend < 300)}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 300 and orders >= 2}
    - {id: platinum, name: Platinum, when: spend >= 900 and orders >= 6}
```

## What to do

Ask for more in the higher tier.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program, Tier
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per tier whose condition an earlier tier has already, at the later one."""
    if sum(tier.when is not None for tier in program.tiers) > 1:
        ladder = analysis.analysis_of(program).ladder
        for tier in program.tiers:
            if ladder.standings.get(tier.index) is analysis.Standing.SAME:
                other = ladder.equal_to(tier.index)
                if other is not None and other < tier.index:
                    yield _finding(tier, program.tiers[other])


def _finding(tier: Tier, other: Tier) -> Diagnostic:
    return LINT.finding(
        f"`{tier.id}` has the same condition as `{other.id}`: who qualifies for one qualifies for the other",
        tier.span_of("when"),
        labels=[Label(other.span_of("when"), f"nobody is ever in `{other.id}`, the lower tier")],
        help=f"ask for more in `{tier.id}`, or make one tier of the two",
    )


LINT = Lint("same-condition", Severity.ERROR, check)
