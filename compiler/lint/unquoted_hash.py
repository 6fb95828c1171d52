"""A text was cut short at a `#` that YAML takes for a comment.

## What it finds

A text without quotes that a comment follows, where the comment may have been meant as part of the text: a condition with
a single space before the `#`; or a name, a perk or another text of your own with a single space before the `#` and none
after it, as in `Perk #1`.

Comments that two or more spaces set apart are never reported, nor are comments behind values that no `#` can be part of,
such as ids and time zones.

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

from ..diagnostics import Diagnostic, Edit, Fix, Label, Severity
from ..model.mending import write
from ..model.stretches import conditions
from ..model.tree import Program
from ..model.written import Text, texts
from ..source import Span
from .lint import Lint

# The keys of texts that can hold a `#`; conditions aside.
_FREE = frozenset({"name", "one", "many", "perks", "product", "one_of"})
# What directives to the checker begin with: those are never meant as text.
_DIRECTIVE = re.compile(r"#\s*tiercel:")


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per text that a comment cut short, at the text."""
    if not program.document.comments:
        return
    in_conditions = {condition.span for condition in conditions(program)}
    for text in texts(program):
        condition = text.span in in_conditions
        if not (condition or text.key in _FREE):
            continue
        if text.comment and _meant_as_text(text.comment.text, condition):
            fix = _set_apart(text) if condition else _in_quotes(program, text, text.comment.span)
            yield _finding(text, text.comment.span, "the condition" if condition else "the text", fix)


def _meant_as_text(comment: str, condition: bool) -> bool:
    if _DIRECTIVE.match(comment):
        return False
    return condition or comment[1:2].strip("#! ") != ""


def _set_apart(text: Text) -> Fix:
    """A condition that can be read ends there: nothing else than a comment can have been meant."""
    end = text.span.end
    return Fix("set the comment apart with two spaces", (Edit(Span(end, end), " "),))


def _in_quotes(program: Program, text: Text, comment: Span) -> Fix:
    """What customers see becomes longer, so that it is for people to choose."""
    whole = Span(text.span.start, comment.end)
    value = program.source.text[whole.start : whole.end].rstrip()
    return write(Span(whole.start, whole.start + len(value)), value, safe=False, as_value=True)


def _finding(text: Text, comment: Span, what: str, fix: Fix) -> Diagnostic:
    return LINT.finding(
        f"{what} ends at the `#`: what follows is a comment to YAML",
        text.span,
        labels=[Label(comment, "not part of it")],
        help=f"put {what} in quotes, or set the comment apart with two spaces",
        fixes=[fix],
    )


LINT = Lint("unquoted-hash", Severity.WARNING, check)
