"""Where a place of one version of a text is in another, as far as what stands around it is the same."""

from __future__ import annotations

from dataclasses import dataclass

from ..compiler.source import Span


@dataclass(frozen=True)
class Shift:
    """Two texts that differ in one stretch: `start..old_end` of the first is `start..new_end` of the second."""

    start: int
    old_end: int
    new_end: int

    @staticmethod
    def between(old: str, new: str) -> Shift:
        """The shortest such stretch."""
        start = _same(old, new)
        # What is the same at the end may not reach into what is the same at the start.
        end = _same(old[start:][::-1], new[start:][::-1])
        return Shift(start, len(old) - end, len(new) - end)

    def to_old(self, offset: int) -> int | None:
        """The offset in the first text of the character at one in the second; none within what is new."""
        if offset >= self.new_end:
            return offset - self.new_end + self.old_end
        return offset if offset <= self.start else None

    def to_new(self, span: Span) -> Span | None:
        """A stretch of the first text in the second; none where it was changed."""
        if span.start < self.old_end and self.start < span.end:
            return None
        by = 0 if span.end <= self.start else self.new_end - self.old_end
        return Span(span.start + by, span.end + by)

    def around(self, span: Span) -> Span:
        """A stretch of the first text in the second, with what was written in it."""
        start = _moved(span.start, self.start, self.old_end, self.new_end)
        end = _moved(span.end, self.start, self.old_end, self.new_end)
        if span.start <= self.start and span.end >= self.old_end:
            end = span.end - self.old_end + self.new_end
        return Span(self.start if start is None else start, self.new_end if end is None else end)


def _same(one: str, other: str) -> int:
    """How many characters at the start of two texts are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _moved(offset: int, start: int, end: int, other_end: int) -> int | None:
    if offset <= start:
        return offset
    return offset - end + other_end if offset >= end else None
