"""One paid order: the runtime's step against the same fold written by hand for one program."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import tiercel
from tiercel.runtime import Customer, Program

from . import hand_fold
from .measure import Row, in_turn, median_ratio

CUSTOMERS = 500
ORDERS_EACH = 10


def events() -> list[list[dict[str, Any]]]:
    """Per customer, a year's orders: some with items, some with a gift card, some during the campaign."""
    chance = random.Random(20_261_122)
    start = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
    streams = []
    for customer in range(CUSTOMERS):
        days = sorted(chance.sample(range(330), ORDERS_EACH))
        streams.append(
            [
                {
                    "id": f"e{customer}-{number}",
                    "type": "order.paid",
                    "at": (start + timedelta(days=day, seconds=chance.randrange(40_000))).isoformat(),
                    "customer": f"c{customer}",
                    "order": _order(chance, number),
                }
                for number, day in enumerate(days)
            ]
        )
    return streams


def _order(chance: random.Random, number: int) -> dict[str, Any]:
    cents = chance.randrange(900, 24_000)
    tax = cents * 13 // 113
    order: dict[str, Any] = {
        "id": f"o{number}",
        "total": f"{cents / 100:.2f}",
        "tax": f"{tax / 100:.2f}",
        "channel": "web",
    }
    if chance.random() < 0.3:
        half = cents // 2
        order["items"] = [
            {"sku": "BEANS", "total": f"{half / 100:.2f}", "quantity": 2, "collections": ["coffee"]},
            {"sku": "CARD", "total": f"{half / 200:.2f}", "gift_card": chance.random() < 0.2},
        ]
    return order


def _enrolled(program: Program, number: int) -> Customer:
    event = {
        "id": f"in{number}",
        "type": "customer.enrolled",
        "at": "2026-01-02T10:00:00Z",
        "customer": f"c{number}",
        "email": f"c{number}@example.com",
    }
    customer, _ = program.step(None, event)
    assert customer is not None
    return customer


def rows(rounds: int) -> Iterator[Row]:
    """Both folds over the same events, after checking that they give the same effects."""
    program = tiercel.load(Path(__file__).with_name("orders.yaml"))
    streams = events()
    ours = [_enrolled(program, number) for number in range(CUSTOMERS)]
    joined = datetime.fromisoformat("2026-01-02T10:00:00+00:00")
    hands = [
        hand_fold.Customer(f"c{number}", f"c{number}@example.com", joined) for number in range(CUSTOMERS)
    ]
    changes = _check_same(program, ours, hands, streams)

    def step() -> None:
        for start, stream in zip(ours, streams, strict=True):
            customer: Customer | None = start
            for event in stream:
                customer, _ = program.step(customer, event)

    def by_hand() -> None:
        for start, stream in zip(hands, streams, strict=True):
            customer = start
            for event in stream:
                customer, _ = hand_fold.order_paid(customer, event)

    us, hand = in_turn([step, by_hand], rounds * 2, "hand-written fold")
    orders = CUSTOMERS * ORDERS_EACH
    figures = (
        f"{statistics.median(us) / orders / 1000:.1f} µs and {statistics.median(hand) / orders / 1000:.1f} µs "
        f"an order; {orders} orders, {changes} changes of tier"
    )
    yield Row("`step` on `order.paid` ÷ hand-written fold", median_ratio(us, hand), 2.0, True, figures)


def _check_same(
    program: Program,
    ours: list[Customer],
    hands: list[hand_fold.Customer],
    streams: list[list[dict[str, Any]]],
) -> int:
    changes = 0
    for us, hand, stream in zip(ours, hands, streams, strict=True):
        customer: Customer | None = us
        for event in stream:
            customer, effects = program.step(customer, event)
            hand, expected = hand_fold.order_paid(hand, event)
            assert effects == expected, (effects, expected)
            assert customer is not None
            assert (customer.spend, customer.orders, customer.balance) == (
                hand.spend,
                hand.orders,
                hand.balance,
            )
            changes += sum(effect["kind"] == "tier_changed" for effect in expected)
    return changes
