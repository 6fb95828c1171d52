"""A document with each comment and empty line at what it belongs to: what the printer prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ..syntax.tree import Scalar

# What begins a comment that allows findings on its own line, or where it has that to itself, on the next.
_DIRECTIVE: Final = re.compile(r"#+[ \t]*tiercel[ \t]*(?::|allow\b)", re.IGNORECASE)


@dataclass(slots=True)
class Note:
    """A comment, or a line before the document such as `---`; `blank`: an empty line stands before it.

    `close` is for one that a single space sets apart from a text without quotes: it may have been meant as
    part of that text.
    """

    text: str
    blank: bool = False
    close: bool = False

    @property
    def directive(self) -> bool:
        """Whether it speaks to the checker about the line that it is on, or the next."""
        return _DIRECTIVE.match(self.text) is not None


@dataclass(slots=True)
class Part:
    """An entry of a mapping, or (without a key) an item of a list.

    `lead` are the comments above it, `trail` those behind it on its lines; `blank`: an empty line stands right
    before it, below its `lead`.
    """

    key: Scalar | None
    value: Scalar | Group
    blank: bool = False
    lead: list[Note] = field(default_factory=list)
    trail: list[Note] = field(default_factory=list)

    @property
    def name(self) -> str | None:
        """The text of the key; none for an item."""
        return self.key.text if self.key else None

    @property
    def covered(self) -> bool:
        """Whether a comment speaks to the checker about its first line."""
        return any(note.directive for note in (*self.lead, *self.trail))


@dataclass(slots=True)
class Group:
    """A mapping or a list; `column` is where it began, `bracketed` whether it was in brackets.

    `head` are the comments before its first part that an empty line sets apart from it, `foot` those after its
    last.
    """

    mapping: bool
    column: int
    bracketed: bool
    parts: list[Part] = field(default_factory=list)
    head: list[Note] = field(default_factory=list)
    foot: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A whole file: what stands before the document, whether an empty line follows that, and the document.

    The key of `root` is none, its value the top mapping.
    """

    before: list[Note]
    gap: bool
    root: Part
