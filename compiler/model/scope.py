"""The names that conditions read: the type of each, and in which places of a file it has a meaning."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from .condition import Type
from .tree import Attribute


class Place(Enum):
    """Where in a file a condition stands; `RULE_ITEMS` is for `items` and `contains` alike."""

    TIER = "a tier's `when`"
    RETAIN = "`retain`"
    RULE_ON_ORDERS = "the `when` of an order rule"
    RULE_ON_ACTIVITY = "the `when` of a rule on an activity"
    RULE_ITEMS = "`items` and `contains`"
    EXCLUDE_CUSTOMERS = "`exclude.customers`"
    EXCLUDE_ORDERS = "`exclude.orders`"
    EXCLUDE_ITEMS = "`exclude.items`"


Names = dict[str, Type]

_METRICS: Names = {
    "spend": Type.MONEY,
    "orders": Type.INTEGER,
    "points_earned": Type.INTEGER,
    "lifetime.spend": Type.MONEY,
    "lifetime.orders": Type.INTEGER,
    "lifetime.points_earned": Type.INTEGER,
}
_CUSTOMER: Names = {
    "customer.tags": Type.TEXT_SET,
    "customer.country": Type.TEXT,
    "customer.joined": Type.DATE,
}
_DAYS: Names = {"customer.days_since_joined": Type.INTEGER}
_ORDER: Names = {
    "order.total": Type.MONEY,
    "order.tax": Type.MONEY,
    "order.shipping": Type.MONEY,
    "order.discount": Type.MONEY,
    "order.units": Type.INTEGER,
    "order.channel": Type.TEXT,
    "order.country": Type.TEXT,
    "order.tags": Type.TEXT_SET,
    "order.codes": Type.TEXT_SET,
}
_ITEM: Names = {
    "item.total": Type.MONEY,
    "item.tax": Type.MONEY,
    "item.discount": Type.MONEY,
    "item.quantity": Type.INTEGER,
    "item.sku": Type.TEXT,
    "item.vendor": Type.TEXT,
    "item.tags": Type.TEXT_SET,
    "item.collections": Type.TEXT_SET,
    "item.gift_card": Type.BOOLEAN,
}

# Of each place, the names that it reads; declared attributes are read wherever `_CUSTOMER` is.
_READS: dict[Place, tuple[Names, ...]] = {
    Place.TIER: (_METRICS, _CUSTOMER),
    Place.RETAIN: (_METRICS, _CUSTOMER),
    Place.RULE_ON_ORDERS: (_ORDER, _CUSTOMER, _DAYS, _METRICS),
    Place.RULE_ON_ACTIVITY: (_CUSTOMER, _DAYS, _METRICS),
    Place.RULE_ITEMS: (_ITEM,),
    Place.EXCLUDE_CUSTOMERS: (_CUSTOMER, _DAYS),
    Place.EXCLUDE_ORDERS: (_ORDER, _CUSTOMER, _DAYS),
    Place.EXCLUDE_ITEMS: (_ITEM, _ORDER),
}

COUNTRY_NAMES = frozenset({"customer.country", "order.country"})

_PREFIX = "customer."


def never_negative(path: str, type: Type) -> bool:
    """Whether a number is at least 0: money, and whatever counts something; the merchant's own numbers need not be."""
    return type is Type.MONEY or path in _DAYS or not path.startswith(_PREFIX)


BUILT_IN_ATTRIBUTES = frozenset(path.removeprefix(_PREFIX) for path in (*_CUSTOMER, *_DAYS))


class Scope:
    """The names that one place of one program reads, and those that it does not but others do."""

    def __init__(self, place: Place, attributes: Iterable[Attribute]) -> None:
        """The names of a place; `attributes` are those that the program declares."""
        self.place = place
        self.attributes = {_PREFIX + a.name: a for a in attributes}
        self._declared = {path: a.type for path, a in self.attributes.items()}
        self.names = self._names_of(place)

    def _names_of(self, place: Place) -> Names:
        tables = _READS[place]
        names = {path: type for table in tables for path, type in table.items()}
        return names | self._declared if _CUSTOMER in tables else names

    def places(self, path: str) -> list[Place]:
        """Every place in which a name is read; none if it is unknown."""
        return [place for place in Place if path in self._names_of(place)]

    def nearest(self, path: str) -> str | None:
        """The name of this place that was probably meant: the same last word, or much the same spelling."""
        from difflib import get_close_matches  # only ever needed for what is wrong

        lower = path.lower()
        if lower in self.names:
            return lower
        root, _, last = lower.rpartition(".")
        same = [name for name in self.names if _last(name) == last]
        if same:
            return get_close_matches(lower, same, 1, 0.0)[0]
        # Of `customer.is_vip` and `customer.size` only the last words say how alike the two are.
        siblings = {_last(name): name for name in self.names if name.rpartition(".")[0] == root}
        others = {_last(name): name for name in reversed(self.names)}
        for words, likeness in ((siblings, 0.6), (others, 0.75)):
            found = get_close_matches(last, words, 1, likeness)
            if found:
                return words[found[0]]
        return next(iter(get_close_matches(lower, self.names, 1, 0.8)), None)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
