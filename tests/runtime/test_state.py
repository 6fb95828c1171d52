"""Customers as JSON and back, without loss; what is not ours is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tiercel.loading import load_text
from tiercel.runtime import (
    Ledger,
    Program,
    UnknownProgram,
    UnreadableState,
    customer_from_json,
    customer_to_json,
    read_json,
)

TEXT = """\
tiercel: 1
program: {name: P, currency: KWD, timezone: Asia/Kathmandu}
customer: {visits: integer, ratio: decimal, since: date, size: {one_of: [s, m]}, owed: money, staff: boolean}
exclude: {items: 'item.vendor == "X"'}
vip:
  window: WINDOW
  tiers:
    - {id: low, name: Low}
    - {id: mid, name: Mid, when: spend >= 100 and customer.ratio >= 0.5}
    - {id: top, name: Top, when: spend >= 500}
earn:
  - id: everyday
    activity: order
    points: 1
    per: 1
    limit: {times: 9, days: 30}
    when: >-
      customer.ratio < 7.25 and spend >= 0 and lifetime.orders >= 0 and not customer.tags has "no"
      and customer.since < date("2030-01-01") and customer.country != "US" and customer.joined > date("2000-01-01")
      and customer.days_since_joined >= 0
"""
EVENTS = [
    {
        "id": "1",
        "type": "customer.enrolled",
        "at": "2026-01-02T00:00:00.5Z",
        "customer": "c",
        "email": "C@x",
        "tags": ["b", "a"],
        "attributes": {"visits": 3, "ratio": "7.125", "since": "2026-01-01", "size": "m", "owed": "1.005"},
    },
    {
        "id": "2",
        "type": "order.paid",
        "at": "2026-02-02T00:00:00Z",
        "customer": "c",
        "order": {
            "id": "o",
            "total": "600.500",
            "codes": ["é"],
            "items": [{"total": 100, "quantity": 2}, {"total": 9, "vendor": "X"}],
        },
    },
    {"id": "3", "type": "tier.set", "at": "2026-02-03T00:00:00Z", "customer": "c", "tier": "low"},
    {
        "id": "4",
        "type": "order.refunded",
        "at": "2027-02-03T00:00:00Z",
        "customer": "c",
        "order": {"id": "o", "amount": "0.001"},
    },
]
WINDOWS = ["lifetime", "calendar_year", "anniversary", "{rolling: {days: 400}}"]


def folded(window: str) -> tuple[Program, Ledger]:
    program = load_text(TEXT.replace("WINDOW", window))
    ledger = Ledger(program)
    for event in EVENTS:
        assert ledger.apply_line(json.dumps(event))["outcome"] == "applied"
    return program, ledger


@pytest.mark.parametrize("window", WINDOWS)
def test_there_and_back(window: str) -> None:
    program, ledger = folded(window)
    programs = {program.digest: program}
    [customer] = ledger.members()
    text = json.dumps(customer_to_json(customer, programs))
    again = customer_from_json(read_json(text), programs)
    assert json.dumps(customer_to_json(again, programs)) == text
    later = [
        {
            "id": "5",
            "type": "order.refunded",
            "at": "2027-03-01T00:00:00Z",
            "customer": "c",
            "order": {"id": "o", "amount": 400},
        },
        {"id": "6", "type": "clock", "at": "2029-03-01T00:00:00Z", "customer": "c"},
    ]
    for event in later:
        customer, effects = program.step(customer, event)  # type: ignore[assignment]
        again, effects_again = program.step(again, event)  # type: ignore[assignment]
        assert effects == effects_again
    assert customer_to_json(customer, programs) == customer_to_json(again, programs)


def test_refusals() -> None:
    program, ledger = folded("lifetime")
    programs = {program.digest: program}
    [customer] = ledger.members()
    state: dict[str, Any] = customer_to_json(customer, programs)
    with pytest.raises(UnreadableState, match="version 2"):
        customer_from_json({**state, "version": 2}, programs)
    with pytest.raises(UnknownProgram):
        customer_from_json(state, {})
    for key in state:
        if key not in ("version", "orders"):
            cut = {name: value for name, value in state.items() if name != key}
            with pytest.raises(UnreadableState):
                customer_from_json(cut, programs)
    for wrong in (None, [], "x", {"version": 1}, {**state, "tier": "gone"}, {**state, "clock": "never"}):
        with pytest.raises(UnreadableState):
            customer_from_json(wrong, programs)
