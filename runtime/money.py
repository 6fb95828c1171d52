"""Money as whole minor units, and rounding of exact ratios. No floats."""

from __future__ import annotations

import re
from decimal import Decimal

_DECIMAL_TEXT = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_MOST_DIGITS = 24  # far beyond any amount of money, and short enough that no text costs time


def minor_units(amount: object, decimals: int) -> int:
    """An amount of a JSON event in minor units: decimal text, or a number by its text.

    Raises ValueError with a reason: not an amount, negative, or more decimals than the currency has.
    """
    if type(amount) is str:
        match = _DECIMAL_TEXT.fullmatch(amount)
        if match is None:
            raise ValueError(_why_not(amount))
        whole, fraction = match.groups()
        if fraction is None:
            fraction = ""
        elif len(fraction) > decimals:
            if fraction[decimals:].strip("0"):
                raise ValueError(_too_many(decimals))
            fraction = fraction[:decimals]
        if len(whole) > _MOST_DIGITS:
            raise ValueError("too large")
        return int(whole + fraction.ljust(decimals, "0"))
    if type(amount) is int:
        if amount < 0:
            raise ValueError("negative")
        if amount >= 10**_MOST_DIGITS:
            raise ValueError("too large")
        return int(amount * 10**decimals)
    if isinstance(amount, Decimal):
        return _of_decimal(amount, decimals)
    if isinstance(amount, float):
        raise ValueError(
            "a binary floating-point number; give text, or read JSON with `tiercel.runtime.read_json`"
        )
    raise ValueError("not an amount")


def _of_decimal(amount: Decimal, decimals: int) -> int:
    if not amount.is_finite():
        raise ValueError("not finite")
    if not amount:
        return 0
    if amount < 0:
        raise ValueError("negative")
    if amount.adjusted() >= _MOST_DIGITS:
        raise ValueError("too large")
    _, digits, exponent = amount.as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    shift = exponent + decimals
    if shift >= 0:
        return int(text + "0" * shift)
    if text[shift:].strip("0") or len(text) < -shift:
        raise ValueError(_too_many(decimals))
    return int(text[:shift] or "0")


def _why_not(text: str) -> str:
    if re.fullmatch(r"-[0-9]+(\.[0-9]+)?", text):
        return "negative"
    return "not an amount such as `49.95`"


def _too_many(decimals: int) -> str:
    if decimals == 0:
        return "the currency has no decimals"
    return f"the currency has {decimals} decimals"


def money_text(amount: int, decimals: int) -> str:
    """Minor units as decimal text with all of the currency's decimals: 4995 of two is `49.95`."""
    if decimals == 0:
        return str(amount)
    sign = "-" if amount < 0 else ""
    whole, fraction = divmod(abs(amount), 10**decimals)
    return f"{sign}{whole}.{fraction:0{decimals}d}"


def half_up(numerator: int, denominator: int) -> int:
    """The ratio of two whole numbers, not negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def rounded(numerator: int, denominator: int, mode: str) -> int:
    """A ratio, not negative, rounded `down`, `up`, or else half up."""
    if mode == "down":
        return numerator // denominator
    if mode == "up":
        return -(-numerator // denominator)
    return (2 * numerator + denominator) // (2 * denominator)
