"""Fixes where the sides of an operator in a condition do not go together, in the one way that can be meant."""

from __future__ import annotations

import re

from ..diagnostics import Fix
from ..syntax.condition_text import condition_text, text_literal
from ..syntax.tree import Binary, BooleanLiteral, Expression, Membership, NumberLiteral, TextLiteral
from .arithmetic import Loose, Part
from .condition import Constant, Reference, Type
from .mending import write
from .type_hints import day_meant
from .types import NUMBERS, type_of

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def alike(left: Part, right: Part, written: Binary) -> list[Fix]:
    """For a comparison of two types."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one.term, Reference):
            fixes = _beside(one.term, other.expression, written)
            if fixes:
                return fixes
    return []


def _beside(name: Reference, other: Expression, written: Binary) -> list[Fix]:
    if name.type is Type.TEXT_SET and isinstance(other, TextLiteral) and written.operator in ("==", "!="):
        negation = "not " if written.operator == "!=" else ""
        return [write(written.span, f"{negation}{name.path} has {text_literal(other.value)}")]
    return as_item(other, name.type)


def as_item(item: Expression, type: Type) -> list[Fix]:
    """For a literal beside something of another type: its quotes are taken off, or put around it."""
    if type is Type.DATE:
        day = day_meant(item)
        return [write(item.span, f'date("{day}")')] if day else []
    if type in NUMBERS and isinstance(item, TextLiteral) and _NUMBER.fullmatch(item.value):
        return [write(item.span, item.value)]
    if type in (Type.TEXT, Type.ONE_OF) and isinstance(item, NumberLiteral | BooleanLiteral):
        return [write(item.span, f'"{condition_text(item)}"')]
    return []


def has_fixes(left: Part, right: Part, written: Binary) -> list[Fix]:
    """For a `has` whose sides are the wrong way round, or whose left side is a text."""
    set_on_right = isinstance(right.term, Reference) and right.term.type is Type.TEXT_SET
    if isinstance(left.expression, TextLiteral) and set_on_right:
        turned = f"{condition_text(right.expression)} has {condition_text(left.expression)}"
        return [write(written.span, turned)]
    if isinstance(left.term, Loose) or not isinstance(right.expression, TextLiteral):
        return []
    if type_of(left.term) in (Type.TEXT, Type.ONE_OF):
        # A text that is to have another may be meant to contain it.
        same = f"{condition_text(left.expression)} == {condition_text(right.expression)}"
        return [write(written.span, same, safe=False)]
    return []


def has_each(operand: Part, written: Membership) -> list[Fix]:
    """For `in` of a set: a `has` for each of the texts."""
    texts = [item for item in written.items if isinstance(item, TextLiteral)]
    is_set = isinstance(operand.term, Reference) and operand.term.type is Type.TEXT_SET
    if not is_set or len(texts) < len(written.items):
        return []
    name = condition_text(operand.expression)
    asked = " or ".join(f"{name} has {condition_text(text)}" for text in texts)
    if written.negated:
        return [write(written.span, f"not ({asked})")]
    return [write(written.span, f"({asked})" if len(texts) > 1 else asked)]


def comparison_again(expression: Expression, term: object, before: Expression | None) -> list[Fix]:
    """For a literal that continues a comparison: `orders == 1 or 2`."""
    if not isinstance(term, Constant | Loose) or not isinstance(before, Binary):
        return []
    if before.operator not in _COMPARISONS:
        return []
    again = f"{condition_text(before.left)} {before.operator} {condition_text(expression)}"
    return [write(expression.span, again)]
