"""Amounts of money, rates and whole numbers, exact from their text."""

from __future__ import annotations

from fractions import Fraction

from ..diagnostics import Report
from ..syntax.tree import Scalar
from .excerpts import shortened
from .mending import without_zeros
from .tree import Currency

_RATE_DECIMALS = 6
# Nothing that a program can mean is larger, and no arithmetic on numbers of this size costs time.
_MOST_DIGITS = 15


def money(scalar: Scalar, currency: Currency, report: Report) -> int:
    """An amount above 0 in minor units; 1 where it is refused."""
    if _refused_size(scalar, report) or _refused_sign(scalar, "an amount", report):
        return 1
    if _decimals(scalar.text) > currency.decimals:
        report.error(
            "too-many-decimals",
            scalar.span,
            f"{shortened(scalar.text)} has more decimals than {currency.code} has",
            help=_decimals_help(currency),
            fixes=without_zeros(scalar.text, currency.decimals, scalar.span),
        )
        return 1
    return int(scalar.number.scaleb(currency.decimals))


def _decimals_help(currency: Currency) -> str:
    if currency.decimals == 0:
        return f"amounts in {currency.code} are whole"
    return f"amounts in {currency.code} have at most {currency.decimals} decimals"


def rate(scalar: Scalar, report: Report, above: int = 0) -> Fraction:
    """A rate greater than `above`; `above` + 1 where it is refused."""
    stand_in = Fraction(above + 1)
    if _refused_size(scalar, report):
        return stand_in
    if scalar.number <= above:
        report.error("bad-value", scalar.span, f"{shortened(scalar.text)} is not above {above}")
        return stand_in
    if _decimals(scalar.text) > _RATE_DECIMALS:
        message = f"{shortened(scalar.text)} has more than {_RATE_DECIMALS} decimals"
        help = f"rates have at most {_RATE_DECIMALS} decimals"
        fixes = without_zeros(scalar.text, _RATE_DECIMALS, scalar.span)
        report.error("too-many-decimals", scalar.span, message, help=help, fixes=fixes)
        return stand_in
    return Fraction(scalar.number)


def whole_rate(scalar: Scalar, report: Report, why: str) -> Fraction:
    """A rate that has to be whole, for the reason given; 1 where it is refused."""
    errors = len(report.diagnostics)
    value = rate(scalar, report)
    if len(report.diagnostics) > errors or value.denominator == 1:
        return value
    report.error("bad-value", scalar.span, f"{shortened(scalar.text)} points are not whole", help=why)
    return Fraction(1)


def percent(scalar: Scalar, report: Report) -> str:
    """A rate of at most 100 as decimal text without trailing zeros."""
    value = rate(scalar, report)
    if value > 100:
        report.error("bad-value", scalar.span, f"{shortened(scalar.text)} percent is more than 100")
        return "100"
    return shortest(scalar.text)


def shortest(number: str) -> str:
    """Decimal text without trailing zeros behind the point, and without a point that nothing follows."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def whole(scalar: Scalar, report: Report, most: int | None = None) -> int:
    """A whole number from 1 to `most`; 1 where it is refused."""
    if _refused_size(scalar, report):
        return 1
    if scalar.number != scalar.number.to_integral_value():
        report.error("bad-value", scalar.span, f"{shortened(scalar.text)} is not a whole number")
        return 1
    if scalar.number < 1:
        report.error("bad-value", scalar.span, f"{shortened(scalar.text)} is not at least 1")
        return 1
    if most is not None and scalar.number > most:
        report.error("bad-value", scalar.span, f"{shortened(scalar.text)} is more than {most}")
        return 1
    return int(scalar.number)


def _refused_sign(scalar: Scalar, what: str, report: Report) -> bool:
    if scalar.number > 0:
        return False
    report.error("bad-value", scalar.span, f"{shortened(scalar.text)} is not {what} above 0")
    return True


def _refused_size(scalar: Scalar, report: Report) -> bool:
    whole_part = scalar.text.lstrip("-").partition(".")[0]
    if len(whole_part) <= _MOST_DIGITS:
        return False
    message = f"a number of {len(whole_part)} digits is too large"
    report.error(
        "bad-value", scalar.span, message, help=f"numbers have at most {_MOST_DIGITS} digits before the point"
    )
    return True


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
