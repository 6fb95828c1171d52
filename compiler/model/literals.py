"""The values of literals, and whether a text literal is one that the other side can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..diagnostics import Label, Report
from ..syntax.condition_text import text_literal
from ..syntax.nearest import clearly, listed, nearest
from ..syntax.tree import BooleanLiteral, DateLiteral, Expression, NumberLiteral, TextLiteral, Unary
from .arithmetic import Loose, loose
from .condition import Constant, Reference, Term, Type
from .countries import COUNTRIES, INSTEAD
from .excerpts import shortened
from .mending import date_in_full, write
from .scope import COUNTRY_NAMES, Scope

_MOST_LISTED = 8


def literal_term(expression: Expression, report: Report) -> Constant | Loose:
    """The value of a literal, which may be a number with a minus sign; `bad-value` for a day that does not exist."""
    match expression:
        case NumberLiteral():
            return loose(expression)
        case TextLiteral():
            return Constant(Type.TEXT, expression.value, expression.span)
        case BooleanLiteral():
            return Constant(Type.BOOLEAN, expression.value, expression.span)
        case DateLiteral():
            return _date(expression, report)
        case Unary(operand=NumberLiteral() as number):
            return Loose(-loose(number).value, (number,), expression.span)
    raise AssertionError("the grammar has no other literals")


def _date(literal: DateLiteral, report: Report) -> Constant:
    text = literal.text
    try:
        # Python reads more forms of ISO 8601 than this one.
        valid = date.fromisoformat(text).isoformat() == text
    except ValueError:
        valid = False
    if not valid:
        help = 'write an existing day, as in `date("2026-01-31")`'
        fixes = date_in_full(text, literal.span)
        report.error("bad-value", literal.span, f"{shortened(text)} is no date", help=help, fixes=fixes)
    return Constant(Type.DATE, text, literal.span)


def check_text(operand: Term, text: Constant, scope: Scope, report: Report) -> Constant:
    """A text literal that stands beside an operand; `literal-out-of-range` for one that the operand cannot be.

    Beside a `one_of` the constant that comes back is a `ONE_OF` too.
    """
    if not isinstance(operand, Reference):
        return text
    if operand.type is Type.ONE_OF:
        _check_choice(operand, text, scope, report)
        return replace(text, type=Type.ONE_OF)
    if operand.path in COUNTRY_NAMES:
        _check_country(operand, text, report)
    return text


def _check_choice(operand: Reference, text: Constant, scope: Scope, report: Report) -> None:
    attribute = scope.attributes[operand.path]
    value = str(text.value)
    if value in attribute.values:
        return
    found = nearest(value, attribute.values)
    if found is not None:
        help = f"did you mean `{text_literal(found)}`?"
    else:
        known = [text_literal(v) for v in attribute.values[:_MOST_LISTED]]
        help = f"it can be {listed(known)}" + (" and more" if len(attribute.values) > _MOST_LISTED else "")
    message = f"`{operand.path}` cannot be {shortened(text_literal(value))}"
    label = Label(attribute.type_span, "its values are declared here")
    meant = clearly(value, attribute.values)
    fixes = [write(text.span, text_literal(meant))] if meant else []
    report.error("literal-out-of-range", text.span, message, labels=[label], help=help, fixes=fixes)


def _check_country(operand: Reference, text: Constant, report: Report) -> None:
    value = str(text.value)
    # A country that was never given is the empty text.
    if value in COUNTRIES or not value:
        return
    upper = INSTEAD.get(value.upper(), value.upper())
    meant = upper if upper in COUNTRIES else None
    help = (
        f'write `"{meant}"`' if meant else 'write the two letters of ISO 3166-1 in upper case, as in `"CA"`'
    )
    message = f"{shortened(text_literal(value))} is no country code, and `{operand.path}` is one"
    fixes = [write(text.span, f'"{meant}"')] if meant else []
    report.error("literal-out-of-range", text.span, message, help=help, fixes=fixes)
