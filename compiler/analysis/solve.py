"""Whether formulas can hold together: branch and prune on intervals, with elimination where only sums are left.

A state of the search is a box (for each variable the values that it can still have) with the sums and the choices
that are still open. Pruning narrows the box until nothing changes: an atom on one variable narrows its values, a
sum the range of each of its variables, and a choice of which all ways but one are refuted becomes that one. Then
the smallest choice is split. In a box without choices the sums decide (`eliminate`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .budget import Budget
from .eliminate import Inexact, Row, solve_rows
from .formula import All, AnyOf, AtLeast, Formula, Within, atoms, formula_holds, negation
from .intervals import FAR, Intervals, intersection
from .space import Space

# Narrowing by sums need not end (x > y and y >= x walks up one by one): elimination sees what is left.
_ROUNDS = 8

Box = dict[int, Intervals]


@dataclass(slots=True)
class _State:
    """A branch of the search: its box, what has to hold in it and is not yet known to."""

    box: Box
    sums: list[AtLeast]
    choices: list[AnyOf]


class _Refuted(Exception):
    """Nothing in the box satisfies the formulas."""


def solve(formulas: Sequence[Formula], space: Space, budget: Budget) -> dict[int, int] | None:
    """A point at which all formulas hold, none where there is none; raises `OutOfBudget`.

    The point has the variables that decided; any value in its own range will do for another one.
    """
    for box, sums in leaves(formulas, space, budget):
        point = _point(box, sums, space, budget)
        if point is not None:
            return point
    return None


def satisfiable(formulas: Sequence[Formula], space: Space, budget: Budget) -> bool:
    """Whether there is a point at which all formulas hold; raises `OutOfBudget`."""
    return any(
        not sums or _point(box, sums, space, budget) is not None
        for box, sums in leaves(formulas, space, budget)
    )


def leaves(formulas: Sequence[Formula], space: Space, budget: Budget) -> Iterator[tuple[Box, list[AtLeast]]]:
    """Boxes, with sums that have to hold in them, that together are all points at which the formulas hold."""
    pending: list[tuple[_State, Sequence[Formula]]] = [(_State({}, [], []), formulas)]
    while pending:
        state, added = pending.pop()
        budget.spend(
            1 + (len(state.sums) + len(state.choices)) // 32
        )  # a large node takes longer than a small one
        try:
            _settle(state, added, space)
        except _Refuted:
            continue
        if state.choices:
            pending.extend(reversed(_branches(state)))
        else:
            yield state.box, state.sums


def _branches(state: _State) -> list[tuple[_State, Sequence[Formula]]]:
    """A branch for each way of the smallest choice, without what the branches before it have."""
    choice = min(state.choices, key=lambda c: len(c.parts))
    choices = [c for c in state.choices if c is not choice]
    excluded: list[Formula] = []
    found: list[tuple[_State, Sequence[Formula]]] = []
    for way in choice.parts:
        found.append((_State(dict(state.box), list(state.sums), list(choices)), (way, *excluded)))
        if isinstance(way, Within | AtLeast):
            excluded.append(negation(way))
    return found


# --- pruning --------------------------------------------------------------------------------------------------


def _settle(state: _State, added: Sequence[Formula], space: Space) -> None:
    """Let the formulas into the state, and narrow its box; raises `_Refuted`."""
    _take(state, added, space)
    for _ in range(_ROUNDS):
        narrowed = [atom for atom in state.sums if _narrow(state, atom, space)]
        open_choices: list[AnyOf] = []
        taken: list[Formula] = []
        for choice in state.choices:
            ways = _open_ways(choice, state.box, space)
            if ways is None:
                continue
            if len(ways) == 1:
                taken.append(ways[0])
            else:
                open_choices.append(choice if len(ways) == len(choice.parts) else AnyOf(tuple(ways)))
        state.choices = open_choices
        _take(state, taken, space)
        if not narrowed and not taken:
            break
    state.sums = [atom for atom in state.sums if truth(atom, state.box, space) is not True]


def _take(state: _State, added: Sequence[Formula], space: Space) -> None:
    pending = list(added)
    while pending:
        match pending.pop():
            case Within(variable=variable, values=values):
                _restrict(state.box, variable, values, space)
            case AtLeast() as atom:
                state.sums.append(atom)
            case All(parts=parts):
                pending.extend(parts)
            case AnyOf(parts=()):
                raise _Refuted
            case AnyOf() as choice:
                state.choices.append(choice)


def _restrict(box: Box, variable: int, values: Intervals, space: Space) -> bool:
    """Narrow a variable's values; whether that changed them."""
    before = box.get(variable)
    known = space.domains[variable] if before is None else before
    left = intersection(known, values)
    if not left:
        raise _Refuted
    box[variable] = left
    return left != known


def _narrow(state: _State, atom: AtLeast, space: Space) -> bool:
    """Narrow the variables of a sum to what the others leave room for."""
    most = [_most(v, c, state.box, space) for v, c in atom.terms]
    total = sum(most)
    if total < atom.bound:
        raise _Refuted
    changed = False
    for (v, c), own in zip(atom.terms, most, strict=True):
        rest = atom.bound - (total - own)  # c * v is at least this
        values: Intervals = ((-(-rest // c), FAR),) if c > 0 else ((-FAR, rest // c),)
        changed |= _restrict(state.box, v, values, space)
    return changed


def _most(variable: int, coefficient: int, box: Box, space: Space) -> int:
    values = box.get(variable) or space.domains[variable]
    return coefficient * (values[-1][1] if coefficient > 0 else values[0][0])


def _open_ways(choice: AnyOf, box: Box, space: Space) -> list[Formula] | None:
    """The ways that are not refuted; none where one of them is sure."""
    found: list[Formula] = []
    for way in choice.parts:
        sure = truth(way, box, space)
        if sure is True:
            return None
        if sure is None:
            found.append(way)
    if not found:
        raise _Refuted
    return found


def truth(formula: Formula, box: Box, space: Space) -> bool | None:
    """Whether a formula holds all over a box, or nowhere in it; none where it is neither, or not seen."""
    match formula:
        case Within(variable=variable, values=values):
            known = box.get(variable) or space.domains[variable]
            left = intersection(known, values)
            return True if left == known else None if left else False
        case AtLeast(terms=terms, bound=bound):
            if sum([_most(v, c, box, space) for v, c in terms]) < bound:
                return False
            return True if -sum([_most(v, -c, box, space) for v, c in terms]) >= bound else None
        case All(parts=parts):
            return _all_of([truth(part, box, space) for part in parts])
        case AnyOf(parts=parts):
            sure = _all_of([_opposite(truth(part, box, space)) for part in parts])
            return _opposite(sure)


def _all_of(truths: Sequence[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _opposite(sure: bool | None) -> bool | None:
    return None if sure is None else not sure


def variables_read_once(formula: Formula, space: Space) -> frozenset[int] | None:
    """The variables of a formula, if each atom is about one of its own, and neither always nor never holds."""
    read: set[int] = set()
    for atom in atoms(formula):
        if not isinstance(atom, Within) or atom.variable in read or truth(atom, {}, space) is not None:
            return None
        read.add(atom.variable)
    return frozenset(read) or None


# --- points ---------------------------------------------------------------------------------------------------


def _point(box: Box, sums: Sequence[AtLeast], space: Space, budget: Budget) -> dict[int, int] | None:
    """A point of the box at which the sums hold: for each variable the value that reads best, if those fit."""
    easy = {variable: best(variable, values, space) for variable, values in box.items()}
    if all(formula_holds(atom, easy) for atom in sums):
        return easy
    pending = [box]
    while pending:
        top = pending.pop()
        budget.spend()
        found = _by_elimination(top, sums, space, budget)
        if isinstance(found, int):
            pending.extend(_halves(top, found))
        elif found is not None:
            return easy | found
    return None


def best(variable: int, values: Intervals, space: Space) -> int:
    """Of a variable's values the one that reads best."""
    picked = [space.pick(variable, low, high) for low, high in values]
    return min(picked, key=lambda value: (abs(value - space.pick(variable, -FAR, FAR)), value))


def _by_elimination(
    box: Box, sums: Sequence[AtLeast], space: Space, budget: Budget
) -> dict[int, int] | int | None:
    """A point for the variables of the sums; none where there is none; a variable to split where neither is seen."""
    involved = sorted({v for atom in sums for v, _ in atom.terms})
    rows: list[Row] = [(atom.terms, atom.bound) for atom in sums]
    for v in involved:
        values = box.get(v) or space.domains[v]
        rows += [(((v, 1),), values[0][0]), (((v, -1),), -values[-1][1])]
    try:
        point = solve_rows(rows, space.pick, budget)
    except Inexact as inexact:
        return inexact.variable
    if point is None:
        return None
    # Between its ends a variable's values may have gaps, in which elimination may have come to lie.
    gap = next(
        (v for v in involved if not formula_holds(Within(v, box.get(v) or space.domains[v]), point)), None
    )
    return point if gap is None else gap


def _halves(box: Box, variable: int) -> list[Box]:
    """The box in two, split between the variable's intervals if there are several; the lower half is taken first."""
    values = box[variable]
    if len(values) > 1:
        return [{**box, variable: values[1:]}, {**box, variable: values[:1]}]
    ((low, high),) = values
    if low >= high:
        return []
    middle = (low + high) // 2
    return [{**box, variable: ((middle + 1, high),)}, {**box, variable: ((low, middle),)}]
