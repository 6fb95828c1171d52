"""What the runtime earns on an order, limits aside, for members and orders that are put together at will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tiercel.compiler.model.condition import Type
from tiercel.compiler.model.tree import Program as Model
from tiercel.runtime import Item, Member, Metrics, Order, Program
from tiercel.runtime.instants import first_instant, local_day
from tiercel.runtime.points import campaign_at, matches, net_order, rule_points

_UNSTATED: dict[Type, Any] = {
    Type.BOOLEAN: False,
    Type.INTEGER: 0,
    Type.MONEY: 0,
    Type.DECIMAL: Fraction(0),
}


@dataclass(frozen=True)
class Grid:
    """A point of the grid: a member in a tier (-1: in none), an order, and when it is paid."""

    member: Member
    joined_day: int
    order: Order
    at: int


def attributes(model: Model, given: dict[str, Any]) -> dict[str, Any]:
    """Every declared attribute, those that are not given as conditions read them."""
    return {
        each.name: given.get(each.name, each.values[0] if each.values else _UNSTATED.get(each.type, ""))
        for each in model.attributes
    }


def member(attributes: dict[str, Any], **given: Any) -> Member:
    """A member, with what is not given empty; since joining, all metrics are as in the window."""
    found = Member()
    found.attributes = attributes
    found.country, found.joined, found.tags = "", "", frozenset()
    found.spend = found.orders = found.points_earned = 0
    found.tier = -1
    for name, value in given.items():
        setattr(found, name, value)
    found.lifetime = Metrics(found.spend, found.orders, found.points_earned)
    return found


def item(**given: Any) -> Item:
    """An item, with what is not given empty."""
    found = Item()
    found.collections = found.tags = frozenset()
    found.discount = found.tax = found.total = 0
    found.gift_card = found.gone = False
    found.quantity, found.sku, found.vendor = 1, "", ""
    for name, value in given.items():
        setattr(found, name, value)
    return found


def order(items: tuple[Item, ...] = (), **given: Any) -> Order:
    """An order, with what is not given empty."""
    found = Order()
    found.channel = found.country = ""
    found.codes = found.tags = frozenset()
    found.discount = found.shipping = found.tax = found.total = 0
    found.items = items
    for name, value in given.items():
        setattr(found, name, value)
    found.units = sum(each.quantity for each in items)
    return found


def from_witness(model: Model, program: Program, tier: int, witness: dict[str, Any]) -> Grid:
    """The member and the order that a witness tells of, when no campaign runs and joining does not matter."""
    customer = witness.get("customer", {})
    stated = {a.name: a.type for a in model.attributes}
    own = {name: _read(value, stated[name], model) for name, value in customer.items() if name in stated}
    metrics = {
        name: _minor(witness.get(name, 0), name, model) for name in ("spend", "orders", "points_earned")
    }
    who = member(attributes(model, own), tier=tier, tags=frozenset(customer.get("tags", ())), **metrics)
    for name in metrics:
        setattr(who.lifetime, name, _minor(witness.get(f"lifetime.{name}", 0), name, model))
    who.country = customer.get("country", "")
    days = customer.get("days_since_joined", 0)
    who.joined = customer.get("joined", "2020-01-01")
    joined = date.fromisoformat(who.joined).toordinal()
    return Grid(
        who, joined, _order(model, witness.get("order", {})), first_instant(joined + days, program.tz)
    )


def _order(model: Model, witness: dict[str, Any]) -> Order:
    items = tuple(item(**_plain(model, each)) for each in witness.get("items", ()))
    return order(items, **_plain(model, {name: v for name, v in witness.items() if name != "items"}))


def _plain(model: Model, stated: dict[str, Any]) -> dict[str, Any]:
    money = {"total", "tax", "shipping", "discount"}
    return {
        name: _read(value, Type.MONEY, model)
        if name in money
        else frozenset(value)
        if isinstance(value, list)
        else value
        for name, value in stated.items()
    }


def _minor(value: Any, name: str, model: Model) -> Any:
    return _read(value, Type.MONEY, model) if name == "spend" else value


def _read(value: Any, type: Type, model: Model) -> Any:
    if type is Type.MONEY:
        return int(Fraction(value) * 10**model.currency.decimals)
    return Fraction(value) if type is Type.DECIMAL else value


def earned(program: Program, grid: Grid) -> int:
    """The points of all rules together."""
    tables = program.tables
    days = local_day(grid.at, program.tz) - grid.joined_day
    left = net_order(tables, grid.order)
    if left is None or (tables.excludes_customer and tables.excludes_customer(grid.member, days)):
        return 0
    if tables.excludes_order and tables.excludes_order(grid.member, grid.order, days):
        return 0
    campaign = campaign_at(program, grid.at)
    return sum(
        rule_points(rule, left, grid.member.tier, campaign)[0]
        for rule in program.order_rules
        if matches(rule, left, grid.member.tier, grid.member, days, grid.at)
    )
