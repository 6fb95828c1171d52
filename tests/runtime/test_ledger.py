"""What a ledger says of lines and values that are no events."""

from __future__ import annotations

from typing import Any

import pytest

from tiercel.runtime import Ledger, Program
from tiercel.runtime.program import Tables

PROGRAM = Program(Tables(name="P", currency="CAD", decimals=2, digest="one"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "not JSON: expecting value at column 1"),
        ('"open', "not JSON: unterminated string starting at column 1"),
        ('{"a": 1,}', "not JSON: expecting property name enclosed in double quotes at column 9"),
        ('{\n "a": }', "not JSON: expecting value at line 2, column 7"),
        ("[]", "an event is a JSON object"),
        ("null", "an event is a JSON object"),
        ("1e9999999999999999999", "not JSON that makes sense: a number without bounds"),
        ("9" * 5000, "not JSON that makes sense: a number without bounds"),
        ("[" * 100_000, "not JSON that makes sense: nested too deep"),
        ('{"id": "a", "id": "b"}', "the key `id` is there twice"),
        ("NaN", "`NaN` is no number"),
    ],
    ids=range(11),
)
def test_lines_that_are_no_events(line: str, message: str) -> None:
    outcome = Ledger(PROGRAM).apply_line(line)
    assert outcome == {"event": None, "outcome": "rejected", "reason": "invalid-event", "message": message}


@pytest.mark.parametrize("value", [None, [], 5, "e1"])
def test_values_that_are_no_events(value: Any) -> None:
    assert Ledger(PROGRAM).apply(value)["message"] == "an event is a JSON object"
