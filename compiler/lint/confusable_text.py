r"""A text holds letters that look like others, or characters that nobody can see.

## What it finds

Names, perks and other texts, and texts in conditions, with an invisible character (zero width spaces, soft hyphens,
marks that change the direction of writing), or with a word that mixes Latin letters with Cyrillic or Greek ones that look
the same.

Texts wholly in one script, and scripts side by side in one text, are left alone; so are the invisible parts of emoji
and of scripts that are spelled with them.

## Why

Such texts come from copying and pasting. Texts compare exactly: a tag that reads `vip` and is not `vip` matches nobody,
and a tier whose name cannot be typed cannot be imported.

## Bad

The escape stands for a Cyrillic letter that looks like the Latin `o`:

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: "G\u043eld", when: spend >= 500}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
```

## What to do

Type the text again, by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..model.tree import Program
from ..source import Span
from ..syntax.tree import Kind, Scalar
from .lint import Lint
from .lookalikes import Oddity, oddities
from .scalars import values


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per text, at the first odd word or character in it."""
    for scalar in values(program.document):
        if scalar.kind is Kind.TEXT and not scalar.text.isascii():
            odd = min(oddities(scalar.text), key=lambda o: o.start, default=None)
            if odd:
                yield _finding(program, scalar, odd)


def _finding(program: Program, scalar: Scalar, odd: Oddity) -> Diagnostic:
    return LINT.finding(
        f"this text has {odd.reason}",
        _span(program, scalar, scalar.text[odd.start : odd.end]),
        help="type it again: texts compare exactly, whatever they look like",
    )


def _span(program: Program, scalar: Scalar, odd: str) -> Span:
    """The odd stretch where the file has it as it is, rather than escaped; else the whole scalar."""
    start = program.source.text.find(odd, *scalar.span)
    return scalar.span if start == -1 else Span(start, start + len(odd))


LINT = Lint("confusable-text", Severity.WARNING, check)
