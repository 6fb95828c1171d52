"""What stands at an offset of a tree: the keys that lead there, and whether it is a key or a value."""

from __future__ import annotations

from ..compiler.node import Node as NodeBase
from ..compiler.node import node
from ..compiler.source import Span
from ..compiler.syntax.plain import plain
from ..compiler.syntax.tree import Mapping, Node, Scalar, Sequence
from .shapes import ITEM, Beside


@node
class Found(NodeBase):
    """A scalar: the path to it (of a key, with the key), the mappings on the way, and whether it is a key."""

    path: tuple[str, ...]
    beside: tuple[Beside, ...]
    scalar: Scalar
    key: bool
    indexes: tuple[int, ...]  # of the items on the way


def found_at(root: Node, offset: int) -> Found | None:
    """The scalar at an offset; none between scalars."""
    path: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    indexes: tuple[int, ...] = ()
    here: Node = root
    while True:
        beside = (*beside, _scalars(here))
        if isinstance(here, Scalar):
            return Found(path, beside, here, False, indexes) if _holds(here.span, offset) else None
        if isinstance(here, Sequence):
            number = next((i for i, item in enumerate(here.items) if _holds(item.span, offset)), None)
            if number is None:
                return None
            path, indexes, here = (*path, ITEM), (*indexes, number), here.items[number]
            continue
        entry = next(
            (e for e in here.entries if _holds(e.key.span, offset) or _holds(e.value.span, offset)), None
        )
        if entry is None:
            return None
        path = (*path, entry.key.text)
        if _holds(entry.key.span, offset):
            return Found(path, (*beside, _scalars(entry.value)), entry.key, True, indexes)
        here = entry.value


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end


def _scalars(node: Node) -> Beside:
    """The keys of a mapping, with their values as far down as the schema's branches look."""
    if not isinstance(node, Mapping):
        return {}
    return {entry.key.text: _shallow(entry.value) for entry in node.entries}


def _shallow(node: Node) -> object:
    if isinstance(node, Mapping):
        return dict.fromkeys(entry.key.text for entry in node.entries)
    return [] if isinstance(node, Sequence) else plain(node)
