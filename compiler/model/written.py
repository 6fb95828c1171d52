"""The texts of a file as they were written: what is checked about wording rather than meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..source import Span
from ..syntax.tree import Comment, Kind, Mapping, Node, Scalar, Sequence, Style
from .tree import Program


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is a value of a key or an item of a list; `key` is that of the value or of the list.

    `comment` is the one that a single space sets apart from a text without quotes.
    """

    value: str
    key: str
    span: Span
    comment: Comment | None


def texts(program: Program) -> Iterator[Text]:
    """The texts of a program's file in file order; keys, numbers, dates, `true` and `false` aside."""
    source, document = program.source.text, program.document
    comments = {
        c.span.start: c for c in document.comments if source[c.span.start - 1 : c.span.start] in (" ", "\t")
    }
    for key, scalar in _scalars(document.root):
        if scalar.kind is Kind.TEXT:
            behind = comments.get(scalar.span.end + 1) if scalar.style is Style.PLAIN else None
            yield Text(scalar.text, key, scalar.span, behind)


def _scalars(root: Node) -> Iterator[tuple[str, Scalar]]:
    """The scalars in file order, each with the nearest key above it."""
    pending = [("", root)]
    while pending:
        key, node = pending.pop()
        match node:
            case Mapping() as mapping:
                pending += [(entry.key.text, entry.value) for entry in reversed(mapping.entries)]
            case Sequence() as sequence:
                pending += [(key, item) for item in reversed(sequence.items)]
            case Scalar() as scalar:
                yield key, scalar
