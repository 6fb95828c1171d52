"""Hypothesis strategies that damage files and events: at the level of bytes, of tokens, and of JSON values."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(r"\n *|[\w.:-]+|\s+|\S")
WORD = re.compile(r"[\w.]+(?:-[\w.]+)*|[<>=!]=")
VOCABULARY = """
    spend orders points_earned lifetime.spend lifetime.orders customer.tags customer.country customer.joined
    customer.days_since_joined order.total order.units order.codes item.sku item.gift_card item.tags and or not in has
    true false >= <= == != < > + - * ( ) 0 1 -1 0.5 1.25 12.345 100 1000000 99999999999999999999 2026-01-01 2026-12-31
    2027-02-29 2026-06-01T00:00 02-29 12-31 lifetime calendar_year anniversary rolling next_window this_window earned
    one_down count ignore include exclude all highest nearest down up steps order signup birthday review custom:x none
    tiercel program customer exclude vip earn campaigns launches window lasts lapse refunds spend notify tiers id name
    when retain invite_only entry_rewards perks activity points per round amount items contains limit times days from
    until max_points active qualifies starts ends multiplier type percent product boolean integer decimal money text
    date one_of CAD JPY XXX UTC America/Toronto Mars/Base shopify bigcommerce wix free growth plus not_yet a b
    date("2026-01-31") date("x") ["a"] [] {} "" "a" 'x'
"""
WORDS = VOCABULARY.split()
HOSTILE_YAML = [
    "&a ",
    "*a",
    "<<: *a",
    "!!python/object/apply:os.system [ls]",
    "!!binary ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "\t",
    "\x00",
    "\u2028",
    "\ufeff",
    "\x85",
    "[" * 40,
    "{a: " * 40,
    "- " * 40,
    "? ",
    "| \n",
    ">-\n",
    '"\\ud800"',
    '"\\x',
    "'",
    '"',
    "#",
    " #",
    "~",
    "null",
    "1e400",
    ".nan",
    "-.inf",
    "0x1F",
    "1_000",
    "9" * 5000,
    "0." + "1" * 3000,
    "-1",
    "2026-02-30",
    "9999-12-31",
    "0000-01-01",
    "2026-03-08T02:30",
    "true",
    "NO",
    "a" * 5000,
    "(" * 200,
    "not " * 200,
    "spend >= 1 and " * 400,
    "spend == = 1",
    "\u202e",
    "😀",
    "é",
]
HOSTILE_JSON: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**400,
    -(10**30),
    "",
    " ",
    "NaN",
    "1e5",
    "-0.00",
    "1.005",
    "٣",
    "1" * 400,
    "\x00",
    "\ud800",
    "é" * 3000,
    [],
    {},
    [None],
    [[]],
    {"": ""},
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00",
    "2026-06-30T23:59:60Z",
    "2026-02-29T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:00.123456789012Z",
    "0000-00-00T00:00:00Z",
]
HOSTILE_LINES = [
    "",
    " ",
    "{",
    "[]",
    "null",
    "1",
    '"x"',
    "NaN",
    '{"id": NaN}',
    '{"id": "a", "id": "a"}',
    "[" * 100_000,
    '{"a":' * 50_000,
    '{"id": 1e999999999999999999999}',
    '{"id": ' + "9" * 5000 + "}",
    '{"id": "\\ud800", "type": "clock", "at": "2026-01-01T00:00:00Z", "customer": "\\udfff"}',
    "\ufeff{}",
    "{}\x00",
    "{'id': 1}",
]


def damaged_text(rng: random.Random, text: str) -> bytes:
    """A file with a few tokens deleted, repeated, swapped or replaced by hostile ones."""
    tokens = TOKEN.findall(text)
    for _ in range(rng.randint(1, 4)):
        place, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        match rng.randrange(5):
            case 0:
                tokens[place] = ""
            case 1:
                tokens[place] *= rng.choice([2, 3, 50])
            case 2:
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case 3:
                tokens[place] = rng.choice(HOSTILE_YAML)
            case _:
                tokens.insert(place, rng.choice(HOSTILE_YAML))
    return "".join(tokens).encode("utf-8", "surrogatepass")


def confused_text(rng: random.Random, text: str) -> bytes:
    """A file that is still YAML, mostly: some words stand where others should."""
    found = list(WORD.finditer(text))
    for place in sorted(rng.sample(found, min(len(found), rng.randint(1, 3))), key=lambda m: -m.start()):
        word = rng.choice([rng.choice(WORDS), rng.choice(found)[0], place[0] + "0", ""])
        text = text[: place.start()] + word + text[place.end() :]
    return text.encode("utf-8", "surrogatepass")


def damaged_bytes(rng: random.Random, text: str) -> bytes:
    """A file with a few bytes changed, or cut short."""
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(rng.randint(1, 6)):
        if raw:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw[: rng.randrange(len(raw) + 1)] if rng.random() < 0.2 else raw)


def noise(rng: random.Random, _text: str) -> bytes:
    """Bytes from nowhere."""
    return rng.randbytes(rng.randrange(200))


FILE_DAMAGE: list[Callable[[random.Random, str], bytes]] = (
    [confused_text] * 9 + [damaged_text] * 4 + [damaged_bytes] + [noise]
)


def damaged_file(rng: random.Random, text: str) -> bytes:
    """A program file that somebody has broken."""
    return rng.choice(FILE_DAMAGE)(rng, text)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value, as its container and its key or index."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, entry in inner:
        found += [(value, key), *places(entry)]
    return found


def damaged_event(rng: random.Random, event: dict[str, Any]) -> str:
    """An event's line with some value replaced, taken out, renamed, or moved."""
    event = copy.deepcopy(event)
    for _ in range(rng.randint(1, 2)):
        spots = places(event)
        if not spots:
            break
        holder, key = rng.choice(spots)
        match rng.randrange(5):
            case 0 | 1:
                holder[key] = rng.choice(HOSTILE_JSON)
            case 2:
                del holder[key]
            case 3 if isinstance(holder, dict):
                holder[rng.choice(["x", key.upper(), "a" * 3000, "id", "at"])] = rng.choice(HOSTILE_JSON)
            case _:
                other, there = rng.choice(spots)
                holder[key] = copy.deepcopy(other[there])
    return json.dumps(event)


def damaged_line(rng: random.Random, event: dict[str, Any]) -> str:
    """A line of events that may be anything."""
    if rng.random() < 0.7:
        return damaged_event(rng, event)
    if rng.random() < 0.2:
        return rng.choice(HOSTILE_LINES)
    return damaged_text(rng, json.dumps(event)).decode("utf-8", "surrogatepass")
