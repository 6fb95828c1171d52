"""The money of an order, or of one of its items, that counts: in minor units."""

from __future__ import annotations

from ..model.tree import Amount
from .evaluate import Values

ORDER = "order."


def counted(amount: Amount, values: Values, scope: str) -> int:
    """What counts of the order (`scope` is `order.`) or of an item (`item.`, `item2.`, …)."""
    tax = 0 if amount.tax else whole(values, scope + "tax")
    shipping = 0 if amount.shipping or scope != ORDER else whole(values, scope + "shipping")
    discount = 0 if amount.deduct_discounts else whole(values, scope + "discount")
    return whole(values, scope + "total") - tax - shipping + discount


def whole(values: Values, path: str) -> int:
    """A whole number by its name; 0 where it is not stated."""
    value = values.get(path, 0)
    assert isinstance(value, int)
    return value
