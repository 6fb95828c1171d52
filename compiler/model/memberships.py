"""Membership in conditions: `SET has TEXT`, and `X in [..]` with literals of X's type."""

from __future__ import annotations

from ..diagnostics import Label, Report
from ..syntax.condition_text import condition_text
from ..syntax.tree import Binary, Expression, Membership, TextLiteral
from .arithmetic import Loose, Part, kind_of, plain, settled
from .condition import Among, Constant, Has, Reference, Term, Type
from .excerpts import excerpt
from .literals import check_text, literal_term
from .mending import write
from .scope import Scope
from .tree import Currency
from .type_hints import instead_of_has, instead_of_list, item_help
from .types import LISTED, NUMBERS, called, type_of


def has(left: Part, right: Part, written: Binary, report: Report) -> Has | None:
    """`SET has TEXT`."""
    term, text = left.term, right.expression
    if isinstance(term, Reference) and term.type is Type.TEXT_SET and isinstance(text, TextLiteral):
        return Has(term, text.value, written.span)
    if isinstance(term, Loose) or type_of(term) is not Type.TEXT_SET:
        message = f"`has` asks a set of text, and {excerpt(left.expression)} is {kind_of(term)}"
        span = left.expression.span
    else:
        message = f"`has` takes a text in quotes, and {excerpt(text)} is {_role(right)}"
        span = text.span
    from .type_fixes import has_fixes

    help, fixes = instead_of_has(left, right), has_fixes(left, right, written)
    report.error("type-mismatch", span, message, help=help, fixes=fixes)
    return None


def _role(part: Part) -> str:
    return "a name" if isinstance(part.term, Reference) else kind_of(part.term)


def in_name(written: Binary, right: Reference, report: Report) -> None:
    """Report `x in NAME`, which has no meaning."""
    operand, name, operator = written.left, right.path, written.operator
    if right.type is Type.TEXT_SET:
        text = condition_text(operand) if isinstance(operand, TextLiteral) else '"…"'
        negation = "not " if operator == "not in" else ""
        meant = f"{negation}{name} has {text}"
    else:
        meant = f"{condition_text(operand)} {'!=' if operator == 'not in' else '=='} {name}"
    help = f"write `{meant}`"
    fixes = [] if "…" in meant else [write(written.span, meant)]
    message = f"`{operator}` takes a list of values, and `{name}` is {called(right.type)}"
    report.error("type-mismatch", written.span, message, help=help, fixes=fixes)


def among(
    operand: Part, written: Membership, scope: Scope, currency: Currency, report: Report
) -> Among | None:
    """`X in [..]`, each item a literal of X's type."""
    term = plain(operand.term) if isinstance(operand.term, Loose) else operand.term
    type = type_of(term)
    if type not in LISTED:
        from .type_fixes import has_each

        operator = "not in" if written.negated else "in"
        message = f"`{operator}` does not go with {excerpt(operand.expression)}, which is {called(type)}"
        report.error(
            "type-mismatch",
            operand.expression.span,
            message,
            help=instead_of_list(operand, written),
            fixes=has_each(operand, written),
        )
        return None
    values = [_item(item, term, scope, currency, report) for item in written.items]
    constants = tuple(value for value in values if value is not None)
    if len(constants) < len(values):
        return None
    return Among(written.negated, term, constants, written.span)


def _item(
    item: Expression, operand: Term, scope: Scope, currency: Currency, report: Report
) -> Constant | None:
    type = type_of(operand)
    value = literal_term(item, report)
    if isinstance(value, Loose) and type in NUMBERS:
        if type is not Type.INTEGER or value.value.denominator == 1:
            return settled(value, type, currency, report)
    elif isinstance(value, Constant) and value.type is Type.TEXT and type in (Type.TEXT, Type.ONE_OF):
        return check_text(operand, value, scope, report)
    elif isinstance(value, Constant) and value.type is type:
        return value
    message = f"{excerpt(item)} is {_kind(value)}, in a list for {called(type)}"
    label = Label(operand.span, called(type))
    from .type_fixes import as_item

    fixes = as_item(item, type)
    report.error("type-mismatch", item.span, message, labels=[label], help=item_help(item, type), fixes=fixes)
    return None


def _kind(value: Constant | Loose) -> str:
    return "no whole number" if isinstance(value, Loose) and value.value.denominator != 1 else kind_of(value)
