"""The texts of a file as they were written: what is checked about wording rather than meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..source import Span
from ..syntax.tree import Comment, Document, Kind, Mapping, Node, Scalar, Sequence, Style


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is a value of a key or an item of a list; `key` is that of the value or of the list.

    `comment` is the one that a single space sets apart from a text without quotes.
    """

    value: str
    key: str
    span: Span
    comment: Comment | None


def texts(document: Document) -> Iterator[Text]:
    """The texts of a document in file order; keys, numbers, dates, `true` and `false` aside."""
    comments = {comment.span.start: comment for comment in document.comments}
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
