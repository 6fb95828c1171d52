"""The texts of a file as they were written: what is checked about wording rather than meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..source import Span
from ..syntax.tree import Comment, Document, Kind, Mapping, Node, Scalar, Sequence, Style


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is a value of a key or an item of a list.

    `comment` is the one that a single space sets apart from a text without quotes.
    """

    value: str
    span: Span
    comment: Comment | None


def texts(document: Document) -> Iterator[Text]:
    """The texts of a document in file order; keys, numbers, dates, `true` and `false` aside."""
    comments = {comment.span.start: comment for comment in document.comments}
    for scalar in _scalars(document.root):
        if scalar.kind is Kind.TEXT:
            behind = comments.get(scalar.span.end + 1) if scalar.style is Style.PLAIN else None
            yield Text(scalar.text, scalar.span, behind)


def _scalars(root: Node) -> Iterator[Scalar]:
    pending = [root]
    while pending:
        match pending.pop():
            case Mapping() as mapping:
                pending += [entry.value for entry in reversed(mapping.entries)]
            case Sequence() as sequence:
                pending += reversed(sequence.items)
            case Scalar() as scalar:
                yield scalar
