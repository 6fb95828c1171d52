"""What conditions read: a member, an order, an item of an order. Plain slots, for speed.

Money is whole minor units; dates are ISO texts, "" where none was given; sets are frozensets of text.
"""

from __future__ import annotations

from typing import Any


class Metrics:
    """Spend in minor units, number of orders, points earned."""

    __slots__ = ("orders", "points_earned", "spend")

    def __init__(self, spend: int = 0, orders: int = 0, points_earned: int = 0) -> None:
        self.spend = spend
        self.orders = orders
        self.points_earned = points_earned


class Member:
    """A member as conditions see one.

    `attributes` has every declared attribute: `bool`, `int` (integers, money), `Fraction` (decimals) or text.
    `joined` is the local date of joining.
    """

    __slots__ = (
        "attributes",
        "country",
        "joined",
        "lifetime",
        "orders",
        "points_earned",
        "spend",
        "tags",
        "tier",
    )

    attributes: dict[str, Any]
    country: str
    joined: str
    lifetime: Metrics
    orders: int
    points_earned: int
    spend: int
    tags: frozenset[str]
    tier: int


class Item:
    """A line of an order. `total` is what was paid for it, tax included, after its discounts.

    `gone`: a refund has brought its total or quantity to nothing, so it is no item of what is left.
    """

    __slots__ = (
        "collections",
        "discount",
        "gift_card",
        "gone",
        "quantity",
        "sku",
        "tags",
        "tax",
        "total",
        "vendor",
    )

    collections: frozenset[str]
    discount: int
    gift_card: bool
    gone: bool
    quantity: int
    sku: str
    tags: frozenset[str]
    tax: int
    total: int
    vendor: str

    def left(self, total: int, tax: int, discount: int, quantity: int, gone: bool) -> Item:
        """The same line with other amounts."""
        item = Item()
        item.collections = self.collections
        item.discount = discount
        item.gift_card = self.gift_card
        item.gone = gone
        item.quantity = quantity
        item.sku = self.sku
        item.tags = self.tags
        item.tax = tax
        item.total = total
        item.vendor = self.vendor
        return item


class Order:
    """An order's facts; `units` is the sum of its items' quantities.

    Treated as frozen once made: `left` makes another.
    """

    __slots__ = (
        "channel",
        "codes",
        "country",
        "discount",
        "items",
        "shipping",
        "tags",
        "tax",
        "total",
        "units",
    )

    channel: str
    codes: frozenset[str]
    country: str
    discount: int
    items: tuple[Item, ...]
    shipping: int
    tags: frozenset[str]
    tax: int
    total: int
    units: int

    def left(self, total: int, tax: int, shipping: int, discount: int, items: tuple[Item, ...]) -> Order:
        """The same order with other amounts and items; `units` are counted anew, of items that are not gone."""
        order = Order()
        order.channel = self.channel
        order.codes = self.codes
        order.country = self.country
        order.discount = discount
        order.items = items
        order.shipping = shipping
        order.tags = self.tags
        order.tax = tax
        order.total = total
        order.units = sum([item.quantity for item in items if not item.gone]) if items else 0
        return order
