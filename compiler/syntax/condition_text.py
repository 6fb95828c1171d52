"""A condition's tree as text again, on one line and with no more parentheses than it needs."""

from __future__ import annotations

from .tree import (
    Binary,
    BooleanLiteral,
    DateLiteral,
    Expression,
    Membership,
    Name,
    NumberLiteral,
    TextLiteral,
    Unary,
)

# How tightly each operator binds; comparisons do not chain, so that either side has to be a sum.
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _NEGATIVE, _ATOM = range(8)
_TIGHTNESS = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT}


def condition_text(expression: Expression) -> str:
    """The text of an expression, such that parsing it gives an equal tree. A long chain does not recurse."""
    match expression:
        case NumberLiteral():
            return expression.text
        case TextLiteral():
            return text_literal(expression.value)
        case BooleanLiteral():
            return "true" if expression.value else "false"
        case DateLiteral():
            return f"date({text_literal(expression.text)})"
        case Name():
            return expression.path
        case Unary():
            tightness = _NOT if expression.operator == "not" else _NEGATIVE
            space = " " if expression.operator == "not" else ""
            return expression.operator + space + _within(expression.operand, tightness)
        case Binary():
            return _binary(expression)
        case Membership():
            operator = "not in" if expression.negated else "in"
            items = ", ".join(condition_text(item) for item in expression.items)
            return f"{_within(expression.operand, _SUM)} {operator} [{items}]"


def text_literal(value: str) -> str:
    """A text in double quotes; one with double quotes and no single ones in single quotes."""
    escaped = value.replace("\\", "\\\\")
    if '"' in value and "'" not in value:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'


def _binary(expression: Binary) -> str:
    tightness = _TIGHTNESS.get(expression.operator, _COMPARISON)
    parts: list[str] = []
    left: Expression = expression
    while isinstance(left, Binary) and _TIGHTNESS.get(left.operator) == tightness:
        parts += (_within(left.right, tightness + 1), left.operator)
        left = left.left
    if not parts and isinstance(left, Binary):
        parts = [_within(left.right, _SUM), left.operator]
        left, tightness = left.left, _SUM
    parts.append(_within(left, tightness))
    return " ".join(reversed(parts))


def _within(expression: Expression, tightness: int) -> str:
    text = condition_text(expression)
    return text if _tightness(expression) >= tightness else f"({text})"


def _tightness(expression: Expression) -> int:
    match expression:
        case Binary():
            return _TIGHTNESS.get(expression.operator, _COMPARISON)
        case Membership():
            return _COMPARISON
        case Unary():
            return _NOT if expression.operator == "not" else _NEGATIVE
        case _:
            return _ATOM
