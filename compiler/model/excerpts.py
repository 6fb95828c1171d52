"""Stretches of conditions as messages quote them."""

from __future__ import annotations

from ..syntax.condition_text import condition_text
from ..syntax.tree import Expression

_LONGEST = 40


def excerpt(expression: Expression) -> str:
    """An expression in backticks, on one line, cut short if it is long."""
    return shortened(condition_text(expression))


def shortened(text: str) -> str:
    """A text in backticks, on one line, cut short if it is long."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}`"
