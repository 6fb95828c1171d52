"""From two texts to the edits that make one of the other: whole lines, as few as a quick look finds.

Lines that either text has once are matched, in the longest order that both have; between them the lines in common
at the beginning and the end stay. So it takes about as long as sorting, whatever the texts are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from ..diagnostics import Edit
from ..source import Span


def line_edits(old: str, new: str) -> list[Edit]:
    """Edits of `old`, in order, after which it is `new`; none where they are equal."""
    before, after = _lines(old), _lines(new)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    return [Edit(Span(starts[a], starts[b]), "".join(after[c:d])) for a, b, c, d in _differing(before, after)]


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches `before[a:b]` that become `after[c:d]`."""
    a = c = 0
    for b, d in (*_anchors(before, after), (len(before), len(after))):
        start, other = a, c
        a, c = b + 1, d + 1
        while start < b and other < d and before[start] == after[other]:
            start, other = start + 1, other + 1
        while start < b and other < d and before[b - 1] == after[d - 1]:
            b, d = b - 1, d - 1
        if start < b or other < d:
            yield start, b, other, d


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places with the same line, unique on both sides; both sides rise."""
    there = {line: place for place, line in enumerate(after)}
    once, only = Counter(before), Counter(after)
    pairs = [
        (place, there[line]) for place, line in enumerate(before) if once[line] == 1 and only.get(line) == 1
    ]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs whose second numbers rise as their first do."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before[index] = last[at - 1] if at else -1
        ends[at : at + 1] = [place]
        last[at : at + 1] = [index]
    chosen, index = [], last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _lines(text: str) -> list[str]:
    """The lines of a text, each with its end."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
