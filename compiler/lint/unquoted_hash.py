"""A text was cut short at a `#` that YAML takes for a comment.

## What it finds

A text without quotes that a comment follows, where the comment may have been meant as part of the text: a condition with
a single space before the `#`; or any text with a single space before the `#` and none after it, as in `Perk #1`.

Comments that two or more spaces set apart are never reported.

## Why

In YAML a `#` after a space begins a comment, and what follows is gone without a word. A perk `Pick #1 of the season`
becomes `Pick`.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - id: silver
      name: Silver
      perks:
        - Pick #1 of the season
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - id: silver
      name: Silver
      perks:
        - "Pick #1 of the season"
```

## What to do

Put the text in quotes. Where a comment is meant, set it apart with two spaces, or give it a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Label, Severity
from ..model.tree import Program
from ..syntax.tree import Comment, Kind, Scalar, Style
from .conditions import conditions
from .lint import Lint
from .scalars import values

# What `tiercel: allow[...]` comments begin with: those are never meant as text.
_ALLOW = re.compile(r"#\s*tiercel:")


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per text that a comment cut short, at the text."""
    comments = {comment.span.start: comment for comment in program.document.comments}
    if not comments:
        return
    in_conditions = {condition.span for condition in conditions(program)}
    for scalar in values(program.document):
        comment = comments.get(scalar.span.end + 1)
        if (
            comment
            and scalar.style is Style.PLAIN
            and scalar.kind is Kind.TEXT
            and _meant_as_text(comment, scalar.span in in_conditions)
        ):
            yield _finding(scalar, comment, scalar.span in in_conditions)


def _meant_as_text(comment: Comment, condition: bool) -> bool:
    if _ALLOW.match(comment.text):
        return False
    return condition or comment.text[1:2].strip("#! ") != ""


def _finding(scalar: Scalar, comment: Comment, condition: bool) -> Diagnostic:
    what = "the condition" if condition else "the text"
    return LINT.finding(
        f"{what} ends at the `#`: what follows is a comment to YAML",
        scalar.span,
        labels=[Label(comment.span, "not part of it")],
        help=f"put {what} in quotes, or set the comment apart with two spaces",
    )


LINT = Lint("unquoted-hash", Severity.WARNING, check)
