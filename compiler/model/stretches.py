"""The conditions that a program states, and the text of their parts without the escapes of YAML's quotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from ..source import SourceFile, Span
from ..syntax.placed import WHITE, place
from ..syntax.tree import Kind, Scalar, Style
from .condition import Condition
from .tree import Program

_LINES = re.compile(f"[{WHITE}]+")
# By the quote of a scalar, and what in it is written otherwise than it means.
_STYLES = {"'": (Style.SINGLE, "''"), '"': (Style.DOUBLE, "\\")}


def conditions(program: Program) -> Iterator[Condition]:
    """The conditions of `exclude`, of the tiers, and of all rules, active or not."""
    parts: list[Condition | None] = []
    if program.exclude:
        parts += [program.exclude.customers, program.exclude.orders, program.exclude.items]
    for tier in program.tiers:
        parts += [tier.when, tier.retain]
    for rule in program.rules:
        parts += [rule.items, rule.contains, rule.when]
    yield from (condition for condition in parts if condition)


def stretch(program: Program, span: Span) -> str:
    """What a part of a condition says, as it is written but on one line and without escapes."""
    return stretch_of(program.source, span, conditions(program))


def stretch_of(source: SourceFile, span: Span, conditions: Iterable[Condition]) -> str:
    """The same for a part of one of these conditions."""
    text = source.text[span.start : span.end]
    if any(escape in text for _, escape in _STYLES.values()):
        around = (c for c in conditions if c.span.start <= span.start and span.end <= c.span.end)
        if whole := next(around, None):
            text = _unescaped(source, whole, span)
    return _LINES.sub(" ", text)


def _unescaped(source: SourceFile, condition: Condition, span: Span) -> str:
    text = source.text[span.start : span.end]
    style, escape = _STYLES.get(source.text[condition.span.start], (Style.PLAIN, ""))
    if style is Style.PLAIN or escape not in text:
        return text
    placed = place(source, Scalar(Kind.TEXT, condition.text, condition.span, style))
    return placed.text[bisect_left(placed.starts, span.start) : bisect_left(placed.ends, span.end) + 1]
