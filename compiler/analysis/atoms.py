"""What one comparison, membership, tag test or boolean leaves of a box: other boxes, none, or no saying."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ..model.condition import Among, Comparison, Constant, Has, Reference, Sum, Term, Type, references
from ..model.linear import linear_form
from .box import ABSENT, GIVEN, Box
from .evaluate import holds
from .regions import Number, Numbers

Narrowing = Callable[[Numbers], Numbers]

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def narrow(box: Box, atom: Term, positive: bool) -> tuple[Box, ...] | None:
    """The boxes that together are the part of `box` in which the atom holds (`positive` false: fails).

    None where that is no union of boxes: the atom relates two names.
    """
    if not references(atom):
        return (box,) if holds(atom, {}) is positive else ()
    match atom:
        case Reference():
            return box.truth(atom, positive)
        case Has():
            return box.tag(atom.operand, atom.text, positive)
        case Comparison():
            return _comparison(box, atom, positive)
        case Among():
            return _among(box, atom, positive)
    raise AssertionError(f"not an atom: {atom}")


def type_of(term: Term) -> Type:
    """The type of a term; of conditions, boolean."""
    return getattr(term, "type", Type.BOOLEAN)


def _comparison(box: Box, atom: Comparison, positive: bool) -> tuple[Box, ...] | None:
    operator = atom.operator if positive else _OPPOSITE[atom.operator]
    kinds = {type_of(atom.left), type_of(atom.right)}
    if not kinds & {Type.DATE, Type.TEXT, Type.ONE_OF}:
        return _numeric(box, atom, operator)
    sides = _name_and_literal(atom)
    if sides is None:
        return None
    name, literal, mirrored = sides
    if Type.DATE in kinds:
        return _dated(
            box, name, _bound(_MIRRORED[operator] if mirrored else operator, _day(literal)), positive
        )
    return box.text(name, (str(literal.value),), operator == "==")


def _name_and_literal(atom: Comparison) -> tuple[Reference, Constant, bool] | None:
    """The name and the literal of `name == "x"`, and whether they are written the other way round."""
    match atom.left, atom.right:
        case Reference() as name, Constant() as literal:
            return name, literal, False
        case Constant() as literal, Reference() as name:
            return name, literal, True
    return None


def _numeric(box: Box, atom: Comparison, operator: str) -> tuple[Box, ...] | None:
    match atom.left, atom.right:
        case Reference() as name, Constant(value=int() | Fraction() as value):
            return box.numbers(name, _bound(operator, value))  # nearly all are of this form
    form = linear_form(Sum(True, atom.left, atom.right, Type.DECIMAL, atom.span))
    single = _single(form.coefficients)
    if single is None:
        return None
    path, factor = single
    if not factor:
        return (box,) if _compare(operator, form.constant) else ()
    operator = operator if factor > 0 else _MIRRORED[operator]
    return box.numbers(_reference(atom, path), _bound(operator, -form.constant / factor))


def _compare(operator: str, constant: Fraction) -> bool:
    """Whether `constant operator 0`: what is left of a comparison in which every name cancels out."""
    return _bound(operator, Fraction(0))(Numbers(False)).holds(constant)


def _single(coefficients: dict[str, Fraction]) -> tuple[str, Fraction] | None:
    """The only name that counts, with its factor (a factor of 0 where all cancel out); none of several."""
    if len(coefficients) > 1:
        return None
    return next(iter(coefficients.items()), ("", Fraction(0)))


def _reference(atom: Term, path: str) -> Reference:
    return next(r for r in references(atom) if r.path == path)


def _bound(operator: str, value: Number) -> Narrowing:
    """The narrowing to the numbers for which `number operator value`."""
    match operator:
        case "==":
            return lambda numbers: numbers.among(frozenset([value]))
        case "!=":
            return lambda numbers: numbers.outside(frozenset([value]))
        case "<" | "<=":
            return lambda numbers: numbers.below(value, operator == "<")
        case _:
            return lambda numbers: numbers.above(value, operator == ">")


def _among(box: Box, atom: Among, positive: bool) -> tuple[Box, ...] | None:
    inside = positive is not atom.negated
    kind = type_of(atom.operand)
    if kind in (Type.TEXT, Type.ONE_OF) and isinstance(atom.operand, Reference):
        return box.text(atom.operand, tuple(str(v.value) for v in atom.values), inside)
    if kind is Type.DATE and isinstance(atom.operand, Reference):
        return _dated(box, atom.operand, _membership(frozenset(map(_day, atom.values)), inside), positive)
    form = linear_form(atom.operand)
    single = _single(form.coefficients)
    if single is None:
        return None
    name, factor = single
    if not factor:
        return (box,) if (form.constant in [v.value for v in atom.values]) is inside else ()
    values = frozenset(
        (v.value - form.constant) / factor for v in atom.values if not isinstance(v.value, str)
    )
    return box.numbers(_reference(atom, name), _membership(values, inside))


def _membership(values: frozenset[Number], inside: bool) -> Narrowing:
    return lambda numbers: numbers.among(values) if inside else numbers.outside(values)


def _dated(box: Box, name: Reference, narrowing: Narrowing, positive: bool) -> tuple[Box, ...]:
    """Of a date that was not given every comparison is false: it fails wherever the atom has to fail."""
    given = tuple(b for g in box.dated(name, GIVEN) for b in g.numbers(name, narrowing))
    return given if positive else (*box.dated(name, ABSENT), *given)


def _day(literal: Constant) -> int:
    return date.fromisoformat(str(literal.value)).toordinal()
