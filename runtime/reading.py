"""From a JSON event to a checked one: shapes, types and amounts, before anything is looked up.

A `Reader` belongs to a program, whose currency and declared attributes it checks against. Whatever is wrong
is a `Rejected("invalid-event", …)` that names the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from .effects import invalid
from .events import (
    Activity,
    CustomerGiven,
    Enrolled,
    Event,
    LineRefund,
    OrderPaid,
    OrderRefunded,
    PointsMoved,
    TierSet,
    TiersImported,
)
from .facts import Item, Order
from .instants import parse_instant
from .money import minor_units
from .program import Tables
from .values import attribute_value

_ACTIVITY = re.compile(r"birthday|review|referral|follow|share|custom:[a-z][a-z0-9_-]{0,63}")
_EMPTY: frozenset[str] = frozenset()
_MOST_WHOLE = 10**18


_COMMON = frozenset({"id", "type", "at", "customer"})
_KEYS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # type: (required, optional) beyond the common ones
    "customer.enrolled": (
        frozenset({"email"}),
        frozenset({"since", "attributes", "tags", "country", "signup"}),
    ),
    "customer.updated": (frozenset(), frozenset({"email", "attributes", "tags", "country"})),
    "activity": (frozenset({"activity"}), frozenset()),
    "order.paid": (frozenset({"order"}), frozenset()),
    "order.refunded": (frozenset({"order"}), frozenset()),
    "customer.removed": (frozenset(), frozenset()),
    "points.adjusted": (frozenset({"points"}), frozenset({"reason"})),
    "tier.set": (frozenset({"tier"}), frozenset({"note"})),
    "tiers.imported": (frozenset({"rows"}), frozenset()),
    "clock": (frozenset(), frozenset()),
}
_REQUIRED = {
    name: required | (_COMMON - {"customer"} if name == "tiers.imported" else _COMMON)
    for name, (required, _) in _KEYS.items()
}
_ALLOWED = {name: _REQUIRED[name] | optional for name, (_, optional) in _KEYS.items()}

_ORDER_REQUIRED = frozenset({"id", "total"})
_ORDER_ALLOWED = _ORDER_REQUIRED | {
    "tax",
    "shipping",
    "discount",
    "channel",
    "country",
    "tags",
    "codes",
    "currency",
    "items",
}
_ITEM_REQUIRED = frozenset({"total"})
_ITEM_ALLOWED = _ITEM_REQUIRED | {
    "sku",
    "vendor",
    "quantity",
    "tax",
    "discount",
    "tags",
    "collections",
    "gift_card",
}
_REFUND_REQUIRED = frozenset({"id", "amount"})
_REFUND_ALLOWED = _REFUND_REQUIRED | {"tax", "shipping", "discount", "items"}
_LINE_REQUIRED = frozenset({"line", "total"})
_LINE_ALLOWED = _LINE_REQUIRED | {"quantity", "tax", "discount"}
_ROW = frozenset({"email", "vip_tier"})


class Reader:
    """Reads events for one program."""

    def __init__(self, tables: Tables) -> None:
        self._decimals = tables.decimals
        self._needs_items = tables.needs_items
        self._attributes = {attribute.name: attribute for attribute in tables.attributes}
        self._bodies: dict[str, Callable[[dict[str, Any]], Event]] = {
            "customer.enrolled": self._enrolled,
            "customer.updated": self._updated,
            "activity": self._activity,
            "order.paid": self._paid,
            "order.refunded": self._refunded,
            "customer.removed": lambda _: Event(),
            "points.adjusted": self._adjusted,
            "tier.set": self._tier_set,
            "tiers.imported": self._imported,
            "clock": lambda _: Event(),
        }

    def read(self, raw: object) -> Event:
        """The checked event. Raises `Rejected` (`invalid-event`)."""
        if type(raw) is not dict:
            raise invalid("", "an event is a JSON object")
        name = raw.get("type")
        if type(name) is not str or name not in _ALLOWED:
            raise invalid("type", _type_problem(raw, name))
        _keys(raw, _REQUIRED[name], _ALLOWED[name], "")
        at = _instant(raw["at"], "at")
        event = self._bodies[name](raw)
        event.type = name
        event.id = _text(raw["id"], "id")
        event.at = at
        event.customer = _text(raw["customer"], "customer") if "customer" in raw else None
        return event

    def _enrolled(self, raw: dict[str, Any]) -> Event:
        event = Enrolled()
        self._give(event, raw)
        event.since = _instant(raw["since"], "since") if "since" in raw else None
        if event.since is not None and event.since > parse_instant(raw["at"]):
            raise invalid("since", "after `at`")
        signup = raw.get("signup", True)
        if type(signup) is not bool:
            raise invalid("signup", "neither true nor false")
        event.signup = signup
        return event

    def _updated(self, raw: dict[str, Any]) -> Event:
        event = CustomerGiven()
        self._give(event, raw)
        return event

    def _give(self, event: CustomerGiven, raw: dict[str, Any]) -> None:
        event.email = _email(raw["email"], "email") if "email" in raw else None
        event.attributes = self._attribute_values(raw["attributes"]) if "attributes" in raw else {}
        event.tags = _texts(raw["tags"], "tags") if "tags" in raw else None
        event.country = _any_text(raw["country"], "country") if "country" in raw else None

    def _attribute_values(self, raw: object) -> dict[str, Any]:
        if type(raw) is not dict:
            raise invalid("attributes", "not an object")
        for name, value in raw.items():
            declared = self._attributes.get(name)
            if declared is None:
                raise invalid(f"attributes.{name}", "not declared by the program")
            try:
                attribute_value(declared, value, self._decimals)
            except ValueError as error:
                raise invalid(f"attributes.{name}", str(error)) from None
        return raw

    def _activity(self, raw: dict[str, Any]) -> Event:
        event = Activity()
        event.activity = _text(raw["activity"], "activity")
        if event.activity == "signup":
            raise invalid("activity", "`signup` is what `customer.enrolled` is for")
        if _ACTIVITY.fullmatch(event.activity) is None:
            raise invalid("activity", "none of birthday, review, referral, follow, share and custom:ID")
        return event

    def _paid(self, raw: dict[str, Any]) -> Event:
        body = raw["order"]
        _keys(body, _ORDER_REQUIRED, _ORDER_ALLOWED, "order")
        event = OrderPaid()
        event.order_id = _text(body["id"], "order.id")
        event.currency = _any_text(body["currency"], "order.currency") if "currency" in body else None
        if self._needs_items and "items" not in body:
            raise invalid("order.items", "missing, and the program has conditions on items")
        event.order = self._order(body)
        return event

    def _order(self, body: dict[str, Any]) -> Order:
        order = Order()
        decimals = self._decimals
        order.total = total = _amount(body["total"], decimals, "order.total")
        order.tax = _amount(body["tax"], decimals, "order.tax") if "tax" in body else 0
        order.shipping = _amount(body["shipping"], decimals, "order.shipping") if "shipping" in body else 0
        order.discount = _amount(body["discount"], decimals, "order.discount") if "discount" in body else 0
        if order.tax + order.shipping > total:
            raise invalid("order", "tax and shipping are more than the total")
        order.channel = _any_text(body["channel"], "order.channel") if "channel" in body else ""
        order.country = _any_text(body["country"], "order.country") if "country" in body else ""
        order.tags = _texts(body["tags"], "order.tags") if "tags" in body else _EMPTY
        order.codes = _texts(body["codes"], "order.codes") if "codes" in body else _EMPTY
        order.items = self._items(body["items"], order) if "items" in body else ()
        order.units = sum([item.quantity for item in order.items]) if order.items else 0
        return order

    def _items(self, raw: object, order: Order) -> tuple[Item, ...]:
        if type(raw) is not list:
            raise invalid("order.items", "not a list")
        items = tuple([self._item(item, f"order.items[{index}]") for index, item in enumerate(raw)])
        if sum([item.total for item in items]) > order.total:
            raise invalid("order.items", "their totals are more than the order's total")
        if sum([item.tax for item in items]) > order.tax:
            raise invalid("order.items", "their tax is more than the order's tax")
        if sum([item.discount for item in items]) > order.discount:
            raise invalid("order.items", "their discounts are more than the order's discount")
        return items

    def _item(self, raw: object, where: str) -> Item:
        raw = _keys(raw, _ITEM_REQUIRED, _ITEM_ALLOWED, where)
        decimals = self._decimals
        item = Item()
        item.total = _amount(raw["total"], decimals, f"{where}.total")
        item.tax = _amount(raw["tax"], decimals, f"{where}.tax") if "tax" in raw else 0
        item.discount = _amount(raw["discount"], decimals, f"{where}.discount") if "discount" in raw else 0
        if item.tax > item.total:
            raise invalid(f"{where}.tax", "more than the item's total")
        item.quantity = _whole(raw["quantity"], f"{where}.quantity", least=0) if "quantity" in raw else 1
        item.sku = _any_text(raw["sku"], f"{where}.sku") if "sku" in raw else ""
        item.vendor = _any_text(raw["vendor"], f"{where}.vendor") if "vendor" in raw else ""
        item.tags = _texts(raw["tags"], f"{where}.tags") if "tags" in raw else _EMPTY
        item.collections = (
            _texts(raw["collections"], f"{where}.collections") if "collections" in raw else _EMPTY
        )
        gift_card = raw.get("gift_card", False)
        if type(gift_card) is not bool:
            raise invalid(f"{where}.gift_card", "neither true nor false")
        item.gift_card = gift_card
        item.gone = False
        return item

    def _refunded(self, raw: dict[str, Any]) -> Event:
        body = _keys(raw["order"], _REFUND_REQUIRED, _REFUND_ALLOWED, "order")
        event = OrderRefunded()
        event.order_id = _text(body["id"], "order.id")
        event.amount = _amount(body["amount"], self._decimals, "order.amount")
        event.tax = self._optional(body, "tax", "order")
        event.shipping = self._optional(body, "shipping", "order") or 0
        event.discount = self._optional(body, "discount", "order")
        event.items = self._lines(body["items"]) if "items" in body else None
        if (event.tax or 0) + event.shipping > event.amount:
            raise invalid("order", "tax and shipping are more than the amount")
        if event.items and sum([line.total for line in event.items]) > event.amount:
            raise invalid("order.items", "their totals are more than the amount")
        return event

    def _optional(self, body: dict[str, Any], key: str, where: str) -> int | None:
        return _amount(body[key], self._decimals, f"{where}.{key}") if key in body else None

    def _lines(self, raw: object) -> list[LineRefund]:
        if type(raw) is not list:
            raise invalid("order.items", "not a list")
        return [self._line(line, f"order.items[{index}]") for index, line in enumerate(raw)]

    def _line(self, raw: object, where: str) -> LineRefund:
        raw = _keys(raw, _LINE_REQUIRED, _LINE_ALLOWED, where)
        line = LineRefund()
        line.line = _whole(raw["line"], f"{where}.line", least=0)
        line.total = _amount(raw["total"], self._decimals, f"{where}.total")
        line.tax = self._optional(raw, "tax", where)
        line.discount = self._optional(raw, "discount", where)
        line.quantity = _whole(raw["quantity"], f"{where}.quantity", least=0) if "quantity" in raw else None
        return line

    def _adjusted(self, raw: dict[str, Any]) -> Event:
        event = PointsMoved()
        event.points = _whole(raw["points"], "points", least=-_MOST_WHOLE)
        if event.points == 0:
            raise invalid("points", "zero moves nothing")
        event.reason = _any_text(raw["reason"], "reason") if "reason" in raw else None
        return event

    def _tier_set(self, raw: dict[str, Any]) -> Event:
        event = TierSet()
        event.tier = _text(raw["tier"], "tier")
        event.note = _any_text(raw["note"], "note") if "note" in raw else None
        return event

    def _imported(self, raw: dict[str, Any]) -> Event:
        rows = raw["rows"]
        if type(rows) is not list:
            raise invalid("rows", "not a list")
        event = TiersImported()
        event.rows = [_row(row, f"rows[{index}]") for index, row in enumerate(rows)]
        return event


def _row(raw: object, where: str) -> tuple[str, str]:
    raw = _keys(raw, _ROW, _ROW, where)
    return _any_text(raw["email"], f"{where}.email"), _any_text(raw["vip_tier"], f"{where}.vip_tier")


def _type_problem(raw: dict[str, Any], name: object) -> str:
    if "type" not in raw:
        return "missing"
    return f"`{name}` is no type of event" if type(name) is str else "not text"


def _keys(raw: object, required: frozenset[str], allowed: frozenset[str], where: str) -> dict[str, Any]:
    """The object, if it has all of the required keys and none but the allowed ones."""
    if type(raw) is not dict:
        raise invalid(where, "not an object")
    keys = raw.keys()
    if required <= keys <= allowed:
        return raw
    prefix = f"{where}." if where else ""
    missing = sorted(required - keys)
    if missing:
        raise invalid(prefix + missing[0], "missing")
    unknown = next(key for key in raw if key not in allowed)
    raise invalid(f"{prefix}{unknown}", "unknown key")


def _instant(value: object, where: str) -> int:
    if type(value) is not str:
        raise invalid(where, "not an RFC 3339 text")
    try:
        return parse_instant(value)
    except ValueError as error:
        raise invalid(where, str(error)) from None


def _amount(value: object, decimals: int, where: str) -> int:
    try:
        return minor_units(value, decimals)
    except ValueError as error:
        raise invalid(where, str(error)) from None


def _any_text(value: object, where: str) -> str:
    """Any text that can be written as UTF-8."""
    if type(value) is not str:
        raise invalid(where, "not text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise invalid(where, "half of a surrogate pair is no text") from None
    return value


def _text(value: object, where: str) -> str:
    """A text that names something."""
    text = _any_text(value, where)
    if not text:
        raise invalid(where, "empty")
    return text


def _email(value: object, where: str) -> str:
    text = _any_text(value, where)
    if not text.strip():
        raise invalid(where, "empty")
    return text


def _texts(value: object, where: str) -> frozenset[str]:
    if type(value) is not list:
        raise invalid(where, "not a list of texts")
    return frozenset([_any_text(text, f"{where}[{index}]") for index, text in enumerate(value)])


def _whole(value: object, where: str, *, least: int) -> int:
    """A whole number of at least `least`; `3.0` is one, by value."""
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and abs(value.adjusted()) < 40
        and value == int(value)
    ):
        value = int(value)
    if type(value) is not int:
        raise invalid(where, "not a whole number")
    if value < least:
        raise invalid(where, f"less than {least}")
    if value > _MOST_WHOLE:
        raise invalid(where, "too large")
    return value
