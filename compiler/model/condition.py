"""A condition, typed and resolved: the only form in which lints, analysis and emission see conditions.

Values are exact. Money is whole minor units of the program's currency, decimals are `Fraction`, dates are
ISO texts (`2026-01-31`, which order as dates do), whole numbers are `int`.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from fractions import Fraction

from ..node import Node, node
from ..source import Span


class Type(Enum):
    """The types of the condition language."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    TEXT_SET = "set of text"
    ONE_OF = "one_of"


Value = bool | int | Fraction | str


@node
class Constant(Node):
    """A literal in the unit of its type. A money literal that only multiplies is a `DECIMAL` or `INTEGER`."""

    type: Type
    value: Value
    span: Span = field(compare=False, repr=False)


@node
class Reference(Node):
    """A name of section 5.3 of the language: `spend`, `customer.tags`, `order.total`, `item.sku`."""

    path: str
    type: Type
    span: Span = field(compare=False, repr=False)


@node
class Negative(Node):
    """`-x`."""

    operand: Term
    type: Type
    span: Span = field(compare=False, repr=False)


@node
class Sum(Node):
    """`left + right`, or `left - right` where `minus`."""

    minus: bool
    left: Term
    right: Term
    type: Type
    span: Span = field(compare=False, repr=False)


@node
class Product(Node):
    """`factor * operand`; the factor is a constant, folded to one number, whichever side it was written on."""

    factor: Fraction
    operand: Term
    type: Type
    span: Span = field(compare=False, repr=False)


@node
class Comparison(Node):
    """`left operator right`, the operator one of `== != < <= > >=`; both sides are of one type but for
    integer against decimal. Where a side is a date that was not given, the comparison is false."""

    operator: str
    left: Term
    right: Term
    span: Span = field(compare=False, repr=False)


@node
class Among(Node):
    """`operand in [..]`, or `not in` where `negated`. Of a date that was not given, false in both forms."""

    negated: bool
    operand: Term
    values: tuple[Constant, ...]
    span: Span = field(compare=False, repr=False)


@node
class Has(Node):
    """`set has "text"`."""

    operand: Reference
    text: str
    span: Span = field(compare=False, repr=False)


@node
class Not(Node):
    """`not x`."""

    operand: Term
    span: Span = field(compare=False, repr=False)


@node
class And(Node):
    """Two or more parts, all of which have to hold; nested ands are flattened."""

    parts: tuple[Term, ...]
    span: Span = field(compare=False, repr=False)


@node
class Or(Node):
    """Two or more parts, one of which has to hold; nested ors are flattened."""

    parts: tuple[Term, ...]
    span: Span = field(compare=False, repr=False)


# Number-valued: Constant, Reference, Negative, Sum, Product. Truth-valued: a boolean Constant or Reference,
# Comparison, Among, Has, Not, And, Or.
Term = Constant | Reference | Negative | Sum | Product | Comparison | Among | Has | Not | And | Or


@node
class Condition(Node):
    """A whole condition: its truth-valued term, its text as written (line breaks and all), its scalar's span."""

    term: Term
    text: str = field(compare=False)
    span: Span = field(compare=False, repr=False)


def children(term: Term) -> tuple[Term, ...]:
    """The terms right below a term, in order as written."""
    match term:
        case Constant() | Reference():
            return ()
        case Negative() | Product() | Among() | Has() | Not():
            return (term.operand,)
        case Sum() | Comparison():
            return (term.left, term.right)
        case And() | Or():
            return term.parts


def references(term: Term) -> list[Reference]:
    """Every name that a term reads, in order, repeats included."""
    found: list[Reference] = []
    pending = [term]
    while pending:
        top = pending.pop()
        if isinstance(top, Reference):
            found.append(top)
        pending.extend(reversed(children(top)))
    return found
