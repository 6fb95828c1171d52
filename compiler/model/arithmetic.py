"""Sums and products in conditions: typed, linear, and with their constants folded.

A number that is written takes the type of what it is compared with or added to, and stays a plain number where it
multiplies. So constants are `Loose` until they meet a type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from ..diagnostics import Fix, Label, Report
from ..node import Node, node
from ..source import Span
from ..syntax.tree import Binary, Expression, NumberLiteral
from .condition import Constant, Negative, Product, Sum, Term, Type
from .excerpts import excerpt
from .mending import without_zeros
from .tree import Currency
from .types import NUMBERS, called, type_of

# Sums of more parts are nested evenly, so that no later pass meets a tree a thousand levels deep.
_LONGEST_NESTED_LEFT = 4


@node
class Loose(Node):
    """A number made of literals alone. `literals` are those that would be money if the whole were."""

    value: Fraction
    literals: tuple[NumberLiteral, ...]
    span: Span


Typed = Term | Loose


@node
class Part(Node):
    """One operand: as written, and what it means."""

    expression: Expression
    term: Typed


def kind_of(term: Typed) -> str:
    """What a message calls the value of a term."""
    return "a number" if isinstance(term, Loose) else called(type_of(term))


def loose(literal: NumberLiteral) -> Loose:
    """A number literal that has no type yet."""
    return Loose(Fraction(literal.text), (literal,), literal.span)


def plain(number: Loose) -> Constant:
    """A number whose type nothing decides: whole if it can be."""
    if number.value.denominator == 1:
        return Constant(Type.INTEGER, int(number.value), number.span)
    return Constant(Type.DECIMAL, number.value, number.span)


def settled(number: Loose, type: Type, currency: Currency, report: Report) -> Constant:
    """The number as a constant of a number type; `too-many-decimals` for money that the currency cannot express."""
    if type is not Type.MONEY:
        return plain(number)
    limit = currency.decimals
    too_fine = [literal for literal in number.literals if len(literal.text.partition(".")[2]) > limit]
    for literal in too_fine:
        fixes = without_zeros(literal.text, limit, literal.span)
        _report_decimals(literal.span, f"`{literal.text}`", currency, report, fixes)
    minor = number.value * 10**limit
    if not too_fine and minor.denominator != 1:
        _report_decimals(number.span, f"the constant {_decimal_text(number.value)}", currency, report)
    return Constant(Type.MONEY, int(minor), number.span)


def _report_decimals(
    span: Span, what: str, currency: Currency, report: Report, fixes: Iterable[Fix] = ()
) -> None:
    allowed = "no decimals" if currency.decimals == 0 else f"{currency.decimals} decimals"
    message = f"{what} has more decimals than {currency.code}, which has {allowed}"
    help = "leave out the decimals that no amount can have"
    report.error("too-many-decimals", span, message, help=help, fixes=fixes)


def _decimal_text(value: Fraction) -> str:
    """The product of decimal literals, which is a decimal number again."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def negative(part: Part, span: Span, report: Report) -> Typed | None:
    """`-x`."""
    if not is_number(part, "-", report):
        return None
    if isinstance(part.term, Loose):
        return Loose(-part.term.value, part.term.literals, span)
    return Negative(part.term, type_of(part.term), span)


def is_number(part: Part, operator: str, report: Report) -> bool:
    """Whether an operand is a number; if not, that is reported."""
    if isinstance(part.term, Loose) or type_of(part.term) in NUMBERS:
        return True
    type = type_of(part.term)
    help = None
    if type is Type.DATE:
        help = (
            "dates are compared with dates; `customer.days_since_joined` counts days, in rules and exclusions"
        )
    message = f"`{operator}` takes numbers, and {excerpt(part.expression)} is {called(type)}"
    report.error("type-mismatch", part.expression.span, message, help=help)
    return False


def chain(expression: Binary, operators: frozenset[str]) -> list[tuple[str, Expression]]:
    """The operands of a chain such as `a - b + c`, each with the operator before it, the first with none."""
    parts: list[tuple[str, Expression]] = []
    left: Expression = expression
    while isinstance(left, Binary) and left.operator in operators:
        parts.append((left.operator, left.right))
        left = left.left
    parts.append(("", left))
    parts.reverse()
    return parts


# --- products -----------------------------------------------------------------------------------------------


def product(parts: list[Part], span: Span, report: Report) -> Typed | None:
    """The product of two or more numbers, at most one of which reads a name."""
    numbers = [is_number(part, "*", report) for part in parts]
    if not all(numbers):
        return None
    factor = Fraction(1)
    operands: list[tuple[Part, Term]] = []
    for part in parts:
        if isinstance(part.term, Loose):
            factor *= part.term.value
        else:
            operands.append((part, part.term))
    if len(operands) > 1:
        _report_not_linear([part for part, _ in operands], span, report)
        return None
    if not operands:
        return Loose(factor, (), span)
    return _scaled(factor, operands[0][1], span)


def _scaled(factor: Fraction, operand: Term, span: Span) -> Product:
    if isinstance(operand, Product):
        factor, operand = factor * operand.factor, operand.operand
    type = type_of(operand)
    if type is Type.INTEGER and factor.denominator != 1:
        type = Type.DECIMAL
    return Product(factor, operand, type, span)


def _report_not_linear(operands: list[Part], span: Span, report: Report) -> None:
    first, second = operands[:2]
    report.error(
        "not-linear",
        span,
        f"{excerpt(first.expression)} is multiplied by {excerpt(second.expression)}, and neither is a constant",
        labels=[Label(part.expression.span, "this varies") for part in operands[:2]],
        help="one side of `*` has to be a number",
    )


# --- sums ---------------------------------------------------------------------------------------------------


def total(parts: list[tuple[bool, Part]], span: Span, currency: Currency, report: Report) -> Typed | None:
    """The sum of two or more numbers, each with whether it is subtracted; of one type, integers widening."""
    first_is_subtracted_from = parts[1][0]
    signs = [first_is_subtracted_from, *(minus for minus, _ in parts[1:])]
    numbers = [
        is_number(part, "-" if minus else "+", report) for minus, (_, part) in zip(signs, parts, strict=True)
    ]
    if not all(numbers):
        return None
    typed = [part for _, part in parts if not isinstance(part.term, Loose)]
    if not typed:
        return _folded(parts, span)
    if not _of_one_type(typed, report):
        return None
    type = _common(typed)
    whole = _nested([_settled_part(minus, part, type, currency, report) for minus, part in _gathered(parts)])
    return replace(whole, span=span) if isinstance(whole, Sum) else whole


def _folded(parts: list[tuple[bool, Part]], span: Span) -> Loose:
    value = Fraction(0)
    literals: list[NumberLiteral] = []
    for minus, part in parts:
        assert isinstance(part.term, Loose)
        value += -part.term.value if minus else part.term.value
        literals += part.term.literals
    return Loose(value, tuple(literals), span)


def _of_one_type(typed: list[Part], report: Report) -> bool:
    first = typed[0]
    money = _is_money(first)
    others = [part for part in typed if _is_money(part) is not money]
    for part in others:
        kind, first_kind = kind_of(part.term), kind_of(first.term)
        report.error(
            "type-mismatch",
            part.expression.span,
            f"{excerpt(first.expression)} is {first_kind}, and {excerpt(part.expression)} is {kind}: they do not add up",
            labels=[Label(first.expression.span, first_kind)],
        )
    return not others


def _is_money(part: Part) -> bool:
    return not isinstance(part.term, Loose) and type_of(part.term) is Type.MONEY


def _common(typed: list[Part]) -> Type:
    types = [type_of(part.term) for part in typed if not isinstance(part.term, Loose)]
    return Type.DECIMAL if Type.DECIMAL in types else types[0]


def _gathered(parts: list[tuple[bool, Part]]) -> list[tuple[bool, Part]]:
    """The parts with neighbouring constants added up."""
    gathered: list[tuple[bool, Part]] = []
    for minus, part in parts:
        before = gathered[-1] if gathered else None
        if before is None or not isinstance(before[1].term, Loose) or not isinstance(part.term, Loose):
            gathered.append((minus, part))
            continue
        span = Span(before[1].term.span.start, part.term.span.end)
        merged = _folded([before, (minus, part)], span)
        lowered = len(gathered) > 1 and merged.value < 0
        if lowered:
            merged = replace(merged, value=-merged.value)
        gathered[-1] = (lowered, Part(before[1].expression, merged))
    return gathered


def _settled_part(
    minus: bool, part: Part, type: Type, currency: Currency, report: Report
) -> tuple[bool, Term]:
    if isinstance(part.term, Loose):
        return minus, settled(part.term, type, currency, report)
    return minus, part.term


def _nested(terms: list[tuple[bool, Term]]) -> Term:
    """The terms as one; the first is added, whatever its sign says."""
    if len(terms) == 1:
        return terms[0][1]
    middle = len(terms) - 1 if len(terms) <= _LONGEST_NESTED_LEFT else len(terms) // 2
    minus = terms[middle][0]
    left = _nested(terms[:middle])
    right = _nested([(sign is not minus, term) for sign, term in terms[middle:]])
    types = (type_of(left), type_of(right))
    type = Type.DECIMAL if Type.DECIMAL in types else types[0]
    return Sum(minus, left, right, type, Span(left.span.start, right.span.end))
