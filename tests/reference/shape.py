"""The shape of events: what may be said in each type of event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tiercel.compiler.model.condition import Condition, references
from tiercel.compiler.model.condition import Reference as Name
from tiercel.compiler.model.tree import Program

from .values import (
    Invalid,
    Read,
    activity,
    amount,
    attributes,
    count,
    entries,
    instant,
    keyed,
    moves,
    name,
    text,
    texts,
    truth,
)

Event = dict[str, Any]

ITEM_OPTIONAL: dict[str, Read] = {
    "sku": text,
    "vendor": text,
    "quantity": count,
    "tax": amount,
    "discount": amount,
    "tags": texts,
    "collections": texts,
    "gift_card": truth,
}
ITEM_DEFAULTS = {
    "sku": "",
    "vendor": "",
    "quantity": 1,
    "tax": 0,
    "discount": 0,
    "tags": frozenset(),
    "collections": frozenset(),
    "gift_card": False,
}
ORDER_DEFAULTS = {
    "tax": 0,
    "shipping": 0,
    "discount": 0,
    "channel": "",
    "country": "",
    "tags": frozenset(),
    "codes": frozenset(),
    "currency": None,
    "items": None,
}


def paid_items(value: Any, program: Program, field: str) -> list[Event]:
    items = [keyed(item, program, field, {"total": amount}, ITEM_OPTIONAL) for item in entries(value, field)]
    return [{**ITEM_DEFAULTS, **item} for item in items]


def paid_order(value: Any, program: Program, field: str) -> Event:
    """An order that was paid, defaults filled in; `items` is None where there is no such key."""
    optional: dict[str, Read] = dict.fromkeys(("tax", "shipping", "discount"), amount)
    optional |= {"channel": text, "country": text, "tags": texts, "codes": texts, "currency": text}
    optional["items"] = paid_items
    order = {**ORDER_DEFAULTS, **keyed(value, program, field, {"id": name, "total": amount}, optional)}
    if order["items"] is None and needs_items(program):
        raise Invalid(f"`{field}.items` is missing")
    if order["tax"] + order["shipping"] > order["total"]:
        raise Invalid(f"`{field}.total` is less than its tax and shipping")
    for item in order["items"] or []:
        if item["tax"] > item["total"]:
            raise Invalid(f"`{field}.items`: a tax above its total")
    for key in ("total", "tax", "discount"):
        if sum(item[key] for item in order["items"] or []) > order[key]:
            raise Invalid(f"`{field}.items`: {key} sums to more than the order's")
    return order


def refund_items(value: Any, program: Program, field: str) -> list[Event]:
    needed: dict[str, Read] = {"line": count, "total": amount}
    optional: dict[str, Read] = {"quantity": count, "tax": amount, "discount": amount}
    return [keyed(item, program, field, needed, optional) for item in entries(value, field)]


def refunded_order(value: Any, program: Program, field: str) -> Event:
    """A refund; keys that were left out stay out, since leaving out is not the same as 0."""
    optional: dict[str, Read] = dict.fromkeys(("tax", "shipping", "discount"), amount)
    optional["items"] = refund_items
    refund = keyed(value, program, field, {"id": name, "amount": amount}, optional)
    if refund.get("tax", 0) + refund.get("shipping", 0) > refund["amount"]:
        raise Invalid(f"`{field}.amount` is less than its tax and shipping")
    if sum(item["total"] for item in refund.get("items", [])) > refund["amount"]:
        raise Invalid(f"`{field}.amount` is less than its items")
    return refund


def rows(value: Any, program: Program, field: str) -> list[Event]:
    return [
        keyed(row, program, field, {"email": text, "vip_tier": text}, {}) for row in entries(value, field)
    ]


MEMBER: dict[str, Read] = {"attributes": attributes, "tags": texts, "country": text}
# Per type: the keys that it needs beside `id`, `type`, `at`, and those that may be left out.
TYPES: dict[str, tuple[dict[str, Read], dict[str, Read]]] = {
    "customer.enrolled": ({"customer": name, "email": name}, {"since": instant, "signup": truth, **MEMBER}),
    "customer.updated": ({"customer": name}, {"email": name, **MEMBER}),
    "activity": ({"customer": name, "activity": activity}, {}),
    "order.paid": ({"customer": name, "order": paid_order}, {}),
    "order.refunded": ({"customer": name, "order": refunded_order}, {}),
    "customer.removed": ({"customer": name}, {}),
    "points.adjusted": ({"customer": name, "points": moves}, {"reason": text}),
    "tier.set": ({"customer": name, "tier": text}, {"note": text}),
    "tiers.imported": ({"rows": rows}, {}),
    "clock": ({"customer": name}, {}),
}


def read_event(event: Event, program: Program) -> Event:
    """An event, every value read; `Invalid` where it has not the shape of its type."""
    kind = event.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        raise Invalid("`type` is no type of event")
    needed, optional = TYPES[kind]
    read = keyed(event, program, "event", {"id": name, "type": text, "at": instant, **needed}, optional)
    if "since" in read and read["since"] > read["at"]:
        raise Invalid("`since` is after `at`")
    return read


def needs_items(program: Program) -> bool:
    """Whether a condition that the file states reads items or units; `item.gift_card` to exclude items aside."""
    return any(
        name.path.startswith("item.") or name.path == "order.units"
        for condition in stated_conditions(program)
        for name in references(condition.term)
    )


def stated_conditions(program: Program) -> Iterable[Condition]:
    """The conditions over orders and items that the file states."""
    if program.exclude:
        if program.exclude.orders:
            yield program.exclude.orders
        items = program.exclude.items
        if items and not (isinstance(items.term, Name) and items.term.path == "item.gift_card"):
            yield items
    for rule in program.rules:
        yield from (c for c in (rule.items, rule.contains, rule.when) if c)
