"""Conditions as the decision procedure sees them: `and` and `or` over atoms on whole-number variables.

An atom says that one variable lies in a set of intervals, or that a sum of several, each with a coefficient, is
at least a bound. Negation is pushed down to the atoms, which are closed under it: over whole numbers, "not at
least 5" is "at most 4". Variables are the indexes of a `Space`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import gcd

from ..node import Node, node
from .intervals import FAR, Intervals, complement, holds, merged


@node
class Within(Node):
    """The variable has one of the values."""

    variable: int
    values: Intervals


@node
class AtLeast(Node):
    """The sum of coefficient times variable is at least `bound`; two variables or more, no coefficient 0."""

    terms: tuple[tuple[int, int], ...]
    bound: int


@node
class All(Node):
    """Every part holds; of no parts, true."""

    parts: tuple[Formula, ...]


@node
class AnyOf(Node):
    """Some part holds; of no parts, false."""

    parts: tuple[Formula, ...]


Formula = Within | AtLeast | All | AnyOf
Point = Mapping[int, int]

TRUE = All(())
FALSE = AnyOf(())


def is_true(formula: Formula) -> bool:
    """Whether it is the formula that always holds, as `both` and `either` leave it."""
    return isinstance(formula, All) and not formula.parts


def is_false(formula: Formula) -> bool:
    """Whether it is the formula that never holds, as `both` and `either` leave it."""
    return isinstance(formula, AnyOf) and not formula.parts


def both(parts: Iterable[Formula]) -> Formula:
    """The conjunction, without needless nesting."""
    found: list[Formula] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        found.extend(part.parts if isinstance(part, All) else (part,))
    return found[0] if len(found) == 1 else All(tuple(found))


def either(parts: Iterable[Formula]) -> Formula:
    """The disjunction, without needless nesting."""
    found: list[Formula] = []
    for part in parts:
        if part == TRUE:
            return TRUE
        found.extend(part.parts if isinstance(part, AnyOf) else (part,))
    found = _one_a_variable(found)
    return found[0] if len(found) == 1 else AnyOf(tuple(found))


def _one_a_variable(ways: list[Formula]) -> list[Formula]:
    """Ways of which those that say which values a variable has are one: a long list of values costs no more."""
    values: dict[int, Intervals] = {}
    for way in ways:
        if isinstance(way, Within):
            values[way.variable] = values.get(way.variable, ()) + way.values
    found = [way for way in ways if not isinstance(way, Within)]
    if len(found) + len(values) == len(ways):
        return ways
    return [*(Within(v, merged(tuple(sorted(pieces)))) for v, pieces in values.items()), *found]


def negation(formula: Formula) -> Formula:
    """What holds where the formula does not."""
    match formula:
        case Within(variable=variable, values=values):
            return Within(variable, complement(values))
        case AtLeast(terms=terms, bound=bound):
            return AtLeast(tuple((v, -c) for v, c in terms), 1 - bound)
        case All(parts=parts):
            return either(negation(part) for part in parts)
        case AnyOf(parts=parts):
            return both(negation(part) for part in parts)


def at_least(terms: Mapping[int, int], bound: int) -> Formula:
    """The sum of coefficient times variable is at least the bound: in lowest terms, as the simplest atom."""
    found = {variable: c for variable, c in terms.items() if c}
    if not found:
        return TRUE if bound <= 0 else FALSE
    divisor = gcd(*found.values())
    bound = -(-bound // divisor)
    if len(found) > 1:
        return AtLeast(tuple(sorted((v, c // divisor) for v, c in found.items())), bound)
    variable, coefficient = next(iter(found.items()))
    return Within(variable, ((bound, FAR),) if coefficient > 0 else ((-FAR, -bound),))


def formula_holds(formula: Formula, point: Point) -> bool:
    """Whether the formula holds at a point, which has all of its variables."""
    match formula:
        case Within(variable=variable, values=values):
            return holds(values, point[variable])
        case AtLeast(terms=terms, bound=bound):
            return sum([c * point[v] for v, c in terms]) >= bound
        case All(parts=parts):
            return all(formula_holds(part, point) for part in parts)
        case AnyOf(parts=parts):
            return any(formula_holds(part, point) for part in parts)


def atoms(formula: Formula) -> Iterator[Within | AtLeast]:
    """Every atom, in order."""
    pending = [formula]
    while pending:
        top = pending.pop()
        if isinstance(top, All | AnyOf):
            pending.extend(reversed(top.parts))
        else:
            yield top


def variables(formula: Formula) -> set[int]:
    """The variables that a formula reads."""
    found: set[int] = set()
    for atom in atoms(formula):
        if isinstance(atom, Within):
            found.add(atom.variable)
        else:
            found.update(v for v, _ in atom.terms)
    return found
