"""What a condition means: every name resolved, every part typed, from the text in a scalar.

Parts are typed from the inside out. A literal that cannot be is reported and stands for itself, since its type is known;
any other part in which something is wrong is reported and is none, and what it is a part of says nothing more. So one
cause gives one diagnostic, and independent ones are all found.
"""

from __future__ import annotations

from ..diagnostics import Report
from ..node import Node, node
from ..source import SourceFile
from ..syntax.from_condition import parse_condition
from ..syntax.tree import (
    Binary,
    BooleanLiteral,
    DateLiteral,
    Expression,
    Membership,
    Name,
    NumberLiteral,
    Scalar,
    TextLiteral,
    Unary,
)
from .arithmetic import Part, Typed, chain, kind_of, negative, product, total
from .comparisons import comparison
from .condition import And, Condition, Not, Or, Reference, Term, Type, references
from .excerpts import excerpt
from .literals import literal_term
from .memberships import among, has, in_name
from .scope import Place, Scope
from .tree import Attribute, Currency
from .type_hints import not_a_condition
from .types import type_of
from .unknown_names import report_unknown_name

_SUM = frozenset({"+", "-"})
_PRODUCT = frozenset({"*"})


def resolve_condition(
    source: SourceFile,
    scalar: Scalar,
    place: Place,
    attributes: tuple[Attribute, ...],
    currency: Currency,
    report: Report,
) -> Condition | None:
    """The condition in a text scalar at a place of the file; none if anything is wrong with it, which is reported.

    Errors: those of `parse_condition`, `unknown-name`, `type-mismatch`, `not-linear`, `too-many-decimals`,
    `literal-out-of-range`, and `bad-value` for dates and for a condition that reads no name.
    """
    before = len(report.diagnostics)
    condition = _resolved(source, scalar, place, attributes, currency, report)
    if any(found.fixes for found in report.diagnostics[before:]):
        from .mending import fitted

        report.diagnostics[before:] = [
            fitted(d, source.text, scalar.span) for d in report.diagnostics[before:]
        ]
    return condition


def _resolved(
    source: SourceFile,
    scalar: Scalar,
    place: Place,
    attributes: tuple[Attribute, ...],
    currency: Currency,
    report: Report,
) -> Condition | None:
    expression = parse_condition(source, scalar, report, currency.code)
    if expression is None:
        return None
    before = len(report.diagnostics)
    term = Typing(Scope(place, attributes), currency, report).truth(expression, "a condition")
    if term is None or len(report.diagnostics) > before:
        return None
    if not references(term):
        message = "the condition reads no name, so that it is the same for everyone"
        report.error("bad-value", scalar.span, message, help="leave the key out, or compare something")
        return None
    return Condition(term, scalar.text, scalar.span)


@node
class Typing(Node):
    """Types the parts of one condition. Recurses only where the text nests, which is at most 50 deep."""

    scope: Scope
    currency: Currency
    report: Report

    def truth(self, expression: Expression, whose: str, before: Expression | None = None) -> Term | None:
        """A part that has to be true or false, as `whose` needs it ("a condition"); `before` is its left neighbour."""
        term = self.term(expression)
        if term is None:
            return None
        if isinstance(term, Term) and type_of(term) is Type.BOOLEAN:
            return term
        from .type_fixes import comparison_again

        message = f"{whose} has to be true or false, and {excerpt(expression)} is {kind_of(term)}"
        self.report.error(
            "type-mismatch",
            expression.span,
            message,
            help=not_a_condition(expression, term, before),
            fixes=comparison_again(expression, term, before),
        )
        return None

    def term(self, expression: Expression) -> Typed | None:
        """A part of any type."""
        match expression:
            case NumberLiteral() | TextLiteral() | BooleanLiteral() | DateLiteral():
                return literal_term(expression, self.report)
            case Name():
                return self._reference(expression)
            case Unary():
                return self._unary(expression)
            case Binary():
                return self._binary(expression)
            case Membership():
                return self._among(expression)

    def _part(self, expression: Expression) -> Part | None:
        term = self.term(expression)
        return None if term is None else Part(expression, term)

    def _reference(self, name: Name) -> Reference | None:
        type = self.scope.names.get(name.path)
        if type is None:
            report_unknown_name(name, self.scope, self.report)
            return None
        return Reference(name.path, type, name.span)

    def _unary(self, expression: Unary) -> Typed | None:
        if expression.operator == "not":
            operand = self.truth(expression.operand, "what `not` turns round")
            return None if operand is None else Not(operand, expression.span)
        part = self._part(expression.operand)
        return None if part is None else negative(part, expression.span, self.report)

    def _binary(self, expression: Binary) -> Typed | None:
        match expression.operator:
            case "and" | "or":
                return self._connective(expression)
            case "+" | "-":
                return self._sum(expression)
            case "*":
                return self._product(expression)
            case "in" | "not in":
                self._refuse_in_name(expression)
                return None
        left, right = self._part(expression.left), self._part(expression.right)
        if left is None or right is None:
            return None
        if expression.operator == "has":
            return has(left, right, expression, self.report)
        return comparison(left, right, expression, self.scope, self.currency, self.report)

    def _among(self, expression: Membership) -> Term | None:
        operand = self._part(expression.operand)
        if operand is None:
            return None
        return among(operand, expression, self.scope, self.currency, self.report)

    def _refuse_in_name(self, expression: Binary) -> None:
        assert isinstance(expression.right, Name)
        self.term(expression.left)
        right = self._reference(expression.right)
        if right is not None:
            in_name(expression, right, self.report)

    def _connective(self, expression: Binary) -> Term | None:
        operator = expression.operator
        whose = f"each side of `{operator}`"
        sides = _sides(expression, operator)
        neighbours = [None, *sides]
        parts = [self.truth(side, whose, before) for side, before in zip(sides, neighbours, strict=False)]
        terms = tuple(part for part in parts if part is not None)
        if len(terms) < len(parts):
            return None
        return (And if operator == "and" else Or)(terms, expression.span)

    def _sum(self, expression: Binary) -> Typed | None:
        parts = [(operator == "-", self._part(part)) for operator, part in chain(expression, _SUM)]
        typed = [(minus, part) for minus, part in parts if part is not None]
        if len(typed) < len(parts):
            return None
        return total(typed, expression.span, self.currency, self.report)

    def _product(self, expression: Binary) -> Typed | None:
        parts = [self._part(part) for _, part in chain(expression, _PRODUCT)]
        typed = [part for part in parts if part is not None]
        if len(typed) < len(parts):
            return None
        return product(typed, expression.span, self.report)


def _sides(expression: Expression, operator: str) -> list[Expression]:
    """What a chain of `and`s or of `or`s joins, in order, parentheses within it aside."""
    sides: list[Expression] = []
    pending = [expression]
    while pending:
        top = pending.pop()
        if isinstance(top, Binary) and top.operator == operator:
            pending += (top.right, top.left)
        else:
            sides.append(top)
    return sides
