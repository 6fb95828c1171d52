"""What a rule earns, in a form in which equal functions are equal, and whose steps can be found directly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..model.tree import Round
from ..node import Node, node
from .earning import Earning, points_of


@node
class Staircase(Node):
    """Points on an amount (minor units): (slope * (amount // width) + start) // over, and at most `most`.

    `slope` and `over` have no common divisor and `start` is less than `over`, so that no two of these are the same
    function but where `most` is. A constant has the slope 0, and its points as `start`.
    """

    width: int
    slope: int
    start: int
    over: int
    most: int | None

    def at(self, amount: int) -> int:
        """The points on an amount."""
        points = (self.slope * (amount // self.width) + self.start) // self.over
        return points if self.most is None else min(points, self.most)

    def least_amount(self, points: int) -> int:
        """The least amount that would earn at least so many points, 1 or more, without `most`. Not for constants."""
        return self.width * -((self.start - points * self.over) // self.slope)

    @property
    def capped_from(self) -> int | None:
        """The least amount that earns `most`."""
        return None if self.most is None or not self.slope else self.least_amount(self.most)

    @property
    def period(self) -> int:
        """The number of minor units after which the steps repeat, each higher by the same."""
        return self.width * self.over

    @property
    def per_unit(self) -> Fraction:
        """The points on one minor unit, in the long run."""
        return Fraction(self.slope, self.over * self.width)

    @property
    def most_above(self) -> Fraction:
        """By how much the points exceed amount * `per_unit` at most, `most` aside."""
        return Fraction(self.start, self.over)

    @property
    def most_below(self) -> Fraction:
        """By how much they fall short of it at most: what rounding takes, and a `width` that is not full."""
        return Fraction(self.over - 1 - self.start, self.over) + self.per_unit * (self.width - 1)


def staircase(earning: Earning) -> Staircase:
    """The same function of the amount."""
    rate = earning.rate * earning.multiplier
    if earning.per is None or not rate or earning.max_points == 0:
        return Staircase(1, 0, points_of(earning, 0), 1, None)
    in_steps = earning.round is Round.STEPS
    step = rate if in_steps else rate / earning.per
    width = earning.per if in_steps else 1
    return Staircase(width, step.numerator, _start(earning.round, step), step.denominator, earning.max_points)


def _start(mode: Round, step: Fraction) -> int:
    """What is added before rounding down. Half of an odd number may lose its half: all else is whole."""
    match mode:
        case Round.DOWN:
            return 0
        case Round.UP:
            return step.denominator - 1
        case Round.NEAREST | Round.STEPS:
            return step.denominator // 2


def jumps(stairs: Staircase, weight: int, after: int) -> Iterator[tuple[int, int]]:
    """Each amount above `after` on which the points change, and by how much, times `weight`; `most` aside.

    Without end. Not for constants.
    """
    width, slope, start, over = stairs.width, stairs.slope, stairs.start, stairs.over
    points = (slope * (after // width) + start) // over
    while True:
        full = -((start - (points + 1) * over) // slope)  # widths, as in `least_amount`
        before, points = points, (slope * full + start) // over
        yield full * width, weight * (points - before)
