"""A program file as it was written: YAML nodes and condition expressions, each with its span."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from ..shown import Shown
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


@dataclass(frozen=True, slots=True, repr=False)
class Scalar(Shown):
    """A scalar. `text` is its value as YAML gives it; numbers keep their exact decimal text."""

    kind: Kind
    text: str
    span: Span = field(compare=False, repr=False)
    style: Style = field(default=Style.PLAIN, compare=False, repr=False)

    @property
    def number(self) -> Decimal:
        """The exact value of a `NUMBER`."""
        return Decimal(self.text)


@dataclass(frozen=True, slots=True, repr=False)
class Sequence(Shown):
    """A list, in block or flow style."""

    items: tuple[Node, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Entry(Shown):
    """One `key: value` of a mapping. Keys are text, and unique in their mapping."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True, repr=False)
class Mapping(Shown):
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


@dataclass(frozen=True, slots=True, repr=False)
class Comment(Shown):
    """A `#` comment, from its `#` to the end of its line."""

    text: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Document(Shown):
    """One program file: its top mapping, and its comments in file order."""

    root: Mapping
    comments: tuple[Comment, ...] = field(default=(), compare=False)


# --- conditions, as written ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class NumberLiteral(Shown):
    """`1500` or `12.50`; the text is kept, since its decimals matter where it stands for money."""

    text: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class TextLiteral(Shown):
    """A quoted text, escapes resolved."""

    value: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class BooleanLiteral(Shown):
    """`true` or `false`."""

    value: bool
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class DateLiteral(Shown):
    """`date("2026-01-31")`; `text` is what is in the quotes, not yet checked."""

    text: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Name(Shown):
    """A dotted name: `spend`, `lifetime.orders`, `customer.tags`."""

    path: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Unary(Shown):
    """`not x` or `-x`."""

    operator: str
    operand: Expression
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Binary(Shown):
    """`and`, `or`, a comparison, `has`, `+`, `-` or `*`."""

    operator: str
    left: Expression
    right: Expression
    span: Span = field(compare=False, repr=False)
    operator_span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Membership(Shown):
    """`x in [..]` or `x not in [..]`; the items are literals."""

    negated: bool
    operand: Expression
    items: tuple[Expression, ...]
    span: Span = field(compare=False, repr=False)


Literal = NumberLiteral | TextLiteral | BooleanLiteral | DateLiteral
Expression = Literal | Name | Unary | Binary | Membership
