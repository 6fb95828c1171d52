"""Whether terms can all hold of one customer and one order, with the values where they do.

Comparisons of one name with literals are decided exactly, whatever `and`, `or` and `not` make of them. A
comparison that relates two names is only tried at the point that the others leave as the least; where it fails
there, and past the budget, the answer is `Unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.condition import Term, references
from ..model.tree import Program
from ..node import Node, node
from .box import Domains
from .evaluate import Value, Values, holds
from .membership import by_hand, moves_by_hand, ways_into
from .search import Budget, OutOfBudget, boxes
from .witness import least_point

STEPS = 2_000


@node
class Possible(Node):
    """The terms hold together: `values` is one case, by name, in the unit of each name's type."""

    values: Mapping[str, Value]


@node
class Impossible(Node):
    """No customer and order make all terms hold."""


@node
class Unknown(Node):
    """Not decided."""


Verdict = Possible | Impossible | Unknown


def can_hold(
    program: Program, terms: Sequence[Term], tier: int | None = None, budget: Budget | None = None
) -> Verdict:
    """Whether all terms can hold together: with `tier`, of a customer who is in that tier.

    Names of several items of one order are `item.…`, `item2.…` and so on (see `rename`). The values of
    `Possible` have every name that the terms read, and were checked by evaluating the terms on them. One
    decision takes at most `STEPS` steps; with a `budget`, which it draws on, no more than that has left.
    """
    if tier is None:
        return _decide(program, terms, (), budget)
    verdicts: list[Verdict] = []
    for way in ways_into(program, tier):
        verdicts.append(_decide(program, (*way.terms, *terms), way.unless, budget))
        if isinstance(verdicts[-1], Possible):
            return verdicts[-1]
    if all(isinstance(v, Impossible) for v in verdicts):
        return Impossible()
    given = _decide(program, terms, by_hand(program, tier), budget) if moves_by_hand(program) else Unknown()
    return given if isinstance(given, Possible) else Unknown()


def can_hold_if_given(program: Program, terms: Sequence[Term], tier: int) -> Verdict:
    """Whether all terms can hold of a customer who was given the tier, whatever its own condition asks for."""
    return _decide(program, terms, by_hand(program, tier), None)


def _decide(program: Program, terms: Sequence[Term], later: Sequence[Term], budget: Budget | None) -> Verdict:
    """Decide all terms; those of `later` are let in one by one, each when a point is found at which it fails."""
    own = Budget(STEPS if budget is None else min(STEPS, budget.steps))
    granted = own.steps
    active, waiting = list(terms), list(later)
    try:
        while True:
            verdict = _search(program, active, own)
            failing = _failing(waiting, verdict)
            if failing is None:
                return verdict
            active.append(failing)
            waiting.remove(failing)
    except OutOfBudget:
        return Unknown()
    finally:
        if budget is not None:
            budget.steps -= granted - max(own.steps, 0)


def _failing(terms: Sequence[Term], verdict: Verdict) -> Term | None:
    """The first term that fails in the case that was found."""
    if not isinstance(verdict, Possible):
        return None
    return next((term for term in terms if not holds(term, verdict.values)), None)


def _search(program: Program, terms: Sequence[Term], budget: Budget) -> Verdict:
    names = [name for term in terms for name in references(term)]
    refunds_count = program.vip is None or program.vip.count_refunds
    undecided = False
    for found in boxes(terms, _domains(program), budget):
        point = least_point(found.box, names, refunds_count)
        if point is not None and all_hold(terms, point):
            return Possible(point)
        undecided = undecided or point is not None
    return Unknown() if undecided else Impossible()


def all_hold(terms: Sequence[Term], values: Values) -> bool:
    """Whether every term holds of the values."""
    return all(holds(term, values) for term in terms)


def _domains(program: Program) -> Domains:
    return {f"customer.{a.name}": a.values for a in program.attributes if a.values}
