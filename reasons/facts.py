"""What conditions read, by name: from the runtime's members, orders and items to the values of a term."""

from __future__ import annotations

import json
from fractions import Fraction

from ..compiler.analysis.evaluate import Value
from ..compiler.model.condition import Reference, Type
from ..compiler.model.tree import Program
from ..runtime import Item, Member, Metrics, Order
from . import words

Values = dict[str, Value]


def member_values(member: Member, days: int) -> Values:
    """`customer.*` and the metrics; `days` are those since joining."""
    values: Values = {f"customer.{name}": value for name, value in member.attributes.items()}
    values |= {
        "customer.tags": member.tags,
        "customer.country": member.country,
        "customer.joined": member.joined,
        "customer.days_since_joined": days,
    }
    return values | _metrics(member, "") | _metrics(member.lifetime, "lifetime.")


def _metrics(metrics: Metrics | Member, prefix: str) -> Values:
    names = ("spend", "orders", "points_earned")
    return {prefix + name: getattr(metrics, name) for name in names}


def order_values(order: Order) -> Values:
    """`order.*`."""
    names = ("total", "tax", "shipping", "discount", "units", "channel", "country", "tags", "codes")
    return {f"order.{name}": getattr(order, name) for name in names}


def item_values(item: Item) -> Values:
    """`item.*`."""
    names = ("total", "tax", "discount", "quantity", "sku", "vendor", "tags", "collections", "gift_card")
    return {f"item.{name}": getattr(item, name) for name in names}


def shown(name: Reference, values: Values, program: Program) -> str:
    """A value as a condition would write it: `49.95`, `"web"`, `["a", "b"]`, `true`; `none` for no date."""
    value = values[name.path]
    if name.type is Type.MONEY:
        assert isinstance(value, int)
        return words.money(value, program.currency)
    if name.type is Type.DATE and value == "":
        return "none"
    if isinstance(value, frozenset):
        return json.dumps(sorted(value), ensure_ascii=False)
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    return words.decimal(Fraction(value))
