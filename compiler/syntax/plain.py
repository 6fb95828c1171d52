"""A document as plain values, and the way back from a path in them to the places of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from .tree import Entry, Kind, Mapping, Node, Scalar, Sequence

# More digits than any amount has. Python refuses to read much longer ones as whole numbers.
_MOST_DIGITS = 40


def plain(node: Node) -> Any:
    """A node as JSON has it: whole numbers as int, others as Decimal, dates as text."""
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if node.kind is Kind.NUMBER:
        return _number(node.text)
    return node.text == "true" if node.kind is Kind.BOOLEAN else node.text


def _number(text: str) -> int | Decimal:
    whole, _, fraction = text.partition(".")
    return Decimal(text) if fraction.strip("0") or len(whole) > _MOST_DIGITS else int(whole)


def entry_and_node(root: Mapping, path: Iterable[str | int]) -> tuple[Entry | None, Node]:
    """The node at a path of keys and indexes, and the entry whose value it is; none for items and the top."""
    entry: Entry | None = None
    node: Node = root
    for step in path:
        if isinstance(node, Mapping):
            entry = next(e for e in node.entries if e.key.text == step)
            node = entry.value
        elif isinstance(node, Sequence):
            entry, node = None, node.items[int(step)]
    return entry, node


def dates_in(root: Mapping) -> Iterator[tuple[Entry | None, Scalar]]:
    """Every unquoted date, with the entry whose value it is; none for items of lists."""
    waiting: list[tuple[Entry | None, Node]] = [(None, root)]
    while waiting:
        entry, node = waiting.pop()
        if isinstance(node, Mapping):
            waiting += [(e, e.value) for e in node.entries]
        elif isinstance(node, Sequence):
            waiting += [(None, item) for item in node.items]
        elif node.kind is Kind.DATE:
            yield entry, node
