"""Where in the program file an emitted decision comes from, for comments and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..source import SourceFile, Span

_PLAIN_NAME = re.compile(r"[A-Za-z0-9._ -]{1,80}")


@dataclass(frozen=True, slots=True)
class Origins:
    """The places of one program file."""

    source: SourceFile

    @property
    def file(self) -> str:
        """The file's name without its folders, so that moving it changes nothing; "" for standard input."""
        base = re.split(r"[/\\]", self.source.name)[-1]
        return "" if base == "-" else base

    @property
    def label(self) -> str:
        """The file's name for comments; a name that could end or forge one is not repeated."""
        return self.file if _PLAIN_NAME.fullmatch(self.file) else "the program file"

    def line(self, span: Span) -> int:
        """The line, counted from 1."""
        return self.source.line(span.start)

    def comment(self, span: Span) -> str:
        """`maple.yaml, line 12`."""
        return f"{self.label}, line {self.line(span)}"
