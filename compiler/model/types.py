"""The types of terms: which type a term has, which operators go with it, and what messages call it."""

from __future__ import annotations

from .condition import Constant, Negative, Product, Reference, Sum, Term, Type

WHOLE_OR_DECIMAL = frozenset({Type.INTEGER, Type.DECIMAL})
NUMBERS = WHOLE_OR_DECIMAL | {Type.MONEY}

ORDERED = NUMBERS | {Type.DATE}
COMPARED = ORDERED | {Type.BOOLEAN, Type.TEXT, Type.ONE_OF}
LISTED = COMPARED - {Type.BOOLEAN}

_CALLED = {
    Type.BOOLEAN: "true or false",
    Type.INTEGER: "a whole number",
    Type.DECIMAL: "a decimal number",
    Type.MONEY: "money",
    Type.TEXT: "text",
    Type.DATE: "a date",
    Type.TEXT_SET: "a set of text",
    Type.ONE_OF: "one of a few texts",
}


def type_of(term: Term) -> Type:
    """The type of a term; every term without one of its own is true or false."""
    if isinstance(term, Constant | Reference | Negative | Sum | Product):
        return term.type
    return Type.BOOLEAN


def called(type: Type) -> str:
    """What a message calls a value of the type: "a date", "money"."""
    return _CALLED[type]
