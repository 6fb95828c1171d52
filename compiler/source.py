"""A program file's text, and spans in it: half-open offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

_LINE_BREAK = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """The half-open stretch `start..end` of a `SourceFile.text`, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read: its name as the user gave it, and its text without a byte order mark.

    `text` keeps its line ends (CRLF stays CRLF), so that every offset is one into the file.
    """

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in code points."""
        if not self._starts:
            self._starts.extend(line_starts(self.text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return self.position(offset)[0]


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of `text` begin; a line ends with LF, CRLF or a lone CR."""
    return [0, *(found.end() for found in _LINE_BREAK.finditer(text))]
