"""A condition compares something with a value that it can never have.

## What it finds

A text that a `one_of` attribute does not list, a country that is not an upper-case ISO 3166-1 code, a threshold below
zero for something that is never negative.

## Why

Such a comparison always holds or never does, so the condition says less than it seems to. `customer.country == "UK"`
is never true, since the code of the United Kingdom is `GB`, and no order would ever tell.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: GBP}
earn:
  - {id: at-home, activity: order, points: 1, per: 1.00, when: customer.country == "UK"}
```

```yaml
tiercel: 1
program: {name: Corner Shop, currency: GBP}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: orders >= -5 and spend >= 300}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: GBP}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: orders >= 5 and spend >= 300}
earn:
  - {id: at-home, activity: order, points: 1, per: 1.00, when: customer.country == "GB"}
```

## What to do

Compare with a value that can occur; where texts are compared, the message names the nearest. For a `one_of`, add the
text to the attribute's list if it was forgotten there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..model.condition import Comparison, Term, children
from ..model.stretches import conditions
from ..model.tree import Program
from .below_zero import below_zero
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per comparison with a threshold below zero. Texts are looked at when a condition is resolved."""
    for condition in conditions(program):
        for term in _comparisons(condition.term):
            yield from _finding(term)


def _comparisons(term: Term) -> Iterator[Comparison]:
    pending = [term]
    while pending:
        top = pending.pop()
        if isinstance(top, Comparison):
            yield top
        pending.extend(reversed(children(top)))


def _finding(term: Comparison) -> Iterator[Diagnostic]:
    below = below_zero(term)
    if below:
        name, outcome = below
        yield LINT.finding(
            f"`{name.path}` is never negative, so this {outcome} holds",
            term.span,
            help="compare it with a number that it can have, or leave the clause out",
        )


LINT = Lint("literal-out-of-range", Severity.ERROR, check)
