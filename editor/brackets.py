"""Values in brackets, `{a: 1, b: [c]}`, finished or not: what they hold, and where in them a text ends."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..compiler.node import Node, node
from ..compiler.syntax.plain_scalars import kind_of_plain
from ..compiler.syntax.tree import Kind
from .shapes import ITEM, Beside

_TOKEN = re.compile(
    r""""(?:[^"\\]|\\.)*(?:"|$)|'(?:[^']|'')*(?:'|$)|[][{},]|:(?=[ \t\r\n,\]}]|$)""", re.DOTALL
)
_MOST_DIGITS = 40


@node
class Inside(Node):
    """Where a text that begins with a bracket ends: the steps into it, the mappings on the way, what is begun."""

    path: tuple[str, ...]
    beside: tuple[Beside, ...]
    key: bool
    text: str


class _Level:
    """An open bracket: what it holds so far, and the key that waits for its value: in a list, of a pair alone."""

    def __init__(self, braces: bool) -> None:
        self.braces = braces
        self.key: str | None = None
        self.keys: Beside = {}
        self.items: list[Any] = []

    def add(self, value: Any) -> None:
        if not self.braces:
            self.items.append(value if self.key is None else {self.key: value})
        elif self.key is not None:
            self.keys[self.key] = value
        elif isinstance(value, str) and value:
            self.keys[value] = ""
        self.key = None


class _Brackets:
    """Reads a text that begins with a bracket. `whole` is its value, once the bracket is closed."""

    def __init__(self, text: str) -> None:
        self.levels: list[_Level] = []
        self.whole: Any = None
        self.begun = 0  # where the key or value begins that is being read
        for token in _TOKEN.finditer(text):
            if self.whole is not None:
                break
            self._take(token[0], text[self.begun : token.start()], token.end())

    def _take(self, token: str, before: str, end: int) -> None:
        if token[0] in "\"'":
            return
        if token in "{[":
            self.levels.append(_Level(token == "{"))
        elif token == ":":
            if self.levels[-1].key is not None:
                return
            self.levels[-1].key = str(_scalar(before))
        else:
            if before.strip() or token == ",":
                self.levels[-1].add(_scalar(before))
            if token in "}]":
                self._close()
        self.begun = end

    def _close(self) -> None:
        level = self.levels.pop()
        value: Any = level.keys if level.braces else level.items
        if self.levels:
            self.levels[-1].add(value)
        else:
            self.whole = value


def in_brackets(text: str, behind: str = "") -> Inside | None:
    """Where in its brackets a text ends; none if they are closed. `behind` is what follows, for the keys in it."""
    read = _Brackets(text)
    if read.whole is not None:
        return None
    _add_keys_behind(read.levels[-1], behind)
    path = tuple(step for level in read.levels for step in _steps(level))
    inmost = read.levels[-1]
    key = inmost.braces and inmost.key is None
    begun = text[read.begun :].lstrip()
    beside = tuple(keys for level in read.levels for keys in _beside(level))
    return Inside(path[:-1] if key else path, beside, key, begun)


def _steps(level: _Level) -> tuple[str, ...]:
    if level.braces:
        return (level.key or "",)
    return (ITEM,) if level.key is None else (ITEM, level.key)


def _beside(level: _Level) -> tuple[Beside, ...]:
    return (level.keys,) if level.braces or level.key is None else ({}, {level.key: ""})


def _add_keys_behind(level: _Level, behind: str) -> None:
    rest = re.match(r"[^{}\[\]\r\n]*", behind)
    assert rest is not None
    for found in re.finditer(r"(?:^|,)[ \t]*([A-Za-z_][\w-]*)[ \t]*:", rest[0]):
        level.keys.setdefault(found[1], "")


def depth_of(text: str) -> int:
    """How many brackets of a text that begins with one are still open."""
    return len(_Brackets(text).levels)


def plain_value(text: str) -> Any:
    """A value as JSON would have it, as far as it is there: a number, true or false, text, a list or a mapping."""
    text = text.strip()
    if text[:1] in ("{", "["):
        read = _Brackets(text)
        return read.whole if read.whole is not None else read.levels[0].keys
    return _scalar(re.split(r"[ \t]#", text)[0])


def _scalar(text: str) -> Any:
    text = text.strip()
    if not text or text[0] in "\"'":
        return text[1:].removesuffix(text[:1])
    kind = kind_of_plain(text)
    if kind is Kind.NUMBER:
        return int(text) if text.isdigit() and len(text) < _MOST_DIGITS else Decimal(text)
    return text == "true" if kind is Kind.BOOLEAN else text
