"""Where in the file each character of a scalar's value comes from, whatever style the scalar is written in.

Only white space differs between a plain or block scalar and its value, and quoted ones add escapes. So the
characters of the value that are not white space are paired, in order, with those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..node import Node, node
from ..source import SourceFile, Span
from .tree import Scalar, Style

WHITE = " \t\r\n"

_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n|$)")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
# What a letter after `\` stands for in double quotes; anything else stands for itself.
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


@node
class PlacedText(Node):
    """A text, and for each of its characters where it starts and ends in the file."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`; of nothing, the place right after what comes before it."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        here = self.ends[end - 1] if end else self.starts[0]
        return Span(here, here)


def at_offset(text: str, offset: int) -> PlacedText:
    """A text that stands in the file as it is, from `offset` on."""
    return PlacedText(text, range(offset, offset + len(text)), range(offset + 1, offset + len(text) + 1))


def place(source: SourceFile, scalar: Scalar) -> PlacedText:
    """The scalar's value with the place of each character."""
    written = source.text[scalar.span.start : scalar.span.end]
    if written == scalar.text:
        return at_offset(scalar.text, scalar.span.start)
    if written[1:-1] == scalar.text and scalar.style in (Style.SINGLE, Style.DOUBLE):
        return at_offset(scalar.text, scalar.span.start + 1)
    return _pair(scalar, list(_characters(written, scalar.style)))


_Character = tuple[str, int, int]


def _pair(scalar: Scalar, characters: list[_Character]) -> PlacedText:
    """Pair the value with the characters that are written; where they do not match, all is the whole scalar."""
    first, last = scalar.span
    if [c for c, _, _ in characters] != [c for c in scalar.text if c not in WHITE]:
        return PlacedText(scalar.text, [first] * len(scalar.text), [last] * len(scalar.text))
    starts, ends, end = [], [], 0
    written = iter(characters)
    for character in scalar.text:
        if (
            character in WHITE
        ):  # no token begins or ends here, so that any place between its neighbours will do
            start = end
        else:
            _, start, end = next(written)
        starts.append(first + start)
        ends.append(first + end)
    return PlacedText(scalar.text, starts, ends)


def _characters(written: str, style: Style) -> Iterator[_Character]:
    """What a scalar's source stands for, white space aside: each character with its offsets in `written`."""
    match style:
        case Style.PLAIN:
            return _bare(written, 0)
        case Style.LITERAL | Style.FOLDED:
            header = _BLOCK_HEADER.match(written)
            return _bare(written, header.end() if header else 0)
        case Style.SINGLE:
            return _single(written)
        case Style.DOUBLE:
            return _double(written)


def _bare(written: str, start: int) -> Iterator[_Character]:
    return ((c, i, i + 1) for i, c in enumerate(written[start:], start) if c not in WHITE)


def _single(written: str) -> Iterator[_Character]:
    at, end = 1, len(written) - 1
    while at < end:
        width = 2 if written.startswith("''", at) else 1
        if written[at] not in WHITE:
            yield written[at], at, at + width
        at += width


def _double(written: str) -> Iterator[_Character]:
    at, end = 1, len(written) - 1
    while at < end:
        escape = _ESCAPE.match(written, at)
        character, after = (_unescaped(escape), escape.end()) if escape else (written[at], at + 1)
        if character not in WHITE:
            yield character, at, after
        at = after


def _unescaped(escape: re.Match[str]) -> str:
    *codes, letter = escape.groups()
    if letter is not None:
        return _ESCAPED.get(letter, letter)
    code = int(next(c for c in codes if c is not None), 16)
    return chr(code) if code < 0x110000 else "\ufffd"
