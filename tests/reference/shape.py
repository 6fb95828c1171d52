"""The shape of events: what may be said in each, read strictly into plain values (money in minor units)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tiercel.compiler.model.condition import Condition, Type, references
from tiercel.compiler.model.condition import Reference as Name
from tiercel.compiler.model.tree import Attribute, Program

from .times import parse_instant

Event = dict[str, Any]
Read = Callable[[Any, Program, str], Any]

ACTIVITIES = ("birthday", "review", "referral", "follow", "share")
CUSTOM = re.compile(r"custom:[a-z][a-z0-9_-]{0,63}")
PLAIN_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
SIGNED_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Invalid(Exception):
    """An event that is not one; the message names the field."""


def parse_line(line: str) -> Event:
    """The object on a line. `Invalid` for what is no object, repeats a key or has a number that is not finite."""
    try:
        event = json.loads(line, parse_float=finite, parse_constant=no_constant, object_pairs_hook=no_repeats)
    except (ValueError, ArithmeticError, RecursionError):
        raise Invalid("the line is not a JSON object") from None
    if not isinstance(event, dict):
        raise Invalid("the line is not a JSON object")
    return event


def finite(text: str) -> Decimal:
    """A number by its text."""
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def no_constant(text: str) -> Any:
    """NaN and the infinities are no JSON."""
    raise ValueError(text)


def no_repeats(pairs: list[tuple[str, Any]]) -> Event:
    """An object, each key of which is given once."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("repeated key")
    return dict(pairs)


def same_content(a: Any, b: Any) -> bool:
    """Whether two parsed values are the same, numbers by value; `true` is no number."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_content(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same_content, a, b))
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if is_number(a) and is_number(b):
        return bool(a == b)
    return type(a) is type(b) and bool(a == b)


def is_number(value: Any) -> bool:
    """Whether a parsed value is a JSON number."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def text(value: Any, _program: Program, field: str) -> str:
    if not isinstance(value, str):
        raise Invalid(f"`{field}` has to be text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Invalid(f"`{field}` has half of a surrogate pair")
    return value


def name(value: Any, program: Program, field: str) -> str:
    """Text that tells one thing from another: not empty, and something that can be written in UTF-8."""
    if not text(value, program, field).strip():
        raise Invalid(f"`{field}` is empty")
    return text(value, program, field)


def truth(value: Any, _program: Program, field: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid(f"`{field}` has to be true or false")
    return value


def whole(value: Any, _program: Program, field: str) -> int:
    if not is_number(value) or abs(Decimal(value).adjusted()) > 30 or value != int(value):
        raise Invalid(f"`{field}` has to be a whole number")
    return int(value)


def count(value: Any, program: Program, field: str) -> int:
    number = whole(value, program, field)
    if number < 0:
        raise Invalid(f"`{field}` is negative")
    return number


def moves(value: Any, program: Program, field: str) -> int:
    number = whole(value, program, field)
    if number == 0:
        raise Invalid(f"`{field}` is 0")
    return number


def amount(value: Any, program: Program, field: str) -> int:
    """Money: decimal text or a number, not negative, with no more decimals than the currency has."""
    number = exact(value, PLAIN_DECIMAL, field) * 10**program.currency.decimals
    if number < 0 or number.denominator != 1:
        raise Invalid(f"`{field}` is no amount of {program.currency.code}")
    return int(number)


def decimal(value: Any, _program: Program, field: str) -> Fraction:
    return exact(value, SIGNED_DECIMAL, field)


def exact(value: Any, pattern: re.Pattern[str], field: str) -> Fraction:
    """A number, or the decimal text of one."""
    if isinstance(value, str) and pattern.fullmatch(value):
        value = Decimal(value)
    if not is_number(value) or abs(Decimal(value).adjusted()) > 30:
        raise Invalid(f"`{field}` has to be a decimal number")
    return Fraction(value)


def instant(value: Any, program: Program, field: str) -> Fraction:
    try:
        return parse_instant(text(value, program, field))
    except ValueError:
        raise Invalid(f"`{field}` has to be an RFC 3339 instant with an offset") from None


def texts(value: Any, program: Program, field: str) -> frozenset[str]:
    return frozenset(text(entry, program, field) for entry in entries(value, field))


def entries(value: Any, field: str) -> list[Any]:
    """The entries of a list."""
    if not isinstance(value, list):
        raise Invalid(f"`{field}` has to be a list")
    return value


def calendar_day(value: Any, program: Program, field: str) -> str:
    written = text(value, program, field)
    try:
        if date.fromisoformat(written).isoformat() != written:
            raise ValueError(written)
    except ValueError:
        raise Invalid(f"`{field}` has to be a date") from None
    return written


def activity(value: Any, program: Program, field: str) -> str:
    name = text(value, program, field)
    if name not in ACTIVITIES and not CUSTOM.fullmatch(name):
        raise Invalid(f"`{field}` is no activity")
    return name


BY_TYPE: dict[Type, Read] = {
    Type.BOOLEAN: truth,
    Type.INTEGER: whole,
    Type.DECIMAL: decimal,
    Type.MONEY: amount,
    Type.TEXT: text,
    Type.DATE: calendar_day,
    Type.ONE_OF: text,
}


def attribute_value(attribute: Attribute, value: Any, program: Program) -> Any:
    """A declared attribute's value; `Invalid` where the declaration does not admit it."""
    field = f"attributes.{attribute.name}"
    read = BY_TYPE[attribute.type](value, program, field)
    if attribute.type is Type.ONE_OF and read not in attribute.values:
        raise Invalid(f"`{field}` is none of its values")
    return read


def attributes(value: Any, program: Program, field: str) -> dict[str, Any]:
    """Attribute values as given, checked; they are kept raw, since another version may read them differently."""
    declared = {attribute.name: attribute for attribute in program.attributes}
    if not isinstance(value, dict):
        raise Invalid(f"`{field}` has to be an object")
    for name, given in value.items():
        if name not in declared:
            raise Invalid(f"`{field}.{name}` is not declared")
        attribute_value(declared[name], given, program)
    return dict(value)


def keyed(
    value: Any, program: Program, field: str, needed: dict[str, Read], optional: dict[str, Read]
) -> Event:
    """An object with the needed keys, perhaps the optional ones, and no others."""
    if not isinstance(value, dict):
        raise Invalid(f"`{field}` has to be an object")
    for key in value:
        if key not in needed and key not in optional:
            raise Invalid(f"`{field}.{key}` is not known")
    for key in needed:
        if key not in value:
            raise Invalid(f"`{field}.{key}` is missing")
    readers = {**needed, **optional}
    return {key: readers[key](given, program, f"{field}.{key}") for key, given in value.items()}


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


def default_of(attribute: Attribute) -> Any:
    """What a condition reads of an attribute that was not given."""
    if attribute.type is Type.ONE_OF:
        return attribute.values[0]
    return {Type.BOOLEAN: False, Type.TEXT: "", Type.DATE: ""}.get(attribute.type, 0)
