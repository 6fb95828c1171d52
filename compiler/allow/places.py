"""Which lines an allow can stand on for a finding, and for which line an allow stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..node import Node, node
from ..source import SourceFile, Span
from ..syntax.tree import Comment, Document, Scalar
from ..syntax.way import way

# What may stand before a comment that is about the lines below it: nothing, or the dash of an item that follows.
_NOTHING = re.compile(r"[ \t-]*")


@node
class Lines(Node):
    """The lines of a finding: where what it points at, or its key, begins; and where what has an end of its own ends."""

    first: frozenset[int]
    last: int | None


def lines_of(source: SourceFile, document: Document, span: Span) -> Lines:
    """The lines of a place in a document, counted from 1.

    A place within a text over several lines is that text: its key's line is one of its lines.
    """
    first, last = {span.start}, None
    steps = way(document.root, span)
    if steps:
        entry, value = steps[-1].entry, steps[-1].value
        first |= {entry.key.span.start} if entry else set()
        if isinstance(value, Scalar) or source.text[value.span.start] in "[{":
            first.add(value.span.start)
            last = source.line(max(value.span.start, value.span.end - 1))
    return Lines(frozenset(map(source.line, first)), last)


def targets(source: SourceFile, comments: Iterable[Comment]) -> dict[Span, int]:
    """For each comment the line that it is about: its own, or if it has that to itself, the next without one.

    So comments can be stacked, and a reason can go on over several lines; an empty line ends the stack.
    """
    found: dict[Span, int] = {}
    waiting: list[Span] = []
    for comment in comments:
        line, column = source.position(comment.span.start)
        if waiting and found[waiting[-1]] != line:
            waiting.clear()
        if not _NOTHING.fullmatch(source.text[comment.span.start - column + 1 : comment.span.start]):
            found[comment.span] = line
            continue
        waiting.append(comment.span)
        found.update(dict.fromkeys(waiting, line + 1))
    return found
