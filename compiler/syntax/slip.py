"""A slip in a condition, and the failure from which one is recognized."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .condition_parser import END, Word

OPERAND_ENDS = frozenset({"NAME", "NUMBER", "TEXT", "TRUE", "FALSE", "CLOSE", "LIST_CLOSE"})
OPERAND_STARTS = frozenset({"NAME", "NUMBER", "TEXT", "TRUE", "FALSE", "DATE", "OPEN"})
LITERALS = frozenset({"NUMBER", "TEXT", "TRUE", "FALSE", "DATE"})
# What is looser than a sum, and so ends an operand of a comparison.
LOOSER = frozenset({"AND", "OR", "NOT", "COMPARE", "HAS", "IN"})

_LONGEST_SHOWN = 40
_NOTHING = Word("START", "", 0, 0)


class Rewrite(NamedTuple):
    """What mends a slip: `text` in place of `text[start:end]`, safe where nothing else can have been meant.

    `sign` is a currency's that is left out, which is only safe where it is the program's own.
    """

    start: int
    end: int
    text: str
    safe: bool = True
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with `text[start:end]`, what to write instead, and other places: start, end, message."""

    start: int
    end: int
    message: str
    help: str | None = None
    labels: tuple[tuple[int, int, str], ...] = ()
    rewrite: Rewrite | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A condition's text, its tokens as far as they can be read, and the index of the one that fits nowhere."""

    text: str
    words: tuple[Word, ...]
    index: int

    @property
    def at(self) -> Word:
        """The token that fits nowhere."""
        return self.words[self.index]

    @property
    def last(self) -> Word:
        """The token before; one of kind `START` if there is none."""
        return self.words[self.index - 1] if self.index else _NOTHING

    @property
    def next(self) -> Word:
        """The token behind; the last one again if there is none."""
        return self.words[min(self.index + 1, len(self.words) - 1)]

    def before(self, offset: int) -> str:
        """The kind of the last token that ends before an offset; `START` if there is none."""
        return next((word.kind for word in reversed(self.words) if word.end <= offset), _NOTHING.kind)

    @property
    def touching(self) -> bool:
        """Whether nothing is between the token and the one before."""
        return self.last.end == self.at.start

    @property
    def shown(self) -> str:
        """The token as a message names it."""
        return "the end" if self.at.kind == END else quoted(self.at.text)

    def slip_here(self, message: str, help: str | None = None, rewrite: Rewrite | None = None) -> Slip:
        """A slip at the token that fits nowhere."""
        return Slip(self.at.start, self.at.end, message, help, rewrite=rewrite)

    def word(self, start: int, end: int, right: str) -> Rewrite:
        """Writes a word in place of `text[start:end]`, with spaces where it would touch what is around it."""
        before, behind = self.text[start - 1 : start], self.text[end : end + 1]
        left = " " if _would_touch(before, right[:1]) else ""
        return Rewrite(start, end, left + right + (" " if _would_touch(right[-1:], behind) else ""))

    def left_operand(self, index: int) -> str:
        """The operand of a comparison that ends with `words[index]`, as written."""
        return self.slice(self.left_start(index), index)

    def left_start(self, index: int) -> int:
        """The index of the first token of that operand; more than `index`, if there is none."""
        first = index
        depth = 0
        while first >= 0:
            kind = self.words[first].kind
            depth += (kind in ("CLOSE", "LIST_CLOSE")) - (kind in ("OPEN", "LIST_OPEN"))
            if depth < 0 or (depth == 0 and kind in LOOSER) or (first < index and self._parts(first)):
                break
            first -= 1
        return first + 1

    def right_end(self, index: int) -> int:
        """The index of the last token of the operand that begins with `words[index]`; less, if none does."""
        last = index
        depth = 0
        while last < len(self.words) - 1:
            kind = self.words[last].kind
            depth += (kind in ("OPEN", "LIST_OPEN")) - (kind in ("CLOSE", "LIST_CLOSE"))
            if depth < 0 or (depth == 0 and kind in LOOSER) or (last > index and self._parts(last - 1)):
                break
            last += 1
        return last - 1

    def _parts(self, index: int) -> bool:
        """Whether an operand ends with a token, and another begins behind it: then no operator joins them."""
        return self.words[index].kind in OPERAND_ENDS and self.words[index + 1].kind in OPERAND_STARTS

    def slice(self, first: int, last: int) -> str:
        """The text from one token to another, both included, on one line."""
        if first > last:
            return ""
        return on_one_line(self.text[self.words[first].start : self.words[last].end])


def _would_touch(left: str, right: str) -> bool:
    return (left.isalnum() or left in ("_", ".")) and (right.isalnum() or right == "_")


def on_one_line(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """A stretch of the user's text in backticks, on one line, cut short if it is long."""
    line = on_one_line(text)
    if len(line) > _LONGEST_SHOWN:
        line = line[: _LONGEST_SHOWN - 1] + "…"
    return f"`{line}`"
