"""Whether terms can all hold of one customer and one order, with the values where they do.

Comparisons of one name with literals are decided exactly, whatever `and`, `or` and `not` make of them. A
comparison that relates two names is only tried at the point that the others leave as the least; where it fails
there, and past the budget, the answer is `Unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.condition import Term, references
from ..model.tree import Program
from .box import Domains
from .evaluate import Value, Values, holds
from .membership import by_hand, moves_by_hand, ways_into
from .search import Budget, OutOfBudget, boxes
from .witness import least_point

STEPS = 4_000


@dataclass(frozen=True, slots=True)
class Possible:
    """The terms hold together: `values` is one case, by name, in the unit of each name's type."""

    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Impossible:
    """No customer and order make all terms hold."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not decided."""


Verdict = Possible | Impossible | Unknown


def can_hold(program: Program, terms: Sequence[Term], tier: int | None = None, steps: int = STEPS) -> Verdict:
    """Whether all terms can hold together: with `tier`, of a customer who is in that tier.

    Names of several items of one order are `item.…`, `item2.…` and so on (see `rename`). The values of
    `Possible` have every name that the terms read, and were checked by evaluating the terms on them.
    """
    if tier is None:
        return _decide(program, terms, steps)
    verdicts: list[Verdict] = []
    for way in ways_into(program, tier):
        verdicts.append(_decide(program, (*way, *terms), steps))
        if isinstance(verdicts[-1], Possible):
            return verdicts[-1]
    if all(isinstance(v, Impossible) for v in verdicts):
        return Impossible()
    given = (
        _decide(program, (*by_hand(program, tier), *terms), steps) if moves_by_hand(program) else Unknown()
    )
    return given if isinstance(given, Possible) else Unknown()


def _decide(program: Program, terms: Sequence[Term], steps: int) -> Verdict:
    names = [name for term in terms for name in references(term)]
    refunds_count = program.vip is None or program.vip.count_refunds
    undecided = False
    try:
        for found in boxes(terms, _domains(program), Budget(steps)):
            point = least_point(found.box, names, refunds_count)
            if point is not None and all_hold(terms, point):
                return Possible(point)
            undecided = undecided or point is not None
    except OutOfBudget:
        return Unknown()
    return Unknown() if undecided else Impossible()


def all_hold(terms: Sequence[Term], values: Values) -> bool:
    """Whether every term holds of the values."""
    return all(holds(term, values) for term in terms)


def _domains(program: Program) -> Domains:
    return {f"customer.{a.name}": a.values for a in program.attributes if a.values}
