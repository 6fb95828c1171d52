"""What to write instead, where the sides of an operator in a condition do not go together."""

from __future__ import annotations

import re

from ..syntax.condition_text import condition_text, text_literal
from ..syntax.tree import Binary, BooleanLiteral, Expression, Membership, NumberLiteral, TextLiteral
from .arithmetic import Loose, Part, Typed
from .condition import Constant, Reference, Type
from .types import NUMBERS, type_of

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "has"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN_DATE = re.compile(r"([0-9]{4}) - ([0-9]{2}) - ([0-9]{2})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def not_a_condition(expression: Expression, term: Typed, before: Expression | None) -> str:
    """Help where something has to be true or false, and is not; `before` is what it is joined to, if anything."""
    text = condition_text(expression)
    if isinstance(term, Constant | Loose) and isinstance(before, Binary) and before.operator in _COMPARISONS:
        return f"write the comparison again: `{condition_text(before.left)} {before.operator} {text}`"
    if not isinstance(term, Reference):
        return "write a whole comparison, such as `spend >= 500`"
    match term.type:
        case Type.TEXT_SET:
            return f'ask for one of its members: `{text} has "…"`'
        case Type.DATE:
            return f'compare it: `{text} >= date("2026-01-31")`'
        case Type.TEXT | Type.ONE_OF:
            return f'compare it: `{text} == "…"`'
        case _:
            return f"compare it: `{text} >= 1`"


def unlike_help(left: Part, right: Part, operator: str) -> str | None:
    """Help for a comparison of two types."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one.term, Loose):
            continue
        help = _beside(one, other, operator)
        if help is not None:
            return help
    return None


def _beside(one: Part, other: Part, operator: str) -> str | None:
    """What to write beside `one`, which is a name, in place of `other`."""
    type, name = type_of(one.term), condition_text(one.expression)  # type: ignore[arg-type]
    text = other.expression.value if isinstance(other.expression, TextLiteral) else None
    if type is Type.TEXT_SET and text is not None:
        return f"write `{'not ' if operator == '!=' else ''}{name} has {text_literal(text)}`"
    if type is Type.DATE:
        day = day_meant(other.expression)
        return f'write `date("{day}")`' if day else None
    if type in NUMBERS and text is not None and _NUMBER.fullmatch(text):
        return f"write `{text}`, without quotes"
    if type is Type.BOOLEAN and isinstance(one.term, Reference):
        return f"write `{name}` alone, or `not {name}`"
    if type in (Type.TEXT, Type.ONE_OF) and isinstance(other.expression, NumberLiteral | BooleanLiteral):
        return f'write `"{condition_text(other.expression)}"`, in quotes'
    if type is Type.ONE_OF:
        return f"compare `{name}` with one of its values, in quotes"
    return None


def day_meant(expression: Expression) -> str | None:
    """The date that a text, or a difference of three numbers, was meant to be."""
    if isinstance(expression, TextLiteral):
        return expression.value if _DATE.fullmatch(expression.value) else None
    parts = _WRITTEN_DATE.fullmatch(condition_text(expression))
    return "-".join(parts.groups()) if parts else None


def instead_of_has(left: Part, right: Part) -> str | None:
    """Help for a `has` whose left side is no set, or whose right side is no text in quotes."""
    set_on_right = isinstance(right.term, Reference) and right.term.type is Type.TEXT_SET
    if isinstance(left.expression, TextLiteral) and set_on_right:
        return f"write `{condition_text(right.expression)} has {condition_text(left.expression)}`"
    type = None if isinstance(left.term, Loose) else type_of(left.term)
    if type in (Type.TEXT, Type.ONE_OF):
        return f"write `{condition_text(left.expression)} == {condition_text(right.expression)}`"
    if type is Type.TEXT_SET:
        return f'write `{condition_text(left.expression)} has "…"`'
    return None


def instead_of_list(operand: Part, written: Membership) -> str | None:
    """Help for `in` of something that no list goes with."""
    name = condition_text(operand.expression)
    if type_of(operand.term) is not Type.TEXT_SET:  # type: ignore[arg-type]
        return f"write `{name}` alone, or `not {name}`"
    texts = [condition_text(item) for item in written.items[:3] if isinstance(item, TextLiteral)]
    asked = " or ".join(f"{name} has {text}" for text in texts)
    if not asked:
        return f'ask for one member: `{name} has "…"`'
    asked += " or …" if len(written.items) > len(texts) else ""
    return f"write `not ({asked})`" if written.negated else f"write `{asked}`"


def item_help(item: Expression, type: Type) -> str | None:
    """Help for an item of a list that is not of the list's type."""
    if type is Type.DATE:
        day = day_meant(item)
        return f'write `date("{day}")`' if day else None
    if type in NUMBERS and isinstance(item, TextLiteral) and _NUMBER.fullmatch(item.value):
        return f"write `{item.value}`, without quotes"
    if type in (Type.TEXT, Type.ONE_OF) and isinstance(item, NumberLiteral | BooleanLiteral):
        return f'write `"{condition_text(item)}"`, in quotes'
    return None
