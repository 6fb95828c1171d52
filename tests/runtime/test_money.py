"""Amounts and rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.runtime.money import half_up, minor_units, money_text, rounded


@pytest.mark.parametrize(
    ("amount", "decimals", "minor"),
    [
        ("49.95", 2, 4995),
        ("49.9", 2, 4990),
        ("49", 2, 4900),
        ("49.9500", 2, 4995),
        ("0049", 0, 49),
        (49, 3, 49000),
        (Decimal("7.49"), 2, 749),
        (Decimal("1E+2"), 2, 10000),
        (Decimal("0E+99"), 2, 0),
        (Decimal("-0"), 2, 0),
        (Decimal("100.000"), 0, 100),
    ],
)
def test_amounts(amount: object, decimals: int, minor: int) -> None:
    assert minor_units(amount, decimals) == minor


@pytest.mark.parametrize(
    ("amount", "decimals", "why"),
    [
        ("1.005", 2, "2 decimals"),
        ("1.5", 0, "no decimals"),
        ("-1", 2, "negative"),
        (-1, 2, "negative"),
        (Decimal("-0.01"), 2, "negative"),
        (Decimal("0.001"), 2, "2 decimals"),
        (Decimal("1E-400"), 2, "2 decimals"),
        (Decimal("1E+400"), 2, "too large"),
        (Decimal("Infinity"), 2, "not finite"),
        ("9" * 30, 2, "too large"),
        (10**30, 2, "too large"),
        (1.5, 2, "floating-point"),
        (True, 2, "not an amount"),
        (None, 2, "not an amount"),
        ("1e3", 2, "not an amount"),
        ("+5", 2, "not an amount"),
        (".5", 2, "not an amount"),
        ("5.", 2, "not an amount"),
        ("", 2, "not an amount"),
        (" 5", 2, "not an amount"),
        ("1,000.00", 2, "not an amount"),
        ("\u0665", 2, "not an amount"),
    ],
)
def test_refused_amounts(amount: object, decimals: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        minor_units(amount, decimals)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_text_and_back(amount: int, decimals: int) -> None:
    text = money_text(amount, decimals)
    assert Fraction(text) * 10**decimals == amount
    if amount >= 0:
        assert minor_units(text, decimals) == minor_units(Decimal(text), decimals) == amount


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_rounding(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    assert exact - Fraction(1, 2) < half_up(numerator, denominator) <= exact + Fraction(1, 2)
    assert exact - 1 < rounded(numerator, denominator, "down") <= exact
    assert exact <= rounded(numerator, denominator, "up") < exact + 1
