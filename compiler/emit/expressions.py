"""Small Python expressions, built so that constants fold and a linter has nothing to object to."""

from __future__ import annotations

import ast
from collections.abc import Iterable

MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

_OPERATORS: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
    "in": ast.In,
    "not in": ast.NotIn,
}
# Every order here is total (numbers, ISO dates), so a comparison's opposite is again a comparison.
_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def constant(value: bool | int | str) -> ast.Constant:
    """A literal."""
    return ast.Constant(value)


def name(identifier: str) -> ast.Name:
    """A variable."""
    return ast.Name(identifier, ast.Load())


def attribute(dotted: str) -> ast.expr:
    """`member.lifetime.spend` from that text."""
    first, *rest = dotted.split(".")
    node: ast.expr = name(first)
    for part in rest:
        node = ast.Attribute(node, part, ast.Load())
    return node


def call(function: str, *args: ast.expr, **keywords: ast.expr) -> ast.Call:
    """`function(args, keyword=...)`."""
    return ast.Call(name(function), list(args), [ast.keyword(k, v) for k, v in keywords.items()])


def tuple_of(items: Iterable[ast.expr]) -> ast.Tuple:
    """A tuple."""
    return ast.Tuple(list(items), ast.Load())


def texts(values: Iterable[str]) -> ast.Tuple:
    """A tuple of text literals."""
    return tuple_of(constant(value) for value in values)


def compare(first: ast.expr, *rest: str | ast.expr) -> ast.Compare:
    """`compare(a, "<", b, "<=", c)` is `a < b <= c`."""
    operators = [_OPERATORS[item]() for item in rest if isinstance(item, str)]
    return ast.Compare(first, operators, [item for item in rest if isinstance(item, ast.expr)])


def among(operand: ast.expr, values: Iterable[int | str], negated: bool) -> ast.expr:
    """`operand in {..}` or `not in`; the set of literals becomes one constant when Python compiles it."""
    unique = list(dict.fromkeys(values))
    if len(unique) == 1:
        return compare(operand, "!=" if negated else "==", constant(unique[0]))
    literals: list[ast.expr] = [constant(value) for value in unique]
    return compare(operand, "not in" if negated else "in", ast.Set(literals))


def truth(node: ast.expr) -> bool | None:
    """What a folded expression always is; none for one that depends on what it reads."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, bool) else None


def negate(node: ast.expr) -> ast.expr:
    """`not node`, pushed into a single comparison."""
    match node:
        case ast.Constant(value=bool(value)):
            return constant(not value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return ast.Compare(left, [_OPPOSITES[type(operator)]()], [right])
        case _:
            return ast.UnaryOp(ast.Not(), node)


def all_of(parts: Iterable[ast.expr]) -> ast.expr:
    """All parts with `and`: parts that always hold go, one that never holds decides."""
    return _joined(ast.And, parts, neutral=True)


def any_of(parts: Iterable[ast.expr]) -> ast.expr:
    """All parts with `or`, folded likewise."""
    return _joined(ast.Or, parts, neutral=False)


def _joined(operator: type[ast.boolop], parts: Iterable[ast.expr], *, neutral: bool) -> ast.expr:
    kept: list[ast.expr] = []
    for part in parts:
        if isinstance(part, ast.BoolOp) and isinstance(part.op, operator):
            kept.extend(part.values)
        elif truth(part) is None:
            kept.append(part)
        elif truth(part) is not neutral:
            return constant(not neutral)
    if not kept:
        return constant(neutral)
    return kept[0] if len(kept) == 1 else ast.BoolOp(operator(), kept)


def is_untyped(node: ast.expr) -> bool:
    """Whether a type checker sees `Any`: merchants' own attributes come from a `dict[str, Any]`.

    Of `and` and `or` it sees one of the operands' types, which is `Any` only if every one may be.
    """
    if isinstance(node, ast.BoolOp):
        return all(_may_be_untyped(value) for value in node.values)
    return _may_be_untyped(node)


def _may_be_untyped(node: ast.expr) -> bool:
    match node:
        case ast.Subscript():
            return True
        case ast.Compare(ops=[ast.In() | ast.NotIn()]) | ast.UnaryOp(op=ast.Not()):
            return False
        case ast.BoolOp(values=operands):
            return any(_may_be_untyped(operand) for operand in operands)
        case ast.Compare(left=left, comparators=comparators):
            return any(_may_be_untyped(operand) for operand in (left, *comparators))
        case ast.BinOp(left=left, right=right):
            return _may_be_untyped(left) or _may_be_untyped(right)
        case ast.UnaryOp(operand=operand):
            return _may_be_untyped(operand)
        case _:
            return False


def names_in(node: ast.AST) -> set[str]:
    """The variables that an expression reads."""
    return {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
