"""Round numbers, against the definition tried out on every number of small intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.analysis.round_numbers import roundest, roundness, significant_digits


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (25000, 29999, 25000),
        (30000, 49999, 30000),
        (30001, None, 40000),
        (12345, 12399, 12350),
        (77777, 250000, 80000),
        (99991, None, 100000),
        (5678, 5678, 5678),
        (1, None, 1),
        (0, 500, 0),
        (-7, 12, 0),
        (-3, None, 0),
        (-29999, -25000, -25000),
        (-49999, -30001, -40000),
    ],
)
def test_the_roundest_number(low: int, high: int | None, expected: int) -> None:
    assert roundest(low, high) == expected


def test_significant_digits() -> None:
    assert [significant_digits(n) for n in (0, 7, 100, 101, -4500)] == [0, 1, 1, 3, 2]


@given(st.integers(1, 3000), st.integers(0, 3000))
def test_no_number_of_the_interval_is_rounder(low: int, length: int) -> None:
    if significant_digits(low) > 3:
        assert roundest(low, low + length) == min(range(low, low + length + 1), key=roundness)
    else:
        assert roundest(low, low + length) == low


@given(st.integers(1, 10**9))
def test_without_end_one_digit_is_enough(low: int) -> None:
    found = roundest(low, None)
    assert found >= low
    assert found == low or significant_digits(found) == 1
