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
from ..model.written import Text, texts
from ..source import Span
from .lint import Lint
from .lookalikes import Oddity, oddities


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per text, at the first odd word or character in it."""
    for text in texts(program):
        odd = min(oddities(text.value), key=lambda o: o.start, default=None)
        if odd:
            yield _finding(program, text, odd)


def _finding(program: Program, text: Text, odd: Oddity) -> Diagnostic:
    return LINT.finding(
        f"this text has {odd.reason}",
        _span(program, text, text.value[odd.start : odd.end]),
        help="type it again: texts compare exactly, whatever they look like",
    )


def _span(program: Program, text: Text, odd: str) -> Span:
    """The odd stretch where the file has it as it is, rather than escaped; else the whole text."""
    start = program.source.text.find(odd, *text.span)
    return text.span if start == -1 else Span(start, start + len(odd))


LINT = Lint("confusable-text", Severity.WARNING, check)
