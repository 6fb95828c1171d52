"""A scenario of many orders takes time in proportion to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.runtime import Customer
from tiercel.scenarios.running import Versions, run_file

SHOP = Path(__file__).parent / "shop.yaml"
TEXT = f"tiercel-test: 1\nprogram: {SHOP}\nscenarios:\n  - {{scenario: Many, steps: [ann joins, ann orders 5, ann orders 6]}}\n"


def test_no_order_copies_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def copy(_: Customer) -> Customer:
        raise AssertionError("all orders so far are copied")

    monkeypatch.setattr(Customer, "copy", copy)
    result = run_file("many.test.yaml", TEXT.encode(), Versions())
    assert [one.outcome for one in result.results] == ["passed"]
