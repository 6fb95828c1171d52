"""Which money counts: tax, shipping and discounts, key by key."""

from __future__ import annotations

from ..syntax.tree import Mapping
from .shaped import text
from .tree import Amount

_WORDS = {True: "include", False: "exclude"}


def read_amount(node: Mapping | None, default: Amount) -> Amount:
    """The amount that a mapping states; keys that it leaves out, and all without one, are as in `default`."""
    if node is None:
        return default
    return Amount(
        tax=text(node, "tax", _WORDS[default.tax]) == "include",
        shipping=text(node, "shipping", _WORDS[default.shipping]) == "include",
        deduct_discounts=text(node, "discounts", "deduct" if default.deduct_discounts else "ignore")
        == "deduct",
    )
