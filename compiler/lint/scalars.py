"""All scalars of a document but its keys."""

from __future__ import annotations

from collections.abc import Iterator

from ..syntax.tree import Document, Mapping, Node, Scalar, Sequence


def values(document: Document) -> Iterator[Scalar]:
    """The scalars that are values of keys or items of lists, in file order."""
    pending: list[Node] = [document.root]
    while pending:
        match pending.pop():
            case Mapping() as mapping:
                pending += [entry.value for entry in reversed(mapping.entries)]
            case Sequence() as sequence:
                pending += reversed(sequence.items)
            case Scalar() as scalar:
                yield scalar
