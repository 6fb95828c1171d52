"""A comment was meant to allow a finding, and does not.

## What it finds

A comment that begins as an allow does, and is none: it gives no reason, its day is no day, a bracket or a word is wrong;
or it names something that cannot be allowed, which are errors, and what is found about allows themselves.

## Why

It allows nothing, and whoever wrote it believes that it does.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  # tiercel: allow[inactive-rule]
  - {id: everyday, activity: order, points: 1, per: 1}
```

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  # tiercel: alow[inactive-rule]: back in spring
  - {id: everyday, activity: order, points: 1, per: 1}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
  # tiercel: allow[inactive-rule]: back in spring
  - {id: reviews, activity: review, points: 20, active: false}
```

## What to do

Write `# tiercel: allow[NAME]: REASON`, or `# tiercel: allow[NAME] until 2027-01-31: REASON`. Several names have commas
between them. An error has to be mended: nothing can be built from a program that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Severity
from .lint import Lint

if TYPE_CHECKING:
    from ..allow.suppress import Allowed


def check(allowed: Allowed) -> Iterator[Diagnostic]:
    """One finding per comment that is wrong, at the part that is, and per name that cannot be allowed."""
    from ..allow.comment import without  # few files allow anything

    for slip in allowed.slips:
        yield LINT.finding(slip.message, slip.span, help=slip.help, fixes=slip.fixes)
    for allow in allowed.allows:
        for name in allow.names:
            message = _refusal(allowed, name.text)
            if message:
                fix = without(allowed.source, allow, [name])
                yield LINT.finding(message, name.span, help=_HELP, fixes=[fix])


_HELP = "only warnings and infos about the program can be allowed"


def _refusal(allowed: Allowed, name: str) -> str | None:
    if name in allowed.about_allows:
        return f"`{name}` is about allows, and cannot be allowed itself"
    if allowed.severities.get(name) is Severity.ERROR:
        return f"`{name}` is an error, and errors cannot be allowed"
    return None


LINT = Lint("bad-allow", Severity.WARNING, check)
