"""What one rule earns on an amount: exactly, as the runtime computes it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from ..model.tree import Round, Rule
from ..node import Node, node

ONCE = Fraction(1)

_HALF = Fraction(1, 2)


@node
class Earning(Node):
    """What one rule earns as a function of the amount that it multiplies.

    `rate` is points for each `per`, which is minor units, or the fixed points where `per` is none. `multiplier`
    is that of the campaign that runs, 1 without one.
    """

    rate: Fraction
    multiplier: Fraction
    per: int | None
    round: Round
    max_points: int | None


def earning_of(rule: Rule, tier: int, multiplier: Fraction = ONCE) -> Earning:
    """What the rule earns for a member in the tier, which it has to match."""
    rate = rule.rates[tier] if rule.table else rule.rates[0]
    return Earning(rate, multiplier, rule.per, rule.round, rule.max_points)


def points_of(earning: Earning, amount: int) -> int:
    """The points on an amount in minor units, not negative. They never fall as the amount grows."""
    earned = _rounded(earning, amount)
    return earned if earning.max_points is None else min(earned, earning.max_points)


def _rounded(earning: Earning, amount: int) -> int:
    rate = earning.rate * earning.multiplier
    if earning.per is None:
        return floor(rate + _HALF)
    match earning.round:
        case Round.DOWN:
            return floor(rate * amount / earning.per)
        case Round.UP:
            return ceil(rate * amount / earning.per)
        case Round.NEAREST:
            return floor(rate * amount / earning.per + _HALF)
        case Round.STEPS:
            return floor(rate * (amount // earning.per) + _HALF)
