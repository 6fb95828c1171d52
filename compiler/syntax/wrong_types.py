"""A value of another type than was meant: what it is, and how to write what was probably meant."""

from __future__ import annotations

import re
from typing import Any

from .nearest import listed
from .plain_scalars import NUMBER
from .refusals import shown
from .tree import Kind, Mapping, Node, Scalar, Style

# What merchants write around a number: currency signs, thousands separators, percent.
_AROUND_NUMBERS = re.compile(r"[\s,_%$€£¥]|^[A-Z]{3}|[A-Z]{3}$")
_BOOLEANS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


def found_instead(node: Node) -> str:
    """What the value is."""
    if isinstance(node, Mapping):
        return "a mapping"
    if not isinstance(node, Scalar):
        return "a list"
    if node.kind is Kind.TEXT:
        return "text in quotes" if node.style in (Style.SINGLE, Style.DOUBLE) else "text"
    return {Kind.NUMBER: "a number", Kind.DATE: "a date"}.get(node.kind, f"`{node.text}`")


def way_to_type(schema: dict[str, Any], node: Node) -> str | None:
    """What to write instead for the schema, where that can be told from what was written."""
    title = schema.get("title", "")
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "array" in wanted:
        return _as_list(node, title)
    if title == "a condition" and not isinstance(node, Scalar):
        return "write the condition in quotes"
    if title in _EXAMPLES:
        return _EXAMPLES[title]
    if wanted == ["object"]:
        keys = schema.get("properties")
        return f"its keys are {listed(keys)}" if keys else "write `key: value`, indented below it"
    return _as_scalar(node, wanted, schema.get("enum")) if isinstance(node, Scalar) else None


_MOMENT = "write a day such as `2026-11-27`, or a local time such as `2026-11-27T09:30`"
_EXAMPLES = {
    "a condition": "write a condition, such as `spend >= 500`, or leave the key out",
    "a moment": _MOMENT,
    "a moment, or `not_yet`": f"{_MOMENT}, or `not_yet`",
    "a day of the year": 'write month and day, such as `"04-01"`',
    "a type": "write a type such as `boolean` or `text`, or `{one_of: [a, b]}`",
    "a window": "write `calendar_year` or another window, or `{rolling: {days: 365}}`",
    "a limit": "write `none`, or how often: `{times: 1, days: 30}`",
    "a reward": "write its type and value: `{type: points, points: 100}`",
    "an amount of money, or `order`": "write an amount of money, such as `1.00`, or `order`",
}


def _as_list(node: Node, title: str) -> str:
    if isinstance(node, Scalar):
        return (
            f"write it in brackets: `[{shown(node.text)}]`" if title.endswith(("texts", "ids")) else _DASHES
        )
    return _DASHES


_DASHES = "begin each item on a line of its own with a dash: `- `"


def _as_scalar(node: Scalar, wanted: list[str], words: list[str] | None) -> str | None:
    text = node.text.strip()
    if {"number", "integer"} & set(wanted):
        return _as_number(text)
    if "boolean" in wanted:
        return (
            f"write `{_BOOLEANS.get(text.lower(), 'true')}`"
            if text.lower() in _BOOLEANS
            else "write `true` or `false`"
        )
    if "string" in wanted and not words:
        return f'write it in quotes if it is text: `"{shown(text)}"`'
    return None


def _as_number(text: str) -> str | None:
    if NUMBER.fullmatch(text):
        return f"drop the quotes: `{shown(text)}`"
    bare = _AROUND_NUMBERS.sub("", text)
    if NUMBER.fullmatch(bare):
        return f"write the number alone: `{shown(bare)}`"
    return "write a plain number, such as `12` or `0.5`"
