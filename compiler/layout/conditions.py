"""A condition with one space between its words, on one line or broken where it joins clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ..diagnostics import Report
from ..source import SourceFile
from ..syntax.condition_text import text_literal
from ..syntax.from_condition import MOST_CHARACTERS, parse_condition
from ..syntax.tree import Scalar

if TYPE_CHECKING:
    from ..syntax.condition_parser import Word

_NO_SPACE_BEFORE: Final = frozenset({"CLOSE", "LIST_CLOSE", "COMMA"})
_NO_SPACE_BEHIND: Final = frozenset({"OPEN", "LIST_OPEN", "DATE"})
# A minus sign behind one of these (or behind nothing) is that of a number; it stands close to what follows.
_BEFORE_A_SIGN: Final = frozenset(
    {"OR", "AND", "NOT", "IN", "HAS", "COMPARE", "PLUS", "MINUS", "STAR", "OPEN", "LIST_OPEN", "COMMA"}
)
# Where a condition that is too long is broken: before the loosest of these that it has.
_LOOSENESS: Final = (
    {"or": 0, "and": 1} | dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 2) | {"+": 3, "-": 3}
)
_INDENT: Final = 2


def condition_words(source: SourceFile, scalar: Scalar) -> list[str] | None:
    """The words of a condition, each with the space before it; none for a text that is no condition.

    Texts in it are in double quotes, or in single ones where they have double quotes and no single ones.
    """
    if parse_condition(source, scalar, Report(source)) is None:
        return None
    words = _words(scalar.text)
    spaced = [space + _spelling(word) for word, space in zip(words, _spaces(words), strict=True)]
    return spaced if sum(map(len, spaced)) <= MOST_CHARACTERS else None


def spelled(text: str) -> list[str]:
    """The words of a condition, however they are spaced and quoted; of other texts, as far as they can be read."""
    return [_spelling(word) for word in _words(text)]


def broken(words: Sequence[str], room: int) -> list[str]:
    """The lines of a condition, each within the room if it has a place to be broken at.

    What is within parentheses or brackets is indented further: to YAML, the lines of a text are no less a text.
    """
    lines = list(_broken(words, room, 0))
    if sum(len(line) + 1 for line in lines) > MOST_CHARACTERS:
        return [line.lstrip() for line in lines]
    return lines


def _broken(words: Sequence[str], room: int, depth: int) -> Iterator[str]:
    """The lines of a part of a condition, within so many parentheses."""
    pad = " " * (_INDENT * depth)
    line = pad + "".join(words).lstrip()
    places = _places(words) if len(line) > room else []
    if not places:
        yield from [line] if len(line) <= room else _filled(words, pad, room)
        return
    for start, end in zip([0, *places], [*places, len(words)], strict=True):
        yield from _broken(words[start:end], room, depth)
        depth += _depth(words[start:end])


def _depth(words: Sequence[str]) -> int:
    """How many more parentheses and brackets are opened than closed."""
    bare = [word.strip() for word in words]
    return sum(word in ("(", "[") for word in bare) - sum(word in (")", "]") for word in bare)


def _places(words: Sequence[str]) -> list[int]:
    """Where the outermost and loosest operators are, the beginning aside."""
    found: dict[tuple[int, int], list[int]] = {}
    depth = 0
    for index, spaced in enumerate(words):
        word = spaced.strip()
        depth += _depth([word])
        if index and word in _LOOSENESS:
            found.setdefault((depth, _LOOSENESS[word]), []).append(index)
    return found[min(found)] if found else []


def _filled(words: Sequence[str], pad: str, room: int) -> Iterator[str]:
    """A clause that is too long: a list, filled line by line."""
    line = pad
    for word in words:
        if len(line) + len(word) > room and line.endswith(","):
            yield line
            line = pad + " " * _INDENT
            word = word.lstrip()
        line += word if line.strip() else word.lstrip()
    yield line


def _words(text: str) -> list[Word]:
    from ..syntax.condition_parser import words_of

    return list(words_of(text))[:-1]


def _spelling(word: Word) -> str:
    if word.kind != "TEXT":
        return word.text
    from ..syntax.condition_parser import unquoted

    return text_literal(unquoted(word.text))


def _spaces(words: Sequence[Word]) -> Iterator[str]:
    """The space before each word."""
    close = True
    before = "OPEN"
    for word in words:
        yield "" if close or word.kind in _NO_SPACE_BEFORE else " "
        sign = word.kind == "MINUS" and before in _BEFORE_A_SIGN
        close = sign or word.kind in _NO_SPACE_BEHIND
        before = word.kind
