"""A point that a merchant can read: as much as possible of it not given, and what is given round."""

from __future__ import annotations

from collections.abc import Sequence

from .formula import Formula, formula_holds, variables
from .intervals import FAR
from .solve import best
from .space import Space


def readable(found: dict[int, int], formulas: Sequence[Formula], space: Space) -> dict[int, int]:
    """A point near the found one at which the formulas hold too, with every variable that they read."""
    point = complete(found, formulas, space)
    # The later variables are the ones that a question added to what the program asks: they give way last.
    for variable in sorted(point):
        _improve(variable, point, formulas, space)
    return point


def complete(found: dict[int, int], formulas: Sequence[Formula], space: Space) -> dict[int, int]:
    """The point, with the value that reads best for each variable of the formulas that it does not have."""
    point = dict(found)
    for variable in sorted(set().union(*map(variables, formulas))):
        point.setdefault(variable, best(variable, space.domains[variable], space))
    return point


def _improve(variable: int, point: dict[int, int], formulas: Sequence[Formula], space: Space) -> None:
    """Set the variable to a value that reads better, if one of a few holds."""
    now = point[variable]
    for value in _better(variable, now, space):
        point[variable] = value
        if all(formula_holds(formula, point) for formula in formulas):
            return
    point[variable] = now


def _better(variable: int, now: int, space: Space) -> list[int]:
    """Values that read better than the present one, the best one first."""
    rounder = space.pick(variable, now, FAR) if now > 0 else now
    candidates = [best(variable, space.domains[variable], space), rounder]
    return candidates[: candidates.index(now)] if now in candidates else candidates
