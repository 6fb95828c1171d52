"""The parser of conditions: from a placed text to a tree, with every span in the file.

The only module that imports Lark, and itself imported only for a program that has a condition. The tree is built
while parsing; no step recurses, so a condition may be as long as its limits allow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from lark import Lark, Token
from lark.common import LexerConf
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer, LexerState

from ..node import Node, node
from ..source import Span
from .condition_tables import load_tables
from .placed import PlacedText, at_offset
from .tree import (
    Binary,
    BooleanLiteral,
    DateLiteral,
    Expression,
    Membership,
    Name,
    NumberLiteral,
    TextLiteral,
    Unary,
)

END = "$END"
UNREADABLE = "?"


@node
class Word(Node):
    """A token: its terminal in the grammar, its text, and its offsets in the condition."""

    kind: str
    text: str
    start: int
    end: int


class Unparsable(Exception):
    """A text that is no condition: every token that could be read, and the index of the one that stops the parser.

    The last of `words` is of the kind `END`, or `UNREADABLE` for a character with which no token begins.
    """

    def __init__(self, words: list[Word], index: int) -> None:
        super().__init__(index)
        self.words = words
        self.index = index


class _NoToken(Exception):
    """No token begins at the offset."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def parse(placed: PlacedText) -> Expression:
    """The tree of a condition; `Unparsable` if it has none."""
    try:
        return _unwrapped(_parser().parse(placed))  # type: ignore[arg-type]
    except (UnexpectedToken, _NoToken):
        raise _unparsable(placed.text) from None


def words_of(text: str) -> Iterator[Word]:
    """The tokens of a text, the last one `END` or `UNREADABLE`."""
    end = 0
    try:
        for token in _scanner().tokens(at_offset(text, 0)):
            word = Word(token.type, token.value, *_span(token))
            end = word.end
            yield word
    except _NoToken as stop:
        yield Word(UNREADABLE, text[stop.offset], stop.offset, stop.offset + 1)
    else:
        yield Word(END, "", end, end)


def _unparsable(text: str) -> Unparsable:
    """Parse again, with offsets in the text, to see at which token the parser stops."""
    words = list(words_of(text))
    try:
        _parser().parse(at_offset(text, 0))
    except UnexpectedToken as stop:
        if stop.token.type != END:
            index = next(i for i, word in enumerate(words) if word.start == stop.token.start_pos)
            return Unparsable(words, index)
    except _NoToken:
        pass
    return Unparsable(words, len(words) - 1)


@cache
def _parser() -> Lark:
    tables = load_tables()
    load: Callable[..., Lark] = Lark._load_from_dict
    return load(tables["data"], tables["memo"], transformer=_TreeBuilder(), _plugins={"BasicLexer": _Scanner})


def _scanner() -> _Scanner:
    scanner = _parser().parser.lexer
    assert isinstance(scanner, _Scanner)
    return scanner


class _Scanner(Lexer):
    """Reads tokens with one regular expression, made of the grammar's terminals.

    A keyword is a keyword wherever it stands, as with Lark's basic lexer: its contextual one reads `and` as a name
    where only a name fits. Token positions are those of the file.
    """

    def __init__(self, conf: LexerConf) -> None:
        named = [(t.name, t.pattern) for t in conf.terminals]
        self._keywords = {p.value: name for name, p in named if p.type == "str" and p.value.isalpha()}
        alternatives = [f"(?P<{n}>{p.to_regexp()})" for n, p in named if p.value not in self._keywords]
        self._match = re.compile("|".join(alternatives)).match
        self._ignored = frozenset(conf.ignore)

    def lex(self, lexer_state: LexerState, _parser_state: Any) -> Iterator[Token]:
        """The tokens of the `PlacedText` in the state."""
        return self.tokens(lexer_state.text)  # type: ignore[arg-type]

    def tokens(self, placed: PlacedText) -> Iterator[Token]:
        """The tokens of a text; `_NoToken` where none begins."""
        text, starts, ends = placed.text, placed.starts, placed.ends
        at, end = 0, len(text)
        while at < end:
            match = self._match(text, at)
            if match is None:
                raise _NoToken(at)
            kind, value, start, at = match.lastgroup or "", match.group(), at, match.end()
            if kind in self._ignored:
                continue
            if kind == "NAME":
                kind = self._keywords.get(value, kind)
            yield Token(kind, value, starts[start], None, None, None, None, ends[at - 1])


@node
class _Group(Node):
    """An atom in parentheses: the span is theirs, for what the group is a part of."""

    expression: Expression
    span: Span


_Part = Expression | _Group


def _unwrapped(part: _Part) -> Expression:
    return part.expression if isinstance(part, _Group) else part


def _span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)


def _across(first: Span, last: Span) -> Span:
    return Span(first.start, last.end)


class _TreeBuilder:
    """Builds each node when the parser has all of its parts: one method for each alternative of the grammar."""

    def number(self, parts: list[Token]) -> NumberLiteral:
        return NumberLiteral(parts[0].value, _span(parts[0]))

    def text(self, parts: list[Token]) -> TextLiteral:
        return TextLiteral(unquoted(parts[0].value), _span(parts[0]))

    def boolean(self, parts: list[Token]) -> BooleanLiteral:
        return BooleanLiteral(parts[0].type == "TRUE", _span(parts[0]))

    def date(self, parts: list[Token]) -> DateLiteral:
        return DateLiteral(unquoted(parts[2].value), _across(_span(parts[0]), _span(parts[3])))

    def name(self, parts: list[Token]) -> Name:
        return Name(parts[0].value, _span(parts[0]))

    def group(self, parts: list[Any]) -> _Part:
        opening, inner, closing = parts
        span = _across(_span(opening), _span(closing))
        expression = _unwrapped(inner)
        if isinstance(expression, Unary | Binary | Membership):
            return replace(expression, span=span)
        return _Group(expression, span)

    def unary(self, parts: list[Any]) -> Unary:
        operator, operand = parts
        return Unary(operator.value, _unwrapped(operand), _across(_span(operator), operand.span))

    def minus_number(self, parts: list[Token]) -> Unary:
        operator, number = parts
        return Unary(operator.value, self.number([number]), _across(_span(operator), _span(number)))

    def binary(self, parts: list[Any]) -> Binary:
        left, operator, right = parts
        span = _across(left.span, right.span)
        return Binary(operator.value, _unwrapped(left), _unwrapped(right), span, _span(operator))

    def in_name(self, parts: list[Any]) -> Binary:
        left, *operator, name = parts
        span = _across(_span(operator[0]), _span(operator[-1]))
        right = self.name([name])
        spelling = " ".join(token.value for token in operator)
        return Binary(spelling, _unwrapped(left), right, _across(left.span, right.span), span)

    def listed(self, parts: list[Any]) -> tuple[tuple[Expression, ...], Span]:
        items = tuple(part for part in parts if not isinstance(part, Token))
        return items, _across(_span(parts[0]), _span(parts[-1]))

    def membership(self, parts: list[Any]) -> Membership:
        operand, *operator, (items, end) = parts
        return Membership(len(operator) == 2, _unwrapped(operand), items, _across(operand.span, end))


def unquoted(text: str) -> str:
    """What a `TEXT` token stands for."""
    body = text[1:-1]
    return re.sub(r"\\(.)", r"\1", body) if "\\" in body else body
