"""Events as they are once checked: what each type of event says, amounts in minor units, times as instants."""

from __future__ import annotations

from typing import Any

from .facts import Order


class Event:
    """What every event has. `at` is an instant; `customer` is none for `tiers.imported` alone."""

    __slots__ = ("at", "customer", "id", "type")

    id: str
    type: str
    at: int
    customer: str | None


class CustomerGiven(Event):
    """`customer.updated`, and of `customer.enrolled`: what was given, none where it was left out."""

    __slots__ = ("attributes", "country", "email", "tags")

    email: str | None
    attributes: dict[str, Any]
    tags: frozenset[str] | None
    country: str | None


class Enrolled(CustomerGiven):
    """`customer.enrolled`. `since` is none where it was left out."""

    __slots__ = ("signup", "since")

    since: int | None
    signup: bool


class Activity(Event):
    """`activity`."""

    __slots__ = ("activity",)

    activity: str


class OrderPaid(Event):
    """`order.paid`. `currency` is none where it was left out."""

    __slots__ = ("currency", "order", "order_id")

    order_id: str
    order: Order
    currency: str | None


class LineRefund:
    """By how much a line falls; none where it was left out. `line` counts from 0."""

    __slots__ = ("discount", "line", "quantity", "tax", "total")

    line: int
    total: int
    tax: int | None
    discount: int | None
    quantity: int | None


class OrderRefunded(Event):
    """`order.refunded`. `items` is none where there was no `items` key."""

    __slots__ = ("amount", "discount", "items", "order_id", "shipping", "tax")

    order_id: str
    amount: int
    tax: int | None
    shipping: int
    discount: int | None
    items: list[LineRefund] | None


class PointsMoved(Event):
    """`points.adjusted`."""

    __slots__ = ("points", "reason")

    points: int
    reason: str | None


class TierSet(Event):
    """`tier.set`; the tier is an id, not yet looked up."""

    __slots__ = ("note", "tier")

    tier: str
    note: str | None


class TiersImported(Event):
    """`tiers.imported`: rows of e-mail and tier name, as given."""

    __slots__ = ("rows",)

    rows: list[tuple[str, str]]
