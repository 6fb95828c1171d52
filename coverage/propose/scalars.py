"""Texts and numbers as a short step and as YAML have them: bare where that means the same, else in quotes."""

from __future__ import annotations

import json
import re
from typing import Any

_WORD = re.compile(r"[^\s,\"“”„‟«»<>]+")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_AMBIGUOUS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
_UNSAFE = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def word(text: str) -> str:
    """A text in a short step."""
    if _WORD.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scalar(text: str) -> str:
    """A text as a value in YAML, flow style included."""
    if _BARE.fullmatch(text) and text.lower() not in _AMBIGUOUS:
        return text
    return json.dumps(text, ensure_ascii=False)


def line(text: str) -> str:
    """A text that begins with a letter as a whole line of YAML: titles and short steps."""
    if text[:1].isalpha() and not _UNSAFE.search(text) and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(value: object) -> str:
    """JSON in YAML's flow style; texts that are numbers of money stay numbers."""
    match value:
        case dict():
            return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case bool():
            return "true" if value else "false"
        case Amount():
            return str(value)
        case str():
            return scalar(value)
    return str(value)


class Amount(str):
    """An amount of money or another number that is written without quotes."""

    __slots__ = ()


def plain(value: Any) -> Any:
    """The same JSON, its amounts as the texts that events have."""
    match value:
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case list():
            return [plain(item) for item in value]
        case Amount():
            return str(value)
    return value
