"""The day is over until which a finding was allowed.

## What it finds

A comment `# tiercel: allow[NAME] until DATE: reason` that found something to allow, where the day given by
`tiercel check --today` is later than DATE. What it allowed is reported again beside this. Without `--today` nothing
expires, since `check` reads no clock.

## Why

What was to be right for a while is still there after it, and nobody may have looked at it since.

## Bad

With `--today 2027-02-01`, or any later day:

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
  # tiercel: allow[inactive-rule] until 2027-01-31: no reviews over the holidays
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

Mend what was allowed and delete the comment; or if there is still a reason, give a later day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Severity
from .lint import Lint

if TYPE_CHECKING:
    from ..allow.suppress import Allowed


def check(allowed: Allowed) -> Iterator[Diagnostic]:
    """One finding per allow that has expired and found something, at its day."""
    for allow in allowed.allows:
        spent = any(name.span in allowed.spent for name in allow.names)
        if spent and allow.until_span and allow.expired(allowed.today):
            yield LINT.finding(
                f"this was allowed until `{allow.until}`, and it is `{allowed.today}`",
                allow.until_span,
                help="mend what was allowed and delete the comment, or give a later day",
            )


LINT = Lint("expired-allow", Severity.WARNING, check)
