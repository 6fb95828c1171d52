"""A rule is switched off.

## What it finds

An earning rule with `active: false`. It stays in the file and is checked, but earns nothing.

## Why

Rules are switched off for a campaign, and then forgotten.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
  - {id: reviews, activity: review, points: 20, active: false}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
  - {id: reviews, activity: review, points: 20}
```

## What to do

Take out `active: false` when the rule is to earn again, or delete the rule. A rule that is to pause for a known time can
say so with `from` and `until`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..model.tree import Program
from .lint import Lint


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per rule that is not active, at its `active`."""
    for rule in program.rules:
        if not rule.active:
            yield LINT.finding(
                f"the rule `{rule.id}` is not active",
                rule.span_of("active"),
                help="take out `active: false`, or the rule",
            )


LINT = Lint("inactive-rule", Severity.INFO, check)
