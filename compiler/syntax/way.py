"""The way from the top of a document down to a place in it: through which keys, and which items of lists."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field

from ..node import Node as NodeBase
from ..node import node
from ..source import Span
from .tree import Entry, Mapping, Node, Scalar, Sequence


@node
class Step(NodeBase):
    """One step down: to the value of `entry`, or where that is none to the item `index` of a list.

    `value` is what is there. Steps compare by where they are.
    """

    entry: Entry | None = field(repr=False)
    index: int
    value: Node = field(compare=False, repr=False)


def way(root: Node, span: Span) -> list[Step]:
    """The steps to the smallest value, or entry, that holds a place; none where that is the whole document."""
    steps: list[Step] = []
    found: Node | None = root
    while found is not None and not isinstance(found, Scalar):
        step = _step(found, span)
        if step is None:
            break
        steps.append(step)
        # A block of one key begins and ends where its key and value do: a place of that size is the block.
        found = step.value if step.value.span != span and _holds(step.value, span) else None
    return steps


def _step(within: Mapping | Sequence, span: Span) -> Step | None:
    if isinstance(within, Sequence):
        index = bisect_right(within.items, span.start, key=lambda item: item.span.start) - 1
        if index < 0 or not _holds(within.items[index], span):
            return None
        return Step(None, index, within.items[index])
    index = bisect_right(within.entries, span.start, key=lambda entry: entry.key.span.start) - 1
    if index < 0 or span.end > within.entries[index].value.span.end:
        return None
    return Step(within.entries[index], index, within.entries[index].value)


def _holds(node: Node, span: Span) -> bool:
    return node.span.start <= span.start and span.end <= node.span.end
