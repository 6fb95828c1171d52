"""The fold of `orders.yaml` for `order.paid`, as a good engineer writes it by hand for that one program.

It does what the program's users rely on and no more: checks the event, keeps what a refund needs, closes no
window (the measured events stay within one year), and gives the same effects. Pure, as the runtime's step is.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Toronto")
TIERS = ("seed", "sapling", "maple")
RATES = ((1, 1), (5, 4), (3, 2))
REWARDS: tuple[tuple[dict[str, Any], ...], ...] = (
    (),
    ({"type": "points", "points": 250},),
    ({"type": "percentage_off", "percent": "15"}, {"type": "free_shipping"}),
)
CAMPAIGN = (datetime(2026, 11, 27, tzinfo=ZONE), datetime(2026, 12, 1, tzinfo=ZONE))
KEYS = {"id", "type", "at", "customer", "order"}
ORDER_KEYS = {
    *("id", "total", "tax", "shipping", "discount", "channel", "country", "tags", "codes", "currency"),
    "items",
}
ITEM_KEYS = {
    *("sku", "vendor", "quantity", "total", "tax", "discount", "tags", "collections"),
    "gift_card",
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
MONEY = re.compile(r"(\d{1,24})(?:\.(\d{1,2})0*)?", re.ASCII)


class Refused(Exception):
    """The event is not applied."""


class Customer:
    """A member, as far as this program needs one."""

    __slots__ = (
        "balance",
        "clock",
        "email",
        "given",
        "high",
        "joined",
        "kept",
        "key",
        "lifetime",
        "orders",
        "points",
        "records",
        "spend",
        "tier",
        "wholesale",
        "year",
    )

    def __init__(self, key: str, email: str, joined: datetime) -> None:
        self.key = key
        self.email = email
        self.joined = self.clock = joined
        self.year = joined.astimezone(ZONE).year
        self.tier = self.high = 0
        self.given = self.kept = -1
        self.balance = self.points = 100
        self.spend = self.orders = 0
        self.lifetime = (0, 0, 100)
        self.wholesale = False
        self.records: dict[str, tuple[Any, ...]] = {}

    def copy(self) -> Customer:
        """Another with the same values."""
        other = Customer.__new__(Customer)
        other.key = self.key
        other.email = self.email
        other.joined = self.joined
        other.clock = self.clock
        other.year = self.year
        other.tier = self.tier
        other.high = self.high
        other.given = self.given
        other.kept = self.kept
        other.balance = self.balance
        other.points = self.points
        other.spend = self.spend
        other.orders = self.orders
        other.lifetime = self.lifetime
        other.wholesale = self.wholesale
        other.records = self.records.copy()
        return other


def cents(value: object) -> int:
    """An amount in cents."""
    if isinstance(value, str):
        match = MONEY.fullmatch(value)
        if match is None:
            raise Refused("amount")
        return int(match[1] + (match[2] or "").ljust(2, "0"))
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise Refused("amount")
    exact = value * 100
    if exact != int(exact):
        raise Refused("amount")
    return int(exact)


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Refused("text")
    return value


def texts(value: object) -> frozenset[str]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Refused("texts")
    return frozenset(value)


def line(item: object) -> tuple[Any, ...]:
    """A line of an order."""
    if not isinstance(item, dict) or not item.keys() <= ITEM_KEYS or "total" not in item:
        raise Refused("item")
    total, tax = cents(item["total"]), cents(item.get("tax", 0))
    quantity = item.get("quantity", 1)
    gift_card = item.get("gift_card", False)
    if tax > total or type(quantity) is not int or quantity < 0 or type(gift_card) is not bool:
        raise Refused("item")
    return (
        total,
        tax,
        cents(item.get("discount", 0)),
        quantity,
        text(item.get("sku", "")),
        text(item.get("vendor", "")),
        texts(item.get("tags", [])),
        texts(item.get("collections", [])),
        gift_card,
    )


def order_paid(before: Customer, event: dict[str, Any]) -> tuple[Customer, list[dict[str, Any]]]:
    """The customer after a paid order, and the effects."""
    if event.keys() != KEYS or event["type"] != "order.paid" or text(event["customer"]) != before.key:
        raise Refused("keys")
    order = event["order"]
    if not isinstance(order, dict) or not order.keys() <= ORDER_KEYS or "total" not in order:
        raise Refused("order")
    if not text(event["id"]) or INSTANT.fullmatch(text(event["at"])) is None:
        raise Refused("id or time")
    try:
        at = datetime.fromisoformat(event["at"])
    except ValueError:
        raise Refused("time") from None
    order_id = text(order["id"])
    total, tax = cents(order["total"]), cents(order.get("tax", 0))
    shipping, discount = cents(order.get("shipping", 0)), cents(order.get("discount", 0))
    items = tuple([line(item) for item in order.get("items", ())])
    facts = (
        *(text(order.get("channel", "")), text(order.get("country", ""))),
        *(texts(order.get("tags", [])), texts(order.get("codes", []))),
    )
    if tax + shipping > total or sum([item[0] for item in items]) > total:
        raise Refused("amounts")
    if at < before.joined or order_id in before.records or order.get("currency", "CAD") != "CAD":
        raise Refused("order")
    customer = before.copy()
    customer.clock = max(customer.clock, at)
    if customer.wholesale:
        customer.records[order_id] = (at, customer.tier, total, tax, shipping, discount, items, facts, 0, 0)
        return customer, []
    for item in items:
        if item[8]:
            total, tax, discount = total - item[0], tax - item[1], discount - item[2]
    effects: list[dict[str, Any]] = []
    numerator, denominator = RATES[customer.tier]
    amount = max(0, total - tax)
    denominator *= 100
    base = points = (2 * amount * numerator + denominator) // (2 * denominator)
    campaign = None
    if CAMPAIGN[0] <= at < CAMPAIGN[1]:
        campaign = "black-friday"
        points = (4 * amount * numerator + denominator) // (2 * denominator)
    effects.append(
        {
            "kind": "points_earned",
            "rule": "everyday",
            "points": points,
            "base": base,
            "bonus": points - base,
            "campaign": campaign,
            "order": order_id,
        }
    )
    counted = 1 if total else 0
    customer.records[order_id] = (
        *(at, customer.tier, total, tax, shipping, discount, items, facts),
        *(points, counted),
    )
    customer.spend += total
    customer.orders += counted
    customer.points += points
    spend, orders, earned = customer.lifetime
    customer.lifetime = (spend + total, orders + counted, earned + points)
    customer.balance += points
    place(customer, effects)
    return customer, effects


def place(customer: Customer, effects: list[dict[str, Any]]) -> None:
    """Move the customer to the tier that is due."""
    due = 0
    if customer.spend >= 100_000 and customer.orders >= 4:
        due = 2
    elif customer.spend >= 30_000 or customer.orders >= 6:
        due = 1
    due = max(due, customer.given, customer.kept)
    before = customer.tier
    if due == before:
        return
    customer.tier = due
    effects.append(
        {
            "kind": "tier_changed",
            "customer": customer.key,
            "from": TIERS[before],
            "to": TIERS[due],
            "cause": "qualified" if due > before else "disqualified",
            "note": None,
            "at": customer.clock.astimezone(ZONE).isoformat(),
        }
    )
    if due < before:
        return
    for tier in range(max(before, customer.high) + 1, due + 1):
        for reward in REWARDS[tier]:
            effects.append(
                {
                    "kind": "reward_issued",
                    "customer": customer.key,
                    "tier": TIERS[tier],
                    "reward": dict(reward),
                }
            )
            customer.balance += reward.get("points", 0)
    customer.high = max(customer.high, due)
    effects.append(
        {
            "kind": "notification",
            "customer": customer.key,
            "about": "tier_changed",
            "channel": "email",
            "to": customer.email,
        }
    )
