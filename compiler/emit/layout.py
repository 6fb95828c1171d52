"""Expressions over several lines where one is too short, broken just as `ruff format` breaks them.

There are two ways to break. Brackets that begin or end an expression can hold lines of their own
(`x in {` ... `}`, `a and (` ... `)`); otherwise parentheses go around the whole, and lines begin with its operators.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .flat import LOGIC, NOT, PRODUCT, SUM, brackets, entries, flat, symbol, tightness

LINE_LENGTH = 110


@dataclass(frozen=True, slots=True)
class _Group:
    """A bracketed stretch, whose lines are those of `node`: an expression, or elements if it is a container."""

    opening: str
    node: ast.expr
    closing: str
    container: bool

    def flat(self) -> str:
        return flat(self.node) if self.container else f"{self.opening}{flat(self.node)}{self.closing}"

    def lines(self, indent: int) -> list[str]:
        return _elements(self.node, indent) if self.container else _body(self.node, indent)


_Segment = str | _Group


def laid_out(before: str, node: ast.expr, after: str, indent: int) -> list[str]:
    """The lines of `before node after` (`return x`, `if x:`, `key=x,`) at `indent` columns."""
    one_line = before + flat(node) + after
    if _fits(one_line, indent):
        return [" " * indent + one_line]
    segments = _segments(node, LOGIC)
    if _opens_or_closes_with_brackets(node, segments):
        lines = _along(before, segments, after, indent, all_broken=True)
        if all(width(line) <= LINE_LENGTH for line in lines):
            return _along(before, segments, after, indent)
    if isinstance(node, ast.BoolOp | ast.Compare | ast.BinOp):
        return _around(before + "(", _body(node, indent + 4), ")" + after, indent)
    return _along(before, segments, after, indent)


def width(text: str) -> int:
    """Columns that a text takes: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fits(text: str, indent: int = 0) -> bool:
    return indent + width(text) <= LINE_LENGTH


def _around(opening: str, inside: Sequence[str], closing: str, indent: int) -> list[str]:
    return [" " * indent + opening, *inside, " " * indent + closing]


# --- along the brackets -----------------------------------------------------------------------------------


def _segments(node: ast.expr, least: int) -> list[_Segment]:
    """An expression as text and bracketed stretches in turn."""
    if tightness(node) < least:
        return [_Group("(", node, ")", container=False)]
    match node:
        case ast.BoolOp(op=operator, values=values):
            return _joined([("", values[0]), *_led(operator, values[1:])], NOT)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _joined([("not ", operand)], SUM)
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            rest = [(f"{symbol(o)} ", side) for o, side in zip(ops, comparators, strict=True)]
            return _joined([("", left), *rest], SUM)
        case ast.Call(args=[argument], keywords=[]):
            opening, closing = brackets(node) or ("", "")
            return [_Group(opening, argument, closing, container=False)]
        case ast.Subscript(value=value, slice=key):
            return [flat(value), _Group("[", key, "]", container=False)]
        case ast.BinOp(left=left, op=operator, right=right):
            level = tightness(node)
            return [*_segments(left, level), f" {symbol(operator)} ", *_segments(right, level + 1)]
        case _:
            pair = brackets(node)
            return [_Group(pair[0], node, pair[1], container=True)] if pair else [flat(node)]


def _joined(parts: Sequence[tuple[str, ast.expr]], least: int) -> list[_Segment]:
    segments: list[_Segment] = []
    for index, (lead, node) in enumerate(parts):
        text = f" {lead}" if index else lead
        segments += [text, *_segments(node, least)] if text else _segments(node, least)
    return segments


def _opens_or_closes_with_brackets(node: ast.expr, segments: Sequence[_Segment]) -> bool:
    """Whether brackets, not those of a subscript, are at an edge, and at most one operator is outside of them."""
    match node:
        case ast.BoolOp(values=operands):
            operators = len(operands) - 1
        case ast.Compare(ops=ops):
            operators = len(ops)
        case _:
            operators = 0
    edges = [edge for edge in (segments[0], segments[-1]) if isinstance(edge, _Group)]
    return operators <= 1 and any(edge.opening != "[" for edge in edges)


def _along(
    before: str, segments: Sequence[_Segment], after: str, indent: int, *, all_broken: bool = False
) -> list[str]:
    """Lines that end within the brackets that do not fit, or within all of them."""
    lines: list[str] = []
    line = " " * indent + before
    for index, segment in enumerate(segments):
        if isinstance(segment, str):
            line += segment
        elif not all_broken and _fits(line + segment.flat() + _up_to_bracket(segments[index + 1 :], after)):
            line += segment.flat()
        else:
            lines += [line + segment.opening, *segment.lines(indent + 4)]
            line = " " * indent + segment.closing
    return [*lines, line + after]


def _up_to_bracket(segments: Sequence[_Segment], after: str) -> str:
    """What has to follow on the same line."""
    text = ""
    for segment in segments:
        if isinstance(segment, _Group):
            return text + segment.opening
        text += segment
    return text + after


def _elements(node: ast.expr, indent: int) -> list[str]:
    """An element a line; the comma behind the last one keeps a formatter from joining them."""
    return [line for lead, element in entries(node) for line in laid_out(lead, element, ",", indent)]


# --- before the operators ---------------------------------------------------------------------------------


def _body(node: ast.expr, indent: int, lead: str = "") -> list[str]:
    """The lines of `lead node` inside of parentheses."""
    if _fits(lead + flat(node), indent):
        return [" " * indent + lead + flat(node)]
    match node:
        case ast.BoolOp(op=operator, values=values):
            return _operands([(lead, values[0]), *_led(operator, values[1:])], NOT, indent)
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            rest = [(f"{symbol(o)} ", side) for o, side in zip(ops, comparators, strict=True)]
            return _operands([(lead, left), *rest], SUM, indent)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _operands(_summands(node, lead), PRODUCT, indent)
        case _:
            return _along(lead, _segments(node, LOGIC), "", indent)


def _operands(parts: Sequence[tuple[str, ast.expr]], least: int, indent: int) -> list[str]:
    lines: list[str] = []
    for lead, node in parts:
        if tightness(node) >= least:
            lines += _body(node, indent, lead)
        else:
            lines += _along(lead, _segments(node, least), "", indent)
    return lines


def _led(operator: ast.AST, nodes: Sequence[ast.expr]) -> list[tuple[str, ast.expr]]:
    return [(f"{symbol(operator)} ", node) for node in nodes]


def _summands(node: ast.expr, lead: str) -> list[tuple[str, ast.expr]]:
    """The terms of a sum, left to right, each with its sign in front."""
    parts: list[tuple[str, ast.expr]] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        parts.append((f"{symbol(node.op)} ", node.right))
        node = node.left
    return [(lead, node), *reversed(parts)]
