"""Expressions as source text on one line: what `ast.unparse` prints, with a formatter's quotes and parentheses."""

from __future__ import annotations

import ast

from .literals import literal

_SYMBOLS: dict[type[ast.AST], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.And: "and",
    ast.Or: "or",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
}
# How tightly a node holds together, and what its operands need to do without parentheses. An `and` below an
# `or`, and a comparison below a `not`, get parentheses that Python does not need and a reader does.
LOGIC, NOT, COMPARE, SUM, PRODUCT, SIGN, ATOM = range(7)


def flat(node: ast.expr, least: int = LOGIC) -> str:
    """The expression on one line, in parentheses if it holds together less tightly than `least`."""
    text = _text(node)
    return f"({text})" if tightness(node) < least else text


def tightness(node: ast.expr) -> int:
    """One of the levels above."""
    match node:
        case ast.BoolOp():
            return LOGIC
        case ast.UnaryOp(op=ast.Not()):
            return NOT
        case ast.Compare():
            return COMPARE
        case ast.BinOp(op=ast.Mult()):
            return PRODUCT
        case ast.BinOp():
            return SUM
        case ast.UnaryOp():
            return SIGN
        case _:
            return ATOM


def symbol(operator: ast.AST) -> str:
    """An operator as it is written."""
    return _SYMBOLS[type(operator)]


def brackets(node: ast.expr) -> tuple[str, str] | None:
    """What opens and closes a call, tuple, set or dict; none for other nodes."""
    match node:
        case ast.Call(func=function):
            return flat(function) + "(", ")"
        case ast.Tuple():
            return "(", ")"
        case ast.Set() | ast.Dict():
            return "{", "}"
        case _:
            return None


def entries(node: ast.expr) -> list[tuple[str, ast.expr]]:
    """What stands between those brackets: for each element what is written before it (`key=`), and it."""
    match node:
        case ast.Call(args=args, keywords=keywords):
            return [("", arg) for arg in args] + [(f"{k.arg}=", k.value) for k in keywords]
        case ast.Tuple(elts=items) | ast.Set(elts=items):
            return [("", item) for item in items]
        case ast.Dict(keys=keys, values=values):
            return [(f"{flat(key)}: ", value) for key, value in zip(keys, values, strict=True) if key]
        case _:
            return []


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=value):
            return literal(value)
        case ast.Name(id=identifier):
            return identifier
        case ast.Attribute(value=value, attr=attr):
            return f"{flat(value, ATOM)}.{attr}"
        case ast.Subscript(value=value, slice=key):
            return f"{flat(value, ATOM)}[{flat(key)}]"
        case _:
            return _bracketed(node) if brackets(node) else _operation(node)


def _bracketed(node: ast.expr) -> str:
    opening, closing = brackets(node) or ("", "")
    inside = ", ".join(before + flat(item) for before, item in entries(node))
    comma = "," if isinstance(node, ast.Tuple) and len(node.elts) == 1 else ""
    return opening + inside + comma + closing


def _operation(node: ast.expr) -> str:
    match node:
        case ast.BoolOp(op=operator, values=values):
            return f" {symbol(operator)} ".join(flat(value, NOT) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"not {flat(operand, SUM)}"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"-{flat(operand, SIGN)}"
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            pairs = zip(ops, comparators, strict=True)
            return flat(left, SUM) + "".join(f" {symbol(o)} {flat(side, SUM)}" for o, side in pairs)
        case ast.BinOp(left=left, op=operator, right=right):
            level = tightness(node)
            return f"{flat(left, level)} {symbol(operator)} {flat(right, level + 1)}"
        case _:
            raise TypeError(f"not an expression of emitted code: {ast.dump(node)}")
