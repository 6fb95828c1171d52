"""The digest of a program's meaning: what makes two files the same version of a program.

The meaning is written as JSON with sorted keys, and hashed. Layout, comments, the order of keys, quoting and stated
defaults are not in it. A change of what is written here makes every program another version for its customers: it
needs a new number below, and a word in the release notes.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Any

from .condition import Condition
from .tree import Exclude, Moment, Program, Tier, Vip

_VERSION = 1


def digest(program: Program) -> str:
    """`sha256:` and the hexadecimal digest of the program's meaning."""
    return f"sha256:{sha256(meaning(program).encode()).hexdigest()}"


def meaning(program: Program) -> str:
    """The meaning of a program as canonical text."""
    written = {"digest": _VERSION, **_of_program(program)}
    return json.dumps(written, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _of_program(program: Program) -> dict[str, Any]:
    exclude = program.exclude or Exclude(program.node, None, None, None)
    return {
        **_compared(program),
        "attributes": {a.name: [a.type.value, *a.values] for a in program.attributes},
        "exclude": {"customers": _plain(exclude.customers), "orders": _plain(exclude.orders)},
        "vip": _of_vip(program.vip),
    }


def _of_vip(vip: Vip | None) -> Any:
    if vip is None:
        return None
    return {**_compared(vip), "tiers": [_of_tier(tier, vip) for tier in vip.tiers]}


def _of_tier(tier: Tier, vip: Vip) -> dict[str, Any]:
    keeps = vip.window.closes and vip.lasts_next_window
    retain = tier.when if tier.retain is None and keeps else tier.retain
    return {**_compared(tier), "retain": _plain(retain)}


def _compared(node: Any) -> dict[str, Any]:
    return {f.name: _plain(getattr(node, f.name)) for f in fields(node) if f.compare}


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case Enum():
            return value.value
        case Moment():
            return value.instant
        case Condition():
            return _plain(value.term)
        case tuple():
            return [_plain(part) for part in value]
    assert is_dataclass(value)
    # Of a node the name of its type too: two types of terms can have the same fields.
    return {"": type(value).__name__, **_compared(value)}
