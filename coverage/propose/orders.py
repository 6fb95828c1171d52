"""From the values that conditions read of an order and its items to an order that has them."""

from __future__ import annotations

from typing import Any

from ...compiler.analysis.evaluate import Values, holds
from ...compiler.analysis.space import item_scope
from ...compiler.model.tree import Program as Model
from ...compiler.model.words import money
from .scalars import Bare
from .stage import Unplayable

Json = dict[str, Any]
PLAIN = 2_000  # minor units of an order of which no condition asks how large it is
_TEXTS = ("sku", "vendor")
_SETS = ("tags", "collections")


def order_of(values: Values, model: Model, needs_items: bool) -> Json:
    """The order, in the form of events; what `values` do not say is as plain as can be."""
    items = [_item(values, scope) for scope in _scopes(values)]
    units = values.get("order.units")
    if isinstance(units, int):
        items = _with_units(items, units)
    amounts = {key: _whole(values, f"order.{key}") for key in ("tax", "shipping", "discount")}
    for key in ("tax", "discount"):
        amounts[key] = max(amounts[key], sum(item[key] for item in items))
    least = max(amounts["tax"], sum(item["total"] for item in items)) + amounts["shipping"]
    total = values.get("order.total", max(least, PLAIN if not items else least))
    assert isinstance(total, int)
    if needs_items and not items and units is None:
        items = [
            _plain(total - amounts["shipping"], 1) | {"tax": amounts["tax"], "discount": amounts["discount"]}
        ]
    said: Json = {"total": Bare(money(total, model.currency))}
    said |= {key: Bare(money(value, model.currency)) for key, value in amounts.items() if value}
    said |= {key: values[f"order.{key}"] for key in ("channel", "country") if values.get(f"order.{key}")}
    said |= {key: _sorted(values[f"order.{key}"]) for key in ("tags", "codes") if values.get(f"order.{key}")}
    if items or needs_items:
        said["items"] = [_said(item, model) for item in items]
    return said


def plain_order(model: Model, total: int, needs_items: bool, values: Values) -> Json:
    """An order of so many minor units that counts, of a member with these values."""
    order = {"order.total": total, "order.tax": 0, "order.shipping": 0, "order.discount": 0}
    stated = model.exclude
    if stated and stated.orders and holds(stated.orders.term, {**_of_member(values), **order}):
        raise Unplayable("a plain order is excluded")
    return order_of(order, model, needs_items)


def _of_member(values: Values) -> dict[str, Any]:
    return {path: value for path, value in values.items() if path.startswith("customer.")}


def _scopes(values: Values) -> list[str]:
    return sorted({scope for path in values if (scope := item_scope(path))})


def _item(values: Values, scope: str) -> Json:
    def get(key: str, default: Any) -> Any:
        return values.get(f"{scope}.{key}", default)

    tax = get("tax", 0)
    whole = "order.total" in values
    total = get("total", tax if whole else max(tax, PLAIN))
    quantity = get("quantity", 1)
    return {
        "total": total,
        "tax": tax,
        "discount": get("discount", 0),
        "quantity": quantity,
        **{key: get(key, "") for key in _TEXTS},
        **{key: get(key, frozenset()) for key in _SETS},
        "gift_card": get("gift_card", False),
    }


def _plain(total: int, quantity: int) -> Json:
    return {"total": total, "tax": 0, "discount": 0, "quantity": quantity}


def _with_units(items: list[Json], units: int) -> list[Json]:
    """The items with another one for the units that they do not have together."""
    missing = units - sum(item["quantity"] for item in items)
    return [*items, _plain(0, missing)] if missing > 0 else items


def _said(item: Json, model: Model) -> Json:
    """An item as an event has it, without what is the default."""
    said: Json = {"total": Bare(money(item["total"], model.currency))}
    said |= {key: Bare(money(item[key], model.currency)) for key in ("tax", "discount") if item[key]}
    if item["quantity"] != 1:
        said["quantity"] = item["quantity"]
    said |= {key: item[key] for key in _TEXTS if item.get(key)}
    said |= {key: _sorted(item[key]) for key in _SETS if item.get(key)}
    return said | ({"gift_card": True} if item.get("gift_card") else {})


def _whole(values: Values, path: str) -> int:
    value = values.get(path, 0)
    assert isinstance(value, int)
    return value


def _sorted(texts: object) -> list[str]:
    assert isinstance(texts, frozenset)
    return sorted(texts)
