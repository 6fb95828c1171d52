"""Sets of whole numbers as tuples of closed intervals: in order, apart from each other, never empty ones.

`FAR` stands for no bound: no value lies beyond it on either side.
"""

from __future__ import annotations

Intervals = tuple[tuple[int, int], ...]

FAR = 10**120
# No number of a condition may be larger: sums of them, decimals in tiny units, have to stay well within `FAR`.
MOST = 10**100
EVERYTHING: Intervals = ((-FAR, FAR),)
NOTHING: Intervals = ()


class TooLarge(Exception):
    """A condition has a number past `MOST`; nothing is decided about it."""


def within_reach(number: int) -> int:
    """The number itself; raises `TooLarge`."""
    if abs(number) > MOST:
        raise TooLarge
    return number


def between(low: int, high: int) -> Intervals:
    """The numbers from `low` to `high`, both among them."""
    return ((low, high),) if low <= high else NOTHING


def of_values(values: set[int]) -> Intervals:
    """The set of just these numbers."""
    return merged(tuple((value, value) for value in sorted(values)))


def merged(pieces: Intervals) -> Intervals:
    """Ordered intervals, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for low, high in pieces:
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def complement(numbers: Intervals) -> Intervals:
    """All other numbers."""
    found: list[tuple[int, int]] = []
    low = -FAR
    for start, end in numbers:
        if low < start:
            found.append((low, start - 1))
        low = end + 1
    if low <= FAR:
        found.append((low, FAR))
    return tuple(found)


def intersection(one: Intervals, other: Intervals) -> Intervals:
    """The numbers of both."""
    if len(one) == 1 and len(other) == 1:  # nearly all are
        low, high = max(one[0][0], other[0][0]), min(one[0][1], other[0][1])
        return ((low, high),) if low <= high else NOTHING
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(other):
        low, high = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if low <= high:
            found.append((low, high))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def union(one: Intervals, other: Intervals) -> Intervals:
    """The numbers of either."""
    return merged(tuple(sorted(one + other)))


def holds(numbers: Intervals, value: int) -> bool:
    """Whether the value is one of the numbers."""
    return any(low <= value <= high for low, high in numbers)
