"""From a scalar to the lines that it is written on."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..source import SourceFile
from ..syntax.tree import Kind, Scalar, Style
from .conditions import broken, condition_words
from .forms import Leaf
from .numbers import moment, number
from .quoting import is_plain, quoted

# A text that lines can be made of, and read back: single spaces, none at its ends.
_FOLDABLE: Final = re.compile(r"[^\s]+(?: [^\s]+)+")
_NOT_IN_LINES: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


class Terms(NamedTuple):
    """What the layout of a scalar depends on besides itself: the file, and the decimals of its currency."""

    source: SourceFile
    decimals: int | None


def on_one_line(scalar: Scalar, leaf: Leaf, terms: Terms, in_brackets: bool) -> str:
    """The scalar as it is written on one line, in brackets or out of them."""
    if scalar.kind is not Kind.TEXT:
        return _unquoted(scalar, leaf, terms)
    return _quoted(canonical_text(scalar, leaf, terms), scalar, terms, in_brackets)


def key_text(key: Scalar, terms: Terms, in_brackets: bool) -> str:
    """A key as it is written."""
    return _quoted(key.text, key, terms, in_brackets)


def on_lines(scalar: Scalar, leaf: Leaf, terms: Terms, room: int, deep_room: int, close: bool) -> list[str]:
    """The lines of the scalar: the first goes on that of its key or dash, others are indented below it.

    There are `room` characters on the first line and `deep_room` on others. With `close` a comment that may
    have been meant as part of the text stands right behind it: then the text stays without quotes and whole.
    """
    if scalar.kind is not Kind.TEXT:
        return [_unquoted(scalar, leaf, terms)]
    text = canonical_text(scalar, leaf, terms)
    if close:
        return [text if is_plain(text, False) else _quoted(text, scalar, terms, False)]
    if "\n" in text:
        return _several_lines(text, scalar, leaf, terms, deep_room) or [_quoted(text, scalar, terms, False)]
    line = _quoted(text, scalar, terms, False)
    escaping = leaf is Leaf.CONDITION and line != text and "'" in text and '"' in text
    folded = _folded(text, scalar, leaf, terms, deep_room) if escaping or len(line) > room else []
    return [">-", *folded] if (escaping and folded) or len(folded) > 1 else [line]


def canonical_text(scalar: Scalar, leaf: Leaf, terms: Terms) -> str:
    """What a text says: a condition canonically spaced, a moment without needless seconds, others as they are."""
    if leaf is Leaf.CONDITION:
        words = condition_words(terms.source, scalar)
        return scalar.text if words is None else "".join(words)
    return moment(scalar.text) if leaf is Leaf.MOMENT else scalar.text


def _unquoted(scalar: Scalar, leaf: Leaf, terms: Terms) -> str:
    if scalar.kind is Kind.NUMBER:
        return number(scalar.text, leaf, terms.decimals)
    return moment(scalar.text) if leaf is Leaf.MOMENT else scalar.text


def _quoted(text: str, scalar: Scalar, terms: Terms, in_brackets: bool) -> str:
    escaped = scalar.style is Style.DOUBLE and "\\" in terms.source.text[slice(*scalar.span)]
    return quoted(text, in_brackets, escaped)


def _folded(text: str, scalar: Scalar, leaf: Leaf, terms: Terms, room: int) -> list[str]:
    """The lines of a text that is too long for one; none where it is kept on one."""
    if leaf is Leaf.CONDITION:
        words = condition_words(terms.source, scalar)
        return broken(words, room) if words else []
    foldable = leaf is Leaf.TEXT and text.isprintable() and _FOLDABLE.fullmatch(text)
    return _wrapped(text, room) if foldable else []


def _wrapped(text: str, room: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _several_lines(text: str, scalar: Scalar, leaf: Leaf, terms: Terms, room: int) -> list[str]:
    """A text with ends of lines: folded where there is one, behind a line that is too long, else as it stands."""
    line = text.removesuffix("\n")
    folded = _folded(line, scalar, leaf, terms, room) if "\n" not in line and len(line) > room else []
    return [">", *folded] if len(folded) > 1 else _literal(text, scalar)


def _literal(text: str, scalar: Scalar) -> list[str]:
    """A text of several lines as such; none where it has something that reads otherwise there, or hides there."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body.strip() or body.endswith("\n") or _NOT_IN_LINES.search(text):
        return []
    escaped = scalar.style is Style.DOUBLE and not all(map(str.isprintable, lines))
    if escaped or any(line and not line.strip() for line in lines):
        return []
    indented = "2" if body.lstrip("\n").startswith(" ") else ""
    return [f"|{indented}{'' if text.endswith(chr(10)) else '-'}", *lines]
