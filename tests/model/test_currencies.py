"""The table of currencies."""

from __future__ import annotations

import pytest

from tiercel.compiler.model.currencies import currencies
from tiercel.compiler.syntax.nearest import nearest, suggestion

DECIMALS = {
    "CAD": 2,
    "USD": 2,
    "EUR": 2,
    "JPY": 0,
    "KRW": 0,
    "CLP": 0,
    "ISK": 0,
    "KWD": 3,
    "TND": 3,
    "CLF": 4,
    "UYW": 4,
}


@pytest.mark.parametrize(("code", "decimals"), DECIMALS.items())
def test_decimals(code: str, decimals: int) -> None:
    assert (currencies()[code].code, currencies()[code].decimals) == (code, decimals)


def test_codes_are_three_letters_each_once() -> None:
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in currencies())
    assert len(currencies()) == 166


def test_what_is_no_money_is_no_currency() -> None:
    assert not {"XAU", "XXX", "XTS", "XDR"} & currencies().keys()


@pytest.mark.parametrize(
    ("word", "found"), [("CDA", "CAD"), ("cad", "CAD"), ("CAN", "CAD"), ("Euro", "EUR"), ("12345678", None)]
)
def test_the_nearest(word: str, found: str | None) -> None:
    assert nearest(word, currencies()) == found


def test_a_suggestion_lists_few_words_where_none_is_near() -> None:
    assert suggestion("silvr", ["bronze", "silver"]) == "did you mean `silver`?"
    assert suggestion("x", ["bronze", "silver", "gold"]) == "known here: `bronze`, `silver` and `gold`"
    assert suggestion("x", []) is None
    assert suggestion("x", [f"tier-{n}" for n in range(9)]) is None
