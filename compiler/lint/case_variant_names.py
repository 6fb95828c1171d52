"""Two tier names differ only in case or spacing.

## What it finds

Tiers whose names are the same but for upper and lower case, and for spaces.

## Why

A CSV import of tiers matches names exactly. With `Gold` and `gold` in one program a slip of the shift key moves
customers to another tier than was meant, and nothing tells.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: gold, name: Gold}
    - {id: more-gold, name: gold, when: spend >= 500}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: gold, name: Gold}
    - {id: more-gold, name: Gold Plus, when: spend >= 500}
```

## What to do

Give one of the tiers a name that reads differently aloud.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program, Tier
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per name that an earlier tier's resembles, at the later name."""
    first: dict[str, Tier] = {}
    for tier in program.tiers:
        earlier = first.setdefault(_bare(tier.name), tier)
        if earlier is not tier:
            yield _finding(tier, earlier)


def _bare(name: str) -> str:
    """A name without case and spaces."""
    return "".join(unicodedata.normalize("NFC", name).casefold().split())


def _finding(tier: Tier, earlier: Tier) -> Diagnostic:
    return LINT.finding(
        f"the tier names `{earlier.name}` and `{tier.name}` differ only in case or spacing",
        tier.span_of("name"),
        labels=[Label(earlier.span_of("name"), f"the name of `{earlier.id}`")],
        help="name one of them differently: CSV imports match names exactly, case included",
    )


LINT = Lint("case-variant-names", Severity.WARNING, check)
