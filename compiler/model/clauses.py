"""Deletes a clause from a condition where it is written, with the `and` or `or` that joins it to the others."""

from __future__ import annotations

import re

from ..diagnostics import Edit, Fix
from ..source import SourceFile, Span
from .condition import And, Condition, Not, Or, Term, children
from .excerpts import shortened
from .stretches import stretch_of

# What stands before or behind an operand: the word that joins it, and what encloses no more than it.
_JOINED_BEFORE = {And: re.compile(r"\s*\band\s*$"), Or: re.compile(r"\s*\bor\s*$")}
_JOINED_BEHIND = {And: re.compile(r"\s*and\b\s*"), Or: re.compile(r"\s*or\b\s*")}
_OPENED = re.compile(r"(?:\bnot\b|\()\s*$")
_CLOSED = re.compile(r"\s*\)")


def without_clause(source: SourceFile, condition: Condition, clause: Term) -> list[Fix]:
    """Deletes an operand of `and` or `or`; none where it is not plain to see in the file where it ends."""
    holder = _holder(condition.term, clause)
    if holder is None or not _inside(clause.span, condition.span):
        return []
    text = source.text
    span = _with_parentheses(text, clause.span, condition.span)
    before = _JOINED_BEFORE[type(holder)].search(text, condition.span.start, span.start)
    behind = _JOINED_BEHIND[type(holder)].match(text, span.end, condition.span.end)
    if before:
        whole = Span(before.start(), span.end)
    elif behind:
        whole = Span(span.start, behind.end())
    else:
        return []
    from ..syntax.rewrites import in_scalar

    edits = in_scalar(text, condition.span, (Edit(whole, ""),))
    return [Fix(f"delete {shortened(stretch_of(source, clause.span, [condition]))}", edits, safe=False)]


def _holder(term: Term, clause: Term) -> And | Or | None:
    """The `and` or `or` of which the clause is an operand."""
    if isinstance(term, And | Or) and any(part is clause for part in term.parts):
        return term
    parts = children(term) if isinstance(term, And | Or | Not) else ()
    return next((found for part in parts if (found := _holder(part, clause))), None)


def _inside(part: Span, whole: Span) -> bool:
    return whole.start <= part.start < part.end <= whole.end and part != whole


def _with_parentheses(text: str, span: Span, within: Span) -> Span:
    """The clause with the parentheses around it alone; those that its own text is in may be part of it already."""
    start, end = span
    while True:
        opened = _OPENED.search(text, within.start, start)
        closed = _CLOSED.match(text, end, within.end)
        if not opened or not closed or not opened[0].startswith("("):
            return Span(start, end)
        start, end = opened.start(), closed.end()
