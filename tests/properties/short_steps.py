"""Writes events as steps of scenarios: in short where there are words for all of an event, else in full."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .order_events import Event


def step(event: Event, in_short: bool = True) -> str | None:
    """A step, `in_short` if it can be; none where a file cannot say the event, for nothing in it can be null."""
    if "null" in (text := json.dumps(event, ensure_ascii=False)):
        return None
    short = _short(event) if in_short else None
    return f"event: {text}" if short is None else quoted(short)


def quoted(text: str) -> str:
    """A text as a scalar of YAML in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def _short(event: Event) -> str | None:
    """The short step of an event; none where some part of it has no words."""
    write = _WRITERS.get(event["type"])
    left = {key: value for key, value in event.items() if key not in ("id", "type", "at", "customer")}
    said = write(left) if write else None
    if said is None or left:
        return None
    who = f"{_word(event['customer'])} " if "customer" in event else ""
    return f"{who}{said} at {event['at']}"


def _word(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def _words(texts: list[str]) -> str:
    return ", ".join(map(_word, texts))


def _taken(left: Event, parts: dict[str, Callable[[Any], str | None]]) -> str | None:
    """The parts that are there, each taken out of what is left; none if one cannot be said."""
    said = [part(left.pop(key)) for key, part in parts.items() if key in left]
    return None if None in said else "".join(f" {each}" for each in said if each)


def _after(word: str) -> Callable[[Any], str]:
    return lambda value: f"{word} {_word(value)}"


def _amount(word: str) -> Callable[[Any], str]:
    return lambda value: f"{word} {value}"


def _list(word: str) -> Callable[[list[str]], str | None]:
    return lambda texts: f"{word} {_words(texts)}" if texts else None


def _attributes(given: Event) -> str | None:
    """Attributes: words stand for values of the type that the program declares, so only such are said in words."""
    if not given or any(type(value) not in (bool, int, str) for value in given.values()):
        return None
    shown = {name: str(value).lower() if type(value) is bool else value for name, value in given.items()}
    return "with " + ", ".join(f"{_word(name)} {_word(value)}" for name, value in shown.items())


_PROFILE = {"attributes": _attributes, "tags": _list("tagged"), "country": _after("from")}
_AMOUNTS = {key: _amount(key) for key in ("tax", "shipping", "discount")}


def _joins(left: Event) -> str | None:
    signup = {"signup": lambda _: "without signup"}
    since = {"since": lambda moment: f"since {moment}"}
    said = _taken(left, {"email": _after("as"), **_PROFILE, **signup, **since})
    return None if said is None else f"joins{said}"


def _changes(left: Event) -> str | None:
    said = _taken(left, {"email": _after("to"), **_PROFILE})
    return f"changes{said}" if said else None


def _orders(left: Event) -> str | None:
    order = dict(left["order"])
    if "items" in order or type(order["total"]) not in (int, str):
        return None
    del left["order"]
    parts = {
        "total": _amount("orders"), "id": _after("as"), **_AMOUNTS, "channel": _after("in"), "country": _after("to"),
        "tags": _list("tagged"), "codes": _list("using"),
    }  # fmt: skip
    said = _taken(order, parts)
    return None if order or said is None else said.strip()


def _returns(left: Event) -> str | None:
    order = dict(left.pop("order"))
    said = _taken(order, {"amount": _amount("returns"), "id": _after("of"), **_AMOUNTS})
    return None if order or said is None else said.strip()


def _adjusts(left: Event) -> str | None:
    points = left.pop("points")
    said = _taken(left, {"reason": _after("because")})
    return f"{'gets' if points > 0 else 'loses'} {abs(points)} points{said}" if points else None


def _moves(left: Event) -> str:
    return f"moves to {_word(left.pop('tier'))}{_taken(left, {'note': _after('because')})}"


def _imports(left: Event) -> str:
    rows = [f"{_word(row['email'])} as {_word(row['vip_tier'])}" for row in left.pop("rows")]
    return f"import {', '.join(rows)}"


_WRITERS: dict[str, Callable[[Event], str | None]] = {
    "customer.enrolled": _joins,
    "customer.updated": _changes,
    "order.paid": _orders,
    "order.refunded": _returns,
    "activity": lambda left: f"does {_word(left.pop('activity'))}",
    "points.adjusted": _adjusts,
    "tier.set": _moves,
    "tiers.imported": _imports,
    "customer.removed": lambda _: "leaves",
    "clock": lambda _: "waits",
}
