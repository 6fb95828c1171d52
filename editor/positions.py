"""Between the places of an editor, lines and columns in units of an encoding, and offsets in code points."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from ..compiler.source import Span, line_starts

MARK = "\ufeff"


class Encoding(Enum):
    """What a column counts."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


# As the codec without a byte order mark, and the bytes of one unit.
_UNITS = {Encoding.UTF8: ("utf-8", 1), Encoding.UTF16: ("utf-16-le", 2), Encoding.UTF32: ("utf-32-le", 4)}


@dataclass(frozen=True)
class Place:
    """A place as an editor names it: the line counted from 0, the column in units of the encoding."""

    line: int
    column: int


@dataclass(frozen=True)
class Text:
    """A text as an editor has it. Offsets are those of `content`: a byte order mark at the start has none."""

    written: str
    encoding: Encoding = Encoding.UTF16

    @cached_property
    def content(self) -> str:
        """The text as the compiler reads it."""
        return self.written.removeprefix(MARK)

    @property
    def _mark(self) -> int:
        return len(self.written) - len(self.content)

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.written)

    def _line(self, number: int) -> str:
        """A line without its line end."""
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.written)
        return self.written[start:end].rstrip("\r\n")

    def offset(self, place: Place) -> int:
        """The offset of a place. One behind a line's end is the line's end, one below the text its end."""
        return max(self._offset(place) - self._mark, 0)

    def _offset(self, place: Place) -> int:
        if place.line >= len(self._starts):
            return len(self.written)
        return self._starts[place.line] + self._code_points(self._line(place.line), place.column)

    def _code_points(self, line: str, column: int) -> int:
        if line.isascii() or self.encoding is Encoding.UTF32:
            return min(column, len(line))
        codec, width = _UNITS[self.encoding]
        # Half a character is none: a column within one is that of its beginning.
        return len(line.encode(codec, "surrogatepass")[: column * width].decode(codec, "ignore"))

    def place(self, offset: int) -> Place:
        """The place of an offset."""
        at = min(offset + self._mark, len(self.written))
        line = bisect_right(self._starts, at) - 1
        before = self.written[self._starts[line] : at]
        if before.isascii() or self.encoding is Encoding.UTF32:
            return Place(line, len(before))
        codec, width = _UNITS[self.encoding]
        return Place(line, len(before.encode(codec, "surrogatepass")) // width)

    def changed(self, start: Place, end: Place, text: str) -> Text:
        """The text with what is between two places replaced."""
        first, last = self._offset(start), self._offset(end)
        return replace(self, written=self.written[:first] + text + self.written[max(first, last) :])

    @property
    def all(self) -> Span:
        """The whole content."""
        return Span(0, len(self.content))
