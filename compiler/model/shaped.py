"""Typed access to the nodes of a document whose shape has been checked.

The assertions state what the JSON Schema guarantees; they cannot fail on a document that `check_shape` found in order.
"""

from __future__ import annotations

from ..source import Span
from ..syntax.tree import Kind, Mapping, Node, Scalar, Sequence


def scalar(parent: Mapping, key: str) -> Scalar | None:
    """The scalar under a key, or none."""
    node = parent.get(key)
    assert node is None or isinstance(node, Scalar)
    return node


def required(parent: Mapping, key: str) -> Scalar:
    """The scalar under a key that cannot be left out."""
    node = parent.get(key)
    assert isinstance(node, Scalar)
    return node


def mapping(parent: Mapping, key: str) -> Mapping | None:
    """The mapping under a key, or none."""
    node = parent.get(key)
    assert node is None or isinstance(node, Mapping)
    return node


def sequence(parent: Mapping, key: str) -> tuple[Node, ...]:
    """The items of the list under a key; none where the key is left out."""
    node = parent.get(key)
    assert node is None or isinstance(node, Sequence)
    return () if node is None else node.items


def mappings(parent: Mapping, key: str) -> tuple[Mapping, ...]:
    """The mappings of the list under a key."""
    return tuple(item for item in sequence(parent, key) if isinstance(item, Mapping))


def scalars(parent: Mapping, key: str) -> tuple[Scalar, ...]:
    """The scalars of the list under a key."""
    return tuple(item for item in sequence(parent, key) if isinstance(item, Scalar))


def text(parent: Mapping, key: str, default: str) -> str:
    """The text under a key."""
    node = scalar(parent, key)
    return default if node is None else node.text


def flag(parent: Mapping, key: str, default: bool) -> bool:
    """The boolean under a key."""
    node = scalar(parent, key)
    assert node is None or node.kind is Kind.BOOLEAN
    return default if node is None else node.text == "true"


def key_span(parent: Mapping, key: str) -> Span:
    """Where a key is written; the whole mapping where it is not."""
    entry = parent.entry(key)
    return parent.span if entry is None else entry.key.span
