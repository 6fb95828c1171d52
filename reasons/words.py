"""Says parts of a program in a few words that fit on one line of a terminal, whatever their author wrote."""

from __future__ import annotations

from fractions import Fraction

from ..compiler.model import words
from ..compiler.model.condition import Condition
from ..compiler.model.tree import Program, Reward, Rule
from ..compiler.model.words import amount, decimal, limit, money, stretch
from ..compiler.report.cells import visible

# What has no text of the author's in it needs nothing to be shown.
__all__ = ["amount", "condition", "decimal", "limit", "money", "points", "rate", "reward", "stretch"]


def points(number: Fraction, program: Program) -> str:
    """`1 point`, `1.25 points`, in the program's own words."""
    return visible(words.points(number, program))


def rate(number: Fraction, rule: Rule, program: Program) -> str:
    """What a rule gives at a rate: `2 points per 1.00`, `50 points per order`, `20 points`."""
    return visible(words.rate(number, rule, program))


def condition(stated: Condition) -> str:
    """A condition as written, on one line."""
    return visible(words.condition(stated))


def reward(given: Reward, program: Program) -> str:
    """`250 points`, `15% off`, `gift card of 10.00 (Birthday treat)`."""
    return visible(words.reward(given, program))
