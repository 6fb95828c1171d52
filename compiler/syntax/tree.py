"""A program file as it was written: YAML nodes and condition expressions, each with its span."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from enum import Enum

from ..node import Node as NodeBase
from ..node import node
from ..source import Span


class Kind(Enum):
    """What a scalar is, by the part of YAML on which 1.1 and 1.2 agree."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"  # an unquoted date or local date and time, kept as its text


class Style(Enum):
    """How a scalar was written."""

    PLAIN = "plain"
    SINGLE = "single"
    DOUBLE = "double"
    LITERAL = "literal"
    FOLDED = "folded"


@node
class Scalar(NodeBase):
    """A scalar. `text` is its value as YAML gives it; numbers keep their exact decimal text."""

    kind: Kind
    text: str
    span: Span = field(compare=False, repr=False)
    style: Style = field(default=Style.PLAIN, compare=False, repr=False)

    @property
    def number(self) -> Decimal:
        """The exact value of a `NUMBER`."""
        return Decimal(self.text)


@node
class Sequence(NodeBase):
    """A list, in block or flow style."""

    items: tuple[Node, ...]
    span: Span = field(compare=False, repr=False)


@node
class Entry(NodeBase):
    """One `key: value` of a mapping. Keys are text, and unique in their mapping."""

    key: Scalar
    value: Node


@node
class Mapping(NodeBase):
    """A mapping, in block or flow style, in file order."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False, repr=False)

    def get(self, key: str) -> Node | None:
        """The value under `key`, or none."""
        return next((e.value for e in self.entries if e.key.text == key), None)

    def entry(self, key: str) -> Entry | None:
        """The entry under `key`, or none."""
        return next((e for e in self.entries if e.key.text == key), None)


Node = Scalar | Sequence | Mapping


@node
class Comment(NodeBase):
    """A `#` comment, from its `#` to the end of its line."""

    text: str
    span: Span = field(compare=False, repr=False)


@node
class Document(NodeBase):
    """One program file: its top mapping, and its comments in file order."""

    root: Mapping
    comments: tuple[Comment, ...] = field(default=(), compare=False)


# --- conditions, as written ---------------------------------------------------------------------------------


@node
class NumberLiteral(NodeBase):
    """`1500` or `12.50`; the text is kept, since its decimals matter where it stands for money."""

    text: str
    span: Span = field(compare=False, repr=False)


@node
class TextLiteral(NodeBase):
    """A quoted text, escapes resolved."""

    value: str
    span: Span = field(compare=False, repr=False)


@node
class BooleanLiteral(NodeBase):
    """`true` or `false`."""

    value: bool
    span: Span = field(compare=False, repr=False)


@node
class DateLiteral(NodeBase):
    """`date("2026-01-31")`; `text` is what is in the quotes, not yet checked."""

    text: str
    span: Span = field(compare=False, repr=False)


@node
class Name(NodeBase):
    """A dotted name: `spend`, `lifetime.orders`, `customer.tags`."""

    path: str
    span: Span = field(compare=False, repr=False)


@node
class Unary(NodeBase):
    """`not x` or `-x`."""

    operator: str
    operand: Expression
    span: Span = field(compare=False, repr=False)


@node
class Binary(NodeBase):
    """`and`, `or`, a comparison, `has`, `+`, `-` or `*`."""

    operator: str
    left: Expression
    right: Expression
    span: Span = field(compare=False, repr=False)
    operator_span: Span = field(compare=False, repr=False)


@node
class Membership(NodeBase):
    """`x in [..]` or `x not in [..]`; the items are literals."""

    negated: bool
    operand: Expression
    items: tuple[Expression, ...]
    span: Span = field(compare=False, repr=False)


Literal = NumberLiteral | TextLiteral | BooleanLiteral | DateLiteral
Expression = Literal | Name | Unary | Binary | Membership
