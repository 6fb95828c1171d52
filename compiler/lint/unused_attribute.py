"""A customer attribute is declared, and no condition reads it.

## What it finds

A name under `customer` that occurs in no condition of the program, inactive rules included.

## Why

Either the condition that was to use it is missing, or reads another name; or the attribute has been left over, and
whoever sends it does so in vain.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
customer:
  wholesale: boolean
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
customer:
  wholesale: boolean
exclude:
  customers: customer.wholesale
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
```

## What to do

Use it in a condition, as `customer.NAME`, or take the declaration out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..model.condition import references
from ..model.mending import without_key
from ..model.stretches import conditions
from ..model.tree import Program
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per attribute, at its name."""
    read = {name.path for condition in conditions(program) for name in references(condition.term)}
    for attribute in program.attributes:
        if f"customer.{attribute.name}" not in read:
            yield LINT.finding(
                f"no condition reads the attribute `{attribute.name}`",
                attribute.span,
                help=f"read it as `customer.{attribute.name}`, or take it out",
                fixes=without_key(program.source.text, program.node, "customer", attribute.name),
            )


LINT = Lint("unused-attribute", Severity.INFO, check)
