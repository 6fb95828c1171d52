"""Texts and numbers as a short step and as YAML have them."""

from __future__ import annotations

import json
import re
from typing import Any

from ...compiler.syntax.rewrites import quoted

_WORD = re.compile(r"[^\s,\"“”„‟«»<>]+")


def word(text: str) -> str:
    """A text in a short step."""
    if _WORD.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow(value: object) -> str:
    """JSON in YAML's flow style."""
    match value:
        case dict():
            return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case Bare():
            return str(value)
        case str():
            return quoted(value)
    return json.dumps(value)


class Bare(str):
    """An amount of money, a number or a day as text: in YAML it is written without quotes."""

    __slots__ = ()


def plain(value: Any) -> Any:
    """The same JSON, its amounts as the texts that events have."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case Bare():
            return str(value)
    return value
