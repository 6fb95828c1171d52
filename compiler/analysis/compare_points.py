"""Whether one set of rules ever earns more than another, or less, on an amount; exactly, without trying them all.

Rules that earn the same are left out first. What remains is cut where rules reach their `max_points`; between those
amounts the difference keeps near a straight line and repeats (see `difference`). So mostly the line tells the sign,
and where it does not, only amounts on which a rule's points jump have to be looked at, for one period at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..node import Node, node
from .budget import Budget, OutOfBudget
from .difference import Interval, Piece, Stretch, Weights, pieces
from .earning import Earning, points_of
from .round_numbers import roundest, roundness
from .staircase import staircase

STEPS = 20_000

_FOR_ROUNDER = 2_000  # steps, at most, for rounder amounts once one is found that will do

_USUAL = (100, 50, 20, 10, 200, 500, 1000)  # whole currency units of an order that anyone can picture


@node
class Example(Node):
    """An amount in minor units, and the points that it earns before and after."""

    amount: int
    old: int
    new: int


@node
class PointsComparison(Node):
    """Amounts that show how the new rules differ from the old: on which they earn `more`, or `less`.

    None means that there is no such amount; but for `more` and `less` only where `decided`: else the steps ran
    out. The other two are the largest differences of a limited range; they are none, too, where the steps ran out.
    """

    more: Example | None
    less: Example | None
    most_gained: Example | None
    most_lost: Example | None
    decided: bool


@node
class _Answer(Node):
    """An amount, if there is one; `certain` where that is the last word."""

    amount: int | None
    certain: bool = True


def compare_points(
    old: Sequence[Earning],
    new: Sequence[Earning],
    amounts: Sequence[Interval],
    up_to: int,
    decimals: int,
    steps: int = STEPS,
) -> PointsComparison:
    """Compare what two sets of rules earn on these amounts, and up to `up_to` by how much they differ at most.

    `amounts` are disjoint and ascending, in minor units, not negative; the last may be without end. `decimals`
    are the currency's. Each of the four questions takes at most `steps` steps.
    """
    usual = [amount * 10**decimals for amount in _USUAL]
    near = _clipped(amounts, up_to)

    def ask(weights: Weights) -> tuple[_Answer, _Answer]:
        largest = _largest(pieces(weights, near), usual, steps)
        return _nearer(_ever_positive(pieces(weights, amounts), usual, steps), largest, up_to), largest

    def example(answer: _Answer) -> Example | None:
        if answer.amount is None:
            return None
        before, after = (sum(points_of(e, answer.amount) for e in side) for side in (old, new))
        return Example(answer.amount, before, after)

    more, most_gained = ask(_weights(old, new))
    less, most_lost = ask(_weights(new, old))
    return PointsComparison(
        example(more), example(less), example(most_gained), example(most_lost), more.certain and less.certain
    )


def _nearer(ever: _Answer, largest: _Answer, up_to: int) -> _Answer:
    """The first answer, but where it is beyond `up_to`, or there is none, the second."""
    if largest.amount is not None and (ever.amount is None or ever.amount > up_to):
        return largest
    return ever


def _weights(minus: Iterable[Earning], plus: Iterable[Earning]) -> Weights:
    """How often each function is in the difference; those of both sides are gone."""
    weights = Counter(map(staircase, plus))
    weights.subtract(map(staircase, minus))
    return weights


def _clipped(amounts: Iterable[Interval], up_to: int) -> list[Interval]:
    return [(low, up_to if high is None else min(high, up_to)) for low, high in amounts if low <= up_to]


def _ever_positive(parts: Sequence[Piece], usual: Sequence[int], steps: int) -> _Answer:
    """An amount on which the difference is positive."""
    amount = _usual_amount(parts, usual, 1)
    if amount is not None:
        return _Answer(amount)
    sure = [part for piece in parts if (part := piece.surely(1))]
    if sure:
        return _Answer(_roundest(sure))
    found: list[Interval] = []
    budget = Budget(steps)
    try:
        for stretch in _positive(parts, budget):
            if not found:
                budget.nodes = min(budget.nodes, _FOR_ROUNDER)
            found.append((stretch.low, stretch.high))
    except OutOfBudget:
        return _Answer(_roundest(found), certain=bool(found))
    return _Answer(_roundest(found))


def _positive(parts: Iterable[Piece], budget: Budget) -> Iterator[Stretch]:
    for piece in parts:
        if perhaps := piece.perhaps(1):
            yield from (s for s in piece.stretches(*perhaps, budget) if s.points > 0)


def _largest(parts: Sequence[Piece], usual: Sequence[int], steps: int) -> _Answer:
    """An amount with the largest difference, where that is positive. The pieces have an end."""
    try:
        found = _peaks(parts, Budget(steps))
    except OutOfBudget:
        return _Answer(None, certain=False)
    if found:
        amount = _usual_amount(parts, usual, found[0].points)
        if amount is not None:
            return _Answer(amount)
    return _Answer(_roundest([(peak.low, peak.high) for peak in found]))


def _peaks(parts: Sequence[Piece], budget: Budget) -> list[Stretch]:
    """Stretches with the largest difference, the first one among them; none where it is nowhere positive."""
    ceiling = max([piece.ceiling for piece in parts], default=0)
    largest = 0
    found: list[Stretch] = []
    try:
        for stretch in _rising(parts, budget):
            if stretch.points > largest:
                largest, found = stretch.points, []
                if largest == ceiling:
                    budget.nodes = min(budget.nodes, _FOR_ROUNDER)
            if stretch.points == largest:
                found.append(stretch)
    except OutOfBudget:
        if not found or largest < ceiling:
            raise
    return found


def _rising(parts: Sequence[Piece], budget: Budget) -> Iterator[Stretch]:
    """Stretches with each a difference not below that of those before; positive ones."""
    # What the ends of the pieces have already leaves less to be looked at.
    ends = [piece.at(end) for piece in parts for end in (piece.low, piece.high) if end is not None]
    largest = max([1, *ends])
    for piece in parts:
        if perhaps := piece.perhaps(largest):
            for stretch in piece.stretches(*perhaps, budget):
                if stretch.points >= largest:
                    largest = stretch.points
                    yield stretch


def _usual_amount(parts: Sequence[Piece], usual: Sequence[int], least: int) -> int | None:
    """The first of the usual amounts on which the difference is at least that."""
    for amount in usual:
        if any(_within(amount, piece) and piece.at(amount) >= least for piece in parts):
            return amount
    return None


def _within(amount: int, piece: Piece) -> bool:
    return piece.low <= amount and (piece.high is None or amount <= piece.high)


def _roundest(among: Iterable[Interval]) -> int | None:
    return min((roundest(*interval) for interval in among), key=roundness, default=None)
