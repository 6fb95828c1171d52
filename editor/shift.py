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
        """The offset in the first text; none within what is new."""
        return _moved(offset, self.start, self.new_end, self.old_end)

    def to_new(self, span: Span) -> Span | None:
        """A stretch of the first text in the second; none where it was changed."""
        if span.start < self.start < span.end or span.start < self.old_end < span.end:
            return None
        start, end = (_moved(at, self.start, self.old_end, self.new_end) for at in span)
        return None if start is None or end is None else Span(start, end)


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
