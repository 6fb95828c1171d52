"""How numbers in conditions are spelled elsewhere, and what they are here."""

from __future__ import annotations

import re
from decimal import Decimal

_EXPONENT = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")


def has_one_reading(number: str) -> bool:
    """Whether a number is only spelled otherwise: `007` may be octal, and the letter of `5k` may count."""
    return bool(
        _EXPONENT.fullmatch(number) or re.fullmatch(r"\.[0-9]+|[1-9][0-9]*(?:_[0-9]+)+(?:\.[0-9]+)?", number)
    )


def plain_of(number: str) -> str | None:
    """The right spelling of a number, if it is plain what was meant."""
    if _EXPONENT.fullmatch(number):
        text = format(Decimal(number), "f")
        return text if len(text) <= 20 else None
    leading = re.match(r"([0-9_]*)(\.[0-9_]+)?\.?([A-Za-z]*)$", number)
    if leading is None or (leading[1].strip("0_") == "" and leading[3]):
        return None
    whole = leading[1].replace("_", "").lstrip("0") or "0"
    return whole + (leading[2] or "").replace("_", "")
