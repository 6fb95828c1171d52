"""A comment allows a finding of a name that there is not.

## What it finds

A name in `# tiercel: allow[NAME]: reason` that is no name of a diagnostic.

## Why

A slip of the pen allows nothing. A name of another version of Tiercel allows nothing either.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  # tiercel: allow[inactive-rules]: back in spring
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

Write the name as `tiercel check` prints it, in brackets at the end of a finding. `tiercel explain` lists all names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Edit, Fix, Severity
from .lint import Lint

if TYPE_CHECKING:
    from ..allow.comment import AllowedName
    from ..allow.suppress import Allowed


def check(allowed: Allowed) -> Iterator[Diagnostic]:
    """One finding per unknown name, at the name."""
    for allow in allowed.allows:
        for name in allow.names:
            if name.text not in allowed.severities:
                yield _finding(name, _nearest(allowed, name.text))


def _finding(name: AllowedName, meant: str | None) -> Diagnostic:
    return LINT.finding(
        f"no diagnostic is called `{name.text}`",
        name.span,
        help=f"did you mean `{meant}`?" if meant else "`tiercel explain` lists all names",
        fixes=[Fix(f"write `{meant}`", (Edit(name.span, meant),), safe=False)] if meant else [],
    )


def _nearest(allowed: Allowed, name: str) -> str | None:
    from difflib import get_close_matches  # only for what is wrong

    names = sorted(filter(allowed.can_be_allowed, allowed.severities))
    return next(iter(get_close_matches(name[:100].lower(), names, 1)), None)


LINT = Lint("unknown-allow", Severity.WARNING, check)
