"""A comment allows a finding that there is not.

## What it finds

A name in `# tiercel: allow[NAME]: reason` under which nothing is found there: on the comment's line, or if it has a line
to itself, on the line below it. Of two comments that allow the same finding, the second is found.

Where some lint left a question open because deciding it would take too long, nothing is said.

## Why

What was allowed has been mended, so the comment tells of something that is no more, and would hide the next finding of
that name without anybody having looked at it. Or the comment stands in the wrong place, and allows nothing.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: everyday, activity: order, points: 1, per: 1}
  # tiercel: allow[inactive-rule]: back in spring
  - {id: reviews, activity: review, points: 20}
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

Delete the comment, or the name that allows nothing; or put it on the line of what is found, or right above that line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Severity
from .lint import Lint

if TYPE_CHECKING:
    from ..allow.comment import Allow, AllowedName
    from ..allow.suppress import Allowed


def check(allowed: Allowed) -> Iterator[Diagnostic]:
    """One finding per comment with names that allow nothing, at the first of them."""
    for allow in allowed.allows if allowed.decided else ():
        unused = [n for n in allow.names if n.span not in allowed.spent and allowed.can_be_allowed(n.text)]
        if unused:
            yield _finding(allowed, allow, unused)


def _finding(allowed: Allowed, allow: Allow, unused: list[AllowedName]) -> Diagnostic:
    from ..allow.comment import without  # few files allow anything

    names = " and no ".join(f"`{text}`" for text in dict.fromkeys(name.text for name in unused))
    elsewhere = _elsewhere(allowed, allow, {name.text for name in unused})
    # Who has put it on the wrong line is to move it, and not to lose the reason that it gives.
    fix = without(allowed.source, allow, unused, safe=elsewhere is None)
    return LINT.finding(
        f"there is no {names} here to allow",
        unused[0].span,
        notes=[elsewhere] if elsewhere else [],
        help=_MOVE if elsewhere else fix.message,
        fixes=[fix],
    )


_MOVE = "an allow stands on the line of what is found, or right above it"


def _elsewhere(allowed: Allowed, allow: Allow, names: set[str]) -> str | None:
    """Where the nearest finding is that may have been meant."""
    line_of = allowed.source.line
    here = line_of(allow.span.start)
    others = [d for d in allowed.remaining if d.name in names and d not in allowed.overdue]
    near = [at for at in ((line_of(d.span.start), d.name) for d in others) if abs(at[0] - here) <= _NEAR]
    if not near:
        return None
    line, name = min(near, key=lambda at: abs(at[0] - here))
    return f"`{name}` is found on line {line}"


# So many lines from where it is found somebody may put an allow by mistake: above the rule, or the tier.
_NEAR = 12


LINT = Lint("unused-allow", Severity.WARNING, check)
