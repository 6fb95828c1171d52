"""The difference of two sums of staircases: its pieces between caps, and where on a piece it can be how large.

On a piece no staircase reaches its cap, so that the difference D keeps near a straight line, and repeats:
D(a + period) = D(a) + period * slope. The largest values are therefore in the last period of a piece where the
slope is positive, else in its first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import merge
from math import ceil, floor, lcm

from ..node import Node, node
from .budget import Budget
from .staircase import Staircase, jumps

Interval = tuple[int, int | None]  # minor units, both ends included; none is without end


@node
class Stretch(Node):
    """Amounts from `low` to `high`, in minor units, on which the difference is the same: `points`."""

    low: int
    high: int
    points: int


@node
class Piece(Node):
    """Amounts from `low` to `high` (none: without end), and there the difference: `constant` and weighted `stairs`.

    None of the stairs reaches its cap on the piece. `slope` is the difference's points per minor unit in the long
    run; from amount * slope it is off by `lowest` at least and by `highest` at most.
    """

    low: int
    high: int | None
    constant: int
    stairs: tuple[tuple[Staircase, int], ...]
    slope: Fraction
    lowest: Fraction
    highest: Fraction

    def at(self, amount: int) -> int:
        """The difference on an amount of the piece."""
        return self.constant + sum(weight * stairs.at(amount) for stairs, weight in self.stairs)

    @property
    def ceiling(self) -> int:
        """What the difference does not exceed, as the straight line alone tells. Not where it rises without end."""
        end = self.high if self.slope > 0 else self.low
        assert end is not None, "without end, there is no ceiling"
        return floor(end * self.slope + self.highest)

    def surely(self, least: int) -> Interval | None:
        """Amounts on which the difference is at least `least`, as the straight line alone tells."""
        return self._part(least - self.lowest)

    def perhaps(self, least: int) -> tuple[int, int] | None:
        """Amounts that are enough to look at: where the difference is `least` or more, it is so on one of these.

        Its largest value is among them too, on the least amount that has it. Not for a piece without end on
        which the difference rises: there it is surely that large.
        """
        part = self._part(least - self.highest)
        if part is None:
            return None
        low, high = part
        if not self.stairs and high is not None:
            return low, high
        period = lcm(*(stairs.period for stairs, _ in self.stairs))
        if self.slope > 0:
            assert high is not None, "without end, a rising difference surely gets there"
            return max(low, high - period + 1), high
        end = low + period - 1
        return low, end if high is None else min(end, high)

    def _part(self, least: Fraction) -> Interval | None:
        """Where amount * slope is at least that."""
        low, high = self.low, self.high
        if self.slope > 0:
            low = max(low, ceil(least / self.slope))
        elif self.slope < 0:
            end = floor(least / self.slope)
            high = end if high is None else min(high, end)
        elif least > 0:
            return None
        return (low, high) if high is None or low <= high else None

    def stretches(self, low: int, high: int, budget: Budget) -> Iterator[Stretch]:
        """The stretches from `low` to `high`, in order; each takes a step of the budget."""
        points = self.at(low)
        for amount, change in merge(*(jumps(stairs, weight, low) for stairs, weight in self.stairs)):
            if amount > high:
                break
            if amount > low:
                budget.spend()
                yield Stretch(low, amount - 1, points)
                low = amount
            points += change
        budget.spend()
        yield Stretch(low, high, points)


Weights = Counter[Staircase]


def pieces(weights: Weights, amounts: Sequence[Interval]) -> list[Piece]:
    """The weighted sum of staircases on these amounts, cut where one reaches its cap."""
    caps = {stairs.capped_from for stairs, weight in weights.items() if weight}
    at = sorted(amount for amount in caps if amount is not None)
    return [_piece(weights, low, high) for interval in amounts for low, high in _cut(interval, at)]


def _cut(interval: Interval, at: Sequence[int]) -> Iterator[Interval]:
    low, high = interval
    for amount in at:
        if low < amount and (high is None or amount <= high):
            yield low, amount - 1
            low = amount
    yield low, high


def _piece(weights: Weights, low: int, high: int | None) -> Piece:
    constant, rising = 0, []
    for stairs, weight in weights.items():
        capped_from = stairs.capped_from
        if not stairs.slope or (capped_from is not None and capped_from <= low):
            constant += weight * stairs.at(low)
        elif weight:
            rising.append((stairs, weight))
    slope = sum((weight * stairs.per_unit for stairs, weight in rising), Fraction(0))
    lowest = constant - _furthest(rising, -1)
    highest = constant + _furthest(rising, 1)
    return Piece(low, high, constant, tuple(rising), slope, lowest, highest)


def _furthest(rising: Sequence[tuple[Staircase, int]], side: int) -> Fraction:
    """How far the stairs together are at most above (`side` 1) or below (-1) their straight lines."""
    furthest = Fraction(0)
    for stairs, weight in rising:
        off = stairs.most_above if weight * side > 0 else stairs.most_below
        furthest += abs(weight) * off
    return furthest
