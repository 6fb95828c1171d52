"""The comments of a file: what its scalars leave over of it, from each `#` to the end of its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..source import Span
from .characters import line_end
from .tree import Comment


def comments_between(text: str, scalars: Iterable[Span]) -> Iterator[Comment]:
    """The comments outside of the scalars, which come in file order and do not overlap."""
    start = 0
    for span in (*scalars, Span(len(text), len(text))):
        yield from _comments_in(text, start, span.start)
        start = max(start, span.end)


def _comments_in(text: str, start: int, stop: int) -> Iterator[Comment]:
    while (start := text.find("#", start, stop)) != -1:
        end = line_end(text, start)
        yield Comment(text[start:end], Span(start, end))
        start = end
