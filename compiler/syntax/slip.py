"""A slip in a condition, and the failure from which one is recognized."""

from __future__ import annotations

from dataclasses import dataclass

from .condition_parser import END, Word

OPERAND_ENDS = frozenset({"NAME", "NUMBER", "TEXT", "TRUE", "FALSE", "CLOSE", "LIST_CLOSE"})
OPERAND_STARTS = frozenset({"NAME", "NUMBER", "TEXT", "TRUE", "FALSE", "DATE", "OPEN"})
LITERALS = frozenset({"NUMBER", "TEXT", "TRUE", "FALSE", "DATE"})
# What is looser than a sum, and so ends an operand of a comparison.
LOOSER = frozenset({"AND", "OR", "NOT", "COMPARE", "HAS", "IN"})

_LONGEST_SHOWN = 40
_NOTHING = Word("START", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with `text[start:end]`, what to write instead, and other places: start, end, message."""

    start: int
    end: int
    message: str
    help: str | None = None
    labels: tuple[tuple[int, int, str], ...] = ()


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

    @property
    def touching(self) -> bool:
        """Whether nothing is between the token and the one before."""
        return self.last.end == self.at.start

    @property
    def shown(self) -> str:
        """The token as a message names it."""
        return "the end" if self.at.kind == END else quoted(self.at.text)

    def slip_here(self, message: str, help: str | None = None) -> Slip:
        """A slip at the token that fits nowhere."""
        return Slip(self.at.start, self.at.end, message, help)

    def left_operand(self, index: int) -> str:
        """The operand of a comparison that ends with `words[index]`, as written."""
        first = index
        depth = 0
        while first >= 0:
            kind = self.words[first].kind
            depth += (kind in ("CLOSE", "LIST_CLOSE")) - (kind in ("OPEN", "LIST_OPEN"))
            if depth < 0 or (depth == 0 and kind in LOOSER):
                break
            first -= 1
        return self.slice(first + 1, index)

    def right_end(self, index: int) -> int:
        """The index of the last token of the operand that begins with `words[index]`; less, if none does."""
        last = index
        depth = 0
        while last < len(self.words) - 1:
            kind = self.words[last].kind
            depth += (kind in ("OPEN", "LIST_OPEN")) - (kind in ("CLOSE", "LIST_CLOSE"))
            if depth < 0 or (depth == 0 and kind in LOOSER):
                break
            last += 1
        return last - 1

    def slice(self, first: int, last: int) -> str:
        """The text from one token to another, both included, on one line."""
        if first > last:
            return ""
        return on_one_line(self.text[self.words[first].start : self.words[last].end])


def on_one_line(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """A stretch of the user's text in backticks, on one line, cut short if it is long."""
    line = on_one_line(text)
    if len(line) > _LONGEST_SHOWN:
        line = line[: _LONGEST_SHOWN - 1] + "…"
    return f"`{line}`"
