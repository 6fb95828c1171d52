"""The number of an interval that a person would pick: 40000 rather than 30001."""

from __future__ import annotations

_FEW_DIGITS = 3


def roundest(low: int, high: int | None) -> int:
    """The roundest number from `low` to `high`, both included; `high` none is without end.

    That is 0 where it is among them; else the end nearer to 0 where it has at most 3 significant digits; else
    the one with the fewest, and of those the nearest to 0.
    """
    if high is not None and high < 0:
        return -roundest(-high, -low)
    if low <= 0:
        return 0
    if significant_digits(low) <= _FEW_DIGITS:
        return low
    return min(_rounded_up(low, high), key=roundness)


def roundness(number: int) -> tuple[int, int]:
    """What sorts rounder numbers first, and smaller ones where they are as round."""
    return significant_digits(number), abs(number)


def significant_digits(number: int) -> int:
    """How many decimal digits are left without the zeros at the end; none of 0."""
    return len(str(abs(number)).rstrip("0"))


def _rounded_up(low: int, high: int | None) -> list[int]:
    """The least multiple of each power of ten that is in the interval: the roundest number is one of them.

    For a rounder one that is not the least of its power, the least has no more digits, and is smaller.
    """
    powers = [10**exponent for exponent in range(len(str(low)) + 1)]
    multiples = [-(-low // power) * power for power in powers]
    return [multiple for multiple in multiples if high is None or multiple <= high]
