"""Comparisons in conditions: both sides of one type, an operator that goes with it, a literal that can be meant."""

from __future__ import annotations

from typing import cast

from ..diagnostics import Label, Report
from ..syntax.nearest import listed
from ..syntax.tree import Binary
from .arithmetic import Loose, Part, kind_of, plain, settled
from .condition import Comparison, Constant, Reference, Term, Type
from .excerpts import excerpt
from .literals import check_text
from .scope import Scope
from .tree import Currency
from .type_hints import unlike_help
from .types import COMPARED, NUMBERS, ORDERED, WHOLE_OR_DECIMAL, called, type_of

_EQUALITY = frozenset({"==", "!="})


def comparison(
    left: Part, right: Part, written: Binary, scope: Scope, currency: Currency, report: Report
) -> Comparison | None:
    """A comparison of two typed sides."""
    sides = _sides_of_one_type(left, right, written, scope, currency, report)
    if sides is None:
        return None
    type = _common(*sides)
    if type in (ORDERED, COMPARED)[written.operator in _EQUALITY]:
        return Comparison(written.operator, *sides, written.span)
    _report_operator(left, type, written, report)
    return None


def _sides_of_one_type(
    left: Part, right: Part, written: Binary, scope: Scope, currency: Currency, report: Report
) -> tuple[Term, Term] | None:
    one, other = left.term, right.term
    if isinstance(one, Loose) and isinstance(other, Loose):
        return plain(one), plain(other)
    if isinstance(one, Loose) or isinstance(other, Loose):
        return _with_number(left, right, written, currency, report)
    types = {type_of(one), type_of(other)}
    if types == {Type.ONE_OF, Type.TEXT}:
        return _with_text(left, right, written, scope, report)
    if types == {Type.ONE_OF} or (len(types) > 1 and not types <= WHOLE_OR_DECIMAL):
        _report_unlike(left, right, written, report)
        return None
    if types == {Type.TEXT} and written.operator in _EQUALITY:
        return _with_text(left, right, written, scope, report)
    return one, other


def _with_number(
    left: Part, right: Part, written: Binary, currency: Currency, report: Report
) -> tuple[Term, Term] | None:
    """A side that is a constant takes the type of the other."""
    on_left = isinstance(left.term, Loose)
    number, other = (left, right) if on_left else (right, left)
    term = cast(Term, other.term)
    if type_of(term) not in NUMBERS:
        _report_unlike(left, right, written, report)
        return None
    constant = settled(cast(Loose, number.term), type_of(term), currency, report)
    return (constant, term) if on_left else (term, constant)


def _with_text(
    left: Part, right: Part, written: Binary, scope: Scope, report: Report
) -> tuple[Term, Term] | None:
    """A text, or a `one_of` and a text literal that it can be."""
    one, other = cast(Term, left.term), cast(Term, right.term)
    reference, text = (other, one) if isinstance(one, Constant) else (one, other)
    if isinstance(text, Constant) and isinstance(reference, Reference):
        checked = check_text(reference, text, scope, report)
        return (checked, other) if text is one else (one, checked)
    if type_of(one) is not type_of(other):
        _report_unlike(left, right, written, report)
        return None
    return one, other


def _common(left: Term, right: Term) -> Type:
    types = (type_of(left), type_of(right))
    return Type.DECIMAL if Type.DECIMAL in types else types[0]


def _report_unlike(left: Part, right: Part, written: Binary, report: Report) -> None:
    from .type_fixes import alike

    kinds = kind_of(left.term), kind_of(right.term)
    report.error(
        "type-mismatch",
        written.span,
        f"{excerpt(left.expression)} is {kinds[0]}, and {excerpt(right.expression)} is {kinds[1]}",
        labels=[Label(part.expression.span, kind) for part, kind in zip((left, right), kinds, strict=True)],
        help=unlike_help(left, right, written.operator),
        fixes=alike(left, right, written),
    )


def _report_operator(left: Part, type: Type, written: Binary, report: Report) -> None:
    fitting = [operator for operator in ("==", "!=") if type in COMPARED]
    help = f"it is compared by {listed(fitting)}" if fitting else "ask for one member with `has`"
    message = f"`{written.operator}` does not go with {excerpt(left.expression)}, which is {called(type)}"
    if type is Type.BOOLEAN:
        help = f"write {excerpt(left.expression)} alone, or `not` before it"
    report.error("type-mismatch", written.operator_span, message, help=help)
