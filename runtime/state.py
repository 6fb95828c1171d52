"""Customers and their orders as JSON, and back, without loss.

Tiers and rules are named by id, instants are RFC 3339 in UTC, money is whole minor units. The form has a
version; others are refused. Reading needs, by digest, the versions of the program that the state refers to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .compiled import Compiled
from .customer import Closed, Customer, DaySums, Record, Use
from .facts import Item, Member, Metrics, Order
from .instants import day_of_iso, format_instant, iso_day, parse_instant
from .program import NO_TIER
from .step import UnknownProgram
from .values import attribute_values

VERSION = 1


class UnreadableState(Exception):
    """The JSON is not a customer or an order as this version of Tiercel writes them."""


def customer_to_json(
    customer: Customer, programs: Mapping[str, Compiled], *, orders: bool = True
) -> dict[str, Any]:
    """The customer as a JSON object; without `orders`, but for its recorded orders."""
    program = _known(programs, customer.digest)
    tier = program.tier_id
    state: dict[str, Any] = {
        "version": VERSION,
        "program": customer.digest,
        "customer": customer.key,
        "email": customer.email,
        "joined": _instant(customer.joined_at),
        "clock": _instant(customer.clock),
        "attributes": {name: _number_out(value) for name, value in customer.given_attributes.items()},
        "tags": sorted(customer.tags),
        "country": customer.country,
        "launched": customer.launched,
        "tier": tier(customer.tier),
        "given": tier(customer.given),
        "given_until": customer.given_until,
        "kept": tier(customer.kept),
        "cap": None if customer.cap is None else {"tier": tier(customer.cap)},
        "high": tier(customer.high),
        "pending_import": tier(customer.pending_import),
        "window": customer.window,
        "metrics": _metrics_out(customer),
        "days": [[iso_day(d.day), d.spend, d.orders, d.points_earned] for d in customer.days],
        "previous": None if customer.previous is None else _closed_out(program, customer.previous),
        "lifetime": _metrics_out(customer.lifetime),
        "balance": customer.balance,
        "uses": {
            rule: [[iso_day(use.day), use.order, use.event] for use in uses]
            for rule, uses in customer.uses.items()
        },
    }
    if orders:
        state["orders"] = {
            order_id: record_to_json(record, programs) for order_id, record in customer.records.items()
        }
    return state


def customer_from_json(state: object, programs: Mapping[str, Compiled]) -> Customer:
    """The customer that `customer_to_json` wrote. Raises `UnreadableState` or `UnknownProgram`."""
    if not isinstance(state, dict) or state.get("version") != VERSION:
        version = state.get("version") if isinstance(state, dict) else None
        raise UnreadableState(
            f"a customer's state of version {version!r}; this Tiercel reads version {VERSION}"
        )
    try:
        return _customer(state, programs)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        what = f"without `{error.args[0]}`" if isinstance(error, KeyError) else str(error)
        raise UnreadableState(f"a customer's state that Tiercel did not write: {what}") from None


def _customer(state: dict[str, Any], programs: Mapping[str, Compiled]) -> Customer:
    program = _known(programs, state["program"])
    joined_at = parse_instant(state["joined"])
    joined_day = program.day(joined_at)
    customer = Customer(
        state["customer"], state["email"], joined_at, joined_day, iso_day(joined_day), program.digest
    )
    customer.clock = parse_instant(state["clock"])
    customer.given_attributes = {name: _number_in(value) for name, value in state["attributes"].items()}
    customer.attributes = attribute_values(
        program.tables.attributes, customer.given_attributes, program.tables.decimals
    )
    customer.tags = frozenset(state["tags"])
    customer.country = state["country"]
    customer.launched = state["launched"]
    for name in ("tier", "given", "kept", "high", "pending_import"):
        setattr(customer, name, _tier(program, state[name]))
    customer.given_until = state["given_until"]
    customer.cap = _cap(program, state["cap"])
    customer.window = state["window"]
    customer.spend, customer.orders, customer.points_earned = state["metrics"]
    customer.days = [DaySums(day_of_iso(day), *sums) for day, *sums in state["days"]]
    customer.previous = None if state["previous"] is None else _closed(program, state["previous"])
    customer.lifetime = Metrics(*state["lifetime"])
    customer.balance = state["balance"]
    customer.uses = {
        rule: [Use(day_of_iso(day), order, event) for day, order, event in uses]
        for rule, uses in state["uses"].items()
    }
    for order_id, record in state.get("orders", {}).items():
        customer.records[order_id] = record_from_json(record, customer, programs)
    return customer


def record_to_json(record: Record, programs: Mapping[str, Compiled]) -> dict[str, Any]:
    """A recorded order as a JSON object."""
    program = _known(programs, record.digest)
    order = record.order
    return {
        "program": record.digest,
        "at": _instant(record.at),
        "tier": program.tier_id(record.tier),
        "excluded": record.excluded,
        "spend": record.spend,
        "counted": record.counted,
        "points": record.points,
        "read": None if record.member is None else _member_out(program, record.member),
        "total": order.total,
        "tax": order.tax,
        "shipping": order.shipping,
        "discount": order.discount,
        "channel": order.channel,
        "country": order.country,
        "tags": sorted(order.tags),
        "codes": sorted(order.codes),
        "items": [_item_out(item) for item in order.items],
    }


def record_from_json(state: dict[str, Any], customer: Customer, programs: Mapping[str, Compiled]) -> Record:
    """The recorded order that `record_to_json` wrote, of that customer."""
    program = _known(programs, state["program"])
    base = Order()
    base.channel, base.country = state["channel"], state["country"]
    base.tags, base.codes = frozenset(state["tags"]), frozenset(state["codes"])
    items = tuple([_item(item) for item in state["items"]])
    order = base.left(state["total"], state["tax"], state["shipping"], state["discount"], items)
    member = None if state["read"] is None else _member(program, customer, state["read"])
    tier = _tier(program, state["tier"])
    if member is not None:
        member.tier = tier
    return Record(
        order,
        parse_instant(state["at"]),
        tier,
        member,
        state["spend"],
        state["counted"],
        dict(state["points"]),
        program.digest,
        state["excluded"],
    )


_METRICS = ("spend", "orders", "points_earned")


def _member_out(program: Compiled, member: Member) -> dict[str, Any]:
    """What the program's conditions read of the customer, by name; the rest makes no difference to a refund."""
    values: dict[str, Any] = {}
    for name in program.tables.reads:
        if name in _METRICS:
            values[name] = getattr(member, name)
        elif name.startswith("lifetime."):
            values[name] = getattr(member.lifetime, name.removeprefix("lifetime."))
        elif name == "customer.tags":
            values[name] = sorted(member.tags)
        elif name == "customer.country":
            values[name] = member.country
        elif name.startswith("customer.") and name.removeprefix("customer.") in member.attributes:
            value = member.attributes[name.removeprefix("customer.")]
            values[name] = str(value) if isinstance(value, Fraction) else value
    return values


def _member(program: Compiled, customer: Customer, values: dict[str, Any]) -> Member:
    member = Member()
    member.joined = customer.joined
    member.spend, member.orders, member.points_earned = (values.get(name, 0) for name in _METRICS)
    member.lifetime = Metrics(*(values.get(f"lifetime.{name}", 0) for name in _METRICS))
    member.tags = frozenset(values.get("customer.tags", ()))
    member.country = values.get("customer.country", "")
    member.attributes = attribute_values(program.tables.attributes, {}, program.tables.decimals)
    for attribute in program.tables.attributes:
        if f"customer.{attribute.name}" in values:
            value = values[f"customer.{attribute.name}"]
            member.attributes[attribute.name] = Fraction(value) if attribute.type == "decimal" else value
    return member


_ITEM_AMOUNTS = ("total", "tax", "discount", "quantity", "sku", "vendor", "gift_card", "gone")


def _item_out(item: Item) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(item, name) for name in _ITEM_AMOUNTS}
    return {**values, "tags": sorted(item.tags), "collections": sorted(item.collections)}


def _item(values: dict[str, Any]) -> Item:
    item = Item()
    for name in _ITEM_AMOUNTS:
        setattr(item, name, values[name])
    item.tags, item.collections = frozenset(values["tags"]), frozenset(values["collections"])
    return item


def _known(programs: Mapping[str, Compiled], digest: str) -> Compiled:
    try:
        return programs[digest]
    except KeyError:
        raise UnknownProgram(digest) from None


def _instant(instant: int) -> str:
    return format_instant(instant, UTC)


def _metrics_out(metrics: Metrics | Customer) -> list[int]:
    return [metrics.spend, metrics.orders, metrics.points_earned]


def _closed_out(program: Compiled, closed: Closed) -> dict[str, Any]:
    return {
        "metrics": _metrics_out(closed.metrics),
        "cap": None if closed.cap is None else {"tier": program.tier_id(closed.cap)},
        "secured": program.tier_id(closed.secured),
    }


def _closed(program: Compiled, state: dict[str, Any]) -> Closed:
    return Closed(Metrics(*state["metrics"]), _cap(program, state["cap"]), _tier(program, state["secured"]))


def _cap(program: Compiled, state: dict[str, Any] | None) -> int | None:
    return None if state is None else _tier(program, state["tier"])


def _tier(program: Compiled, tier_id: str | None) -> int:
    return NO_TIER if tier_id is None else program.tier_of_id[tier_id]


def _number_out(value: object) -> object:
    # Numbers keep their exact text: JSON readers would make floats of them.
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _number_in(value: object) -> object:
    return Decimal(value["number"]) if isinstance(value, dict) else value
