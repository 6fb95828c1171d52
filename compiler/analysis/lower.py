"""From a typed condition to a formula over whole-number variables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor, lcm

from ..model.condition import (
    Among,
    And,
    Comparison,
    Constant,
    Has,
    Not,
    Or,
    Reference,
    Sum,
    Term,
    Type,
    references,
)
from ..model.linear import LinearForm, linear_form
from ..model.types import type_of
from .evaluate import holds
from .formula import FALSE, TRUE, Formula, Within, at_least, both, either, negation
from .intervals import FAR, Intervals, complement, of_values, within_reach
from .space import GIVEN, Space, is_built_in

_ONE: Intervals = ((1, 1),)
_ZERO: Intervals = ((0, 0),)
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def lower(term: Term, space: Space) -> Formula:
    """The formula that holds of a point where the truth-valued term holds of its values."""
    match term:
        case Comparison():
            return _comparison(term, space)
        case And():
            return both(lower(part, space) for part in term.parts)
        case Or():
            return either(lower(part, space) for part in term.parts)
        case Not():
            return negation(lower(term.operand, space))
        case Among():
            return _among(term, space)
        case Has():
            return Within(space.variable(term.operand.path, Type.TEXT_SET, term.text), _ONE)
        case Reference():
            return Within(space.variable(term.path, Type.BOOLEAN), _ONE)
        case Constant():
            return TRUE if term.value else FALSE
    raise AssertionError(f"not a condition: {term}")


def _comparison(term: Comparison, space: Space) -> Formula:
    match term.left, term.right:
        case Reference() as name, Constant() as literal:
            return _with_literal(name, term.operator, literal, space)
        case Constant() as literal, Reference() as name:
            return _with_literal(name, _MIRRORED[term.operator], literal, space)
        case Constant(), Constant():
            return _same_for_everyone(term)
    kinds = {type_of(term.left), type_of(term.right)}
    if Type.BOOLEAN in kinds:
        return _same_truth(term, space)
    if Type.DATE in kinds:
        return _dated(references(term), _between_names(term, space), space)
    if kinds & {Type.TEXT, Type.ONE_OF}:
        return _between_names(term, space)
    form = linear_form(Sum(True, term.left, term.right, Type.DECIMAL, term.span))
    return _linear(form, references(term), term.operator, space)


def _same_for_everyone(term: Comparison | Among) -> Formula:
    """Literals alone, which a part of a condition may be: it holds or not whatever the values."""
    return TRUE if holds(term, {}) else FALSE


def _with_literal(name: Reference, operator: str, literal: Constant, space: Space) -> Formula:
    """A name against a literal: nearly all comparisons are."""
    if name.type is Type.BOOLEAN:
        return Within(
            space.variable(name.path, name.type), _ONE if literal.value is (operator == "==") else _ZERO
        )
    variable = space.variable(name.path, name.type)
    atom = Within(variable, _compared(operator, _number(name, literal, space)))
    return _dated([name], atom, space) if name.type is Type.DATE else atom


def _number(name: Reference, literal: Constant, space: Space) -> Fraction:
    """The value of the name's variable that the literal stands for; of a decimal, maybe no whole one."""
    match name.type:
        case Type.DATE:
            return Fraction(date.fromisoformat(str(literal.value)).toordinal())
        case Type.TEXT:
            return Fraction(space.texts(name.path)[str(literal.value)])
        case Type.ONE_OF:
            values = space.choices[name.path]
            return Fraction(values.index(str(literal.value)) if literal.value in values else -1)
        case Type.DECIMAL:
            return Fraction(literal.value) * space.scale
    return Fraction(literal.value)


def _compared(operator: str, bound: Fraction) -> Intervals:
    """The whole numbers for which `number operator bound`."""
    within_reach(floor(bound))
    match operator:
        case ">=":
            return ((ceil(bound), FAR),)
        case ">":
            return ((floor(bound) + 1, FAR),)
        case "<=":
            return ((-FAR, floor(bound)),)
        case "<":
            return ((-FAR, ceil(bound) - 1),)
    equal = of_values({int(bound)} if bound.denominator == 1 else set())
    return equal if operator == "==" else complement(equal)


def _same_truth(term: Comparison, space: Space) -> Formula:
    left, right = lower(term.left, space), lower(term.right, space)
    if term.operator == "!=":
        right = negation(right)
    return either((both((left, right)), both((negation(left), negation(right)))))


def _between_names(term: Comparison, space: Space) -> Formula:
    """Two names whose variables compare as they do: dates, or texts of one list."""
    names = references(term)
    if names[0].path == names[1].path:
        return TRUE if term.operator in ("==", "<=", ">=") else FALSE
    form = LinearForm({names[0].path: Fraction(1), names[1].path: Fraction(-1)}, Fraction(0))
    return _linear(form, names, term.operator, space)


def _dated(names: Iterable[Reference], atom: Formula, space: Space) -> Formula:
    """Of a date that was not given, every comparison is false."""
    given = [
        Within(space.variable(name.path, Type.DATE, GIVEN), _ONE)
        for name in names
        if not is_built_in(name.path)
    ]
    return both((*given, atom))


def _linear(form: LinearForm, names: Iterable[Reference], operator: str, space: Space) -> Formula:
    """`form operator 0`."""
    types = {name.path: name.type for name in names}
    scaled: dict[int, Fraction] = {}
    for path, c in form.coefficients.items():
        variable = space.variable(path, types[path])
        scaled[variable] = scaled.get(variable, Fraction(0)) + (
            c / space.scale if types[path] is Type.DECIMAL else c
        )
    times = lcm(*(c.denominator for c in scaled.values()))
    terms = {variable: int(c * times) for variable, c in scaled.items()}
    return _against(terms, operator, -form.constant * times)


def _against(terms: dict[int, int], operator: str, bound: Fraction) -> Formula:
    """The sum of coefficient times variable, `operator bound`."""
    for number in (*terms.values(), floor(bound)):
        within_reach(number)
    minus = {variable: -c for variable, c in terms.items()}
    match operator:
        case ">=":
            return at_least(terms, ceil(bound))
        case ">":
            return at_least(terms, floor(bound) + 1)
        case "<=":
            return at_least(minus, ceil(-bound))
        case "<":
            return at_least(minus, floor(-bound) + 1)
    equal = both((at_least(terms, ceil(bound)), at_least(minus, ceil(-bound))))
    return equal if operator == "==" else negation(equal)


def _among(term: Among, space: Space) -> Formula:
    kind = type_of(term.operand)
    if isinstance(term.operand, Constant):
        return _same_for_everyone(term)
    if not isinstance(term.operand, Reference):
        return _sum_among(term, space)
    name = term.operand
    numbers = [_number(name, value, space) for value in term.values]
    values = of_values({within_reach(int(n)) for n in numbers if n.denominator == 1})
    atom = Within(space.variable(name.path, kind), complement(values) if term.negated else values)
    return _dated([name], atom, space) if kind is Type.DATE else atom


def _sum_among(term: Among, space: Space) -> Formula:
    names = references(term.operand)
    form = linear_form(term.operand)
    ways = [
        _linear(LinearForm(form.coefficients, form.constant - Fraction(value.value)), names, "==", space)
        for value in term.values
    ]
    return negation(either(ways)) if term.negated else either(ways)
