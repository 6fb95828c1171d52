"""What each name that conditions read means."""

from __future__ import annotations

from ..compiler.model.scope import Scope
from ..compiler.model.tree import Attribute

MEANINGS = {
    "spend": "What the customer spent, over the window of the program (`vip.window`).",
    "orders": "How many orders the customer paid, over the window of the program (`vip.window`).",
    "points_earned": "How many points the customer earned, over the window of the program (`vip.window`); without those of rules with `qualifies: false`.",
    "lifetime.spend": "What the customer spent since joining.",
    "lifetime.orders": "How many orders the customer paid since joining.",
    "lifetime.points_earned": "How many points the customer earned since joining.",
    "customer.tags": "The tags of the customer.",
    "customer.country": "The country of the customer, as a code of two capital letters (ISO 3166-1).",
    "customer.joined": "The local day on which the customer joined.",
    "customer.days_since_joined": "How many local calendar days lie between joining and the event.",
    "order.total": "The total of the order, without excluded items (in `exclude`: with them).",
    "order.tax": "The tax in the order.",
    "order.shipping": "The cost of shipping in the order.",
    "order.discount": "The discounts on the order.",
    "order.units": "How many pieces were bought: the sum of the quantities of the items.",
    "order.channel": "Where the order was placed, as the shop calls it.",
    "order.country": "The country of the order, as a code of two capital letters (ISO 3166-1).",
    "order.tags": "The tags of the order.",
    "order.codes": "The discount codes used on the order.",
    "item.total": "The total of the item.",
    "item.tax": "The tax on the item.",
    "item.discount": "The discount on the item.",
    "item.quantity": "How many pieces of the item were bought.",
    "item.sku": "The stock-keeping unit of the item.",
    "item.vendor": "The vendor of the item.",
    "item.tags": "The tags of the product.",
    "item.collections": "The collections that the product is in.",
    "item.gift_card": "Whether the item is a gift card.",
}


def meaning(path: str, attributes: dict[str, Attribute]) -> str:
    """What a name means: of a declared attribute, its values and what it is until it is given."""
    if path in MEANINGS:
        return MEANINGS[path]
    attribute = attributes.get(path)
    if attribute is None:
        return ""
    values = ", ".join(f"`{value}`" for value in attribute.values)
    return "An attribute that this program declares" + (f": one of {values}." if values else ".")


def where_read(scope: Scope, path: str) -> str:
    """The places whose conditions read a name, listed."""
    return ", ".join(place.value for place in scope.places(path))
