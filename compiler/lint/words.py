"""How findings write ids, amounts and points."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..model.stretches import stretch
from ..model.tree import Program, Tier
from ..source import Span

MOST_LISTED = 8


def listed(words: Iterable[str], conjunction: str = "and") -> str:
    """Words in backticks with commas and a conjunction; of very many, the first ones and how many more."""
    quoted = [f"`{word}`" for word in words]
    if len(quoted) > MOST_LISTED:
        quoted[MOST_LISTED - 1 :] = [f"{len(quoted) - MOST_LISTED + 1} more"]
    *head, last = quoted
    return f"{', '.join(head)} {conjunction} {last}" if head else last


def tier_ids(program: Program, tiers: Iterable[int]) -> list[str]:
    """The ids of tiers given by index."""
    return [program.tiers[tier].id for tier in tiers]


def money(program: Program, minor: int) -> str:
    """An amount with the currency's decimals and code."""
    decimals = program.currency.decimals
    whole, part = divmod(minor, 10**decimals)
    text = f"{whole}.{part:0{decimals}}" if decimals else str(whole)
    return f"{text} {program.currency.code}"


def points(program: Program, count: int) -> str:
    """A number of points, called what the program calls them."""
    one, many = program.points
    return f"{count} {one if count == 1 else many}"


def decimal(number: Fraction | int) -> str:
    """A number with finitely many decimals, as a file writes it."""
    number = Fraction(number)
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    sign, scaled = "-" if number < 0 else "", str(abs(number.numerator * 10**digits // number.denominator))
    scaled = scaled.rjust(digits + 1, "0")
    return (
        f"{sign}{scaled[: len(scaled) - digits]}.{scaled[len(scaled) - digits :]}"
        if digits
        else sign + scaled
    )


MOST_WRITTEN = 60


def written(program: Program, span: Span) -> str:
    """What a part of a condition says, on one line; of a long text, its beginning."""
    text = stretch(program, span)
    return text if len(text) <= MOST_WRITTEN else text[: MOST_WRITTEN - 1] + "…"


def names(tiers: Iterable[Tier]) -> str:
    """The ids of tiers, listed."""
    return listed(tier.id for tier in tiers)
