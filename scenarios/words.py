"""Takes a short step apart into words, quoted texts and commas, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..compiler.node import Node, node
from ..compiler.source import Span
from ..compiler.syntax.placed import PlacedText
from ..compiler.syntax.refusals import shown

_TOKEN = re.compile(r'\s+|"((?:[^"\\]|\\.)*)"(?=[\s,]|$)|(,)|[^\s,"]+', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CURLED = "“”„‟«»"


@node
class Token(Node):
    """A word, a text that was in quotes, or a comma."""

    text: str
    span: Span
    quoted: bool = False

    @property
    def shown(self) -> str:
        """The token for a message."""
        return f'"{shown(self.text)}"' if self.quoted else shown(self.text)


class BadStep(Exception):
    """A short step that cannot be read: what is wrong, where, and what to write."""

    def __init__(self, message: str, span: Span, help: str | None = None) -> None:
        super().__init__(message)
        self.span = span
        self.help = help


def tokens(placed: PlacedText) -> list[Token]:
    """The tokens of a step. Raises `BadStep` for a quote that is never closed, or with something right behind it."""
    return list(_tokens(placed))


def _tokens(placed: PlacedText) -> Iterator[Token]:
    at = 0
    while at < len(placed.text):
        found = _TOKEN.match(placed.text, at)
        if found is None:
            raise _stray_quote(placed, at)
        at = found.end()
        word = found[0]
        if word.isspace():
            continue
        span = placed.span(*found.span())
        if word[0] in _CURLED:
            raise BadStep(
                f"`{word[0]}` is no quote here", placed.span(found.start(), found.start() + 1), 'write `"`'
            )
        quoted = found[1] is not None
        yield Token(_ESCAPE.sub(r"\1", found[1]) if quoted else word, span, quoted)


def _stray_quote(placed: PlacedText, at: int) -> BadStep:
    span = placed.span(at, at + 1)
    if re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL).match(placed.text, at):
        return BadStep(
            "this text has something right behind its last quote", span, "write a space, or a comma, after it"
        )
    return BadStep('this `"` is never closed', span, 'write `"` at the end of the text')


def quoted(text: str) -> str:
    """A text as a step has it: bare where that is a word, else in quotes."""
    if text and re.fullmatch(r"[^\s,\"“”„‟«»<>]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
