"""Splitting terms into boxes: where all of them hold, one box after another, within a budget of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.condition import And, Comparison, Not, Or, Term, Type
from ..node import Node, node
from .atoms import narrow, type_of
from .box import Box, Domains

Item = tuple[Term, bool]  # a term, and whether it has to hold or to fail
Clause = tuple[tuple[Item, ...], ...]  # ways, one of which has to come true; all items of a way together


class OutOfBudget(Exception):
    """The search took more steps than it was given."""


@dataclass(slots=True)
class Budget:
    """Steps that are left. Counted, never timed, so that every run decides the same."""

    steps: int

    def spend(self, steps: int = 1) -> None:
        """Take steps; raises `OutOfBudget` where there are not so many left."""
        self.steps -= steps
        if self.steps < 0:
            raise OutOfBudget


@node
class Found(Node):
    """A box in which every term holds but perhaps the `undecided` ones, which relate names to each other."""

    box: Box
    undecided: tuple[Term, ...] = ()


@node
class _State(Node):
    """A branch of the search: what it has found, what has to hold still, and the choices that are to be made."""

    found: Found
    items: tuple[Item, ...]
    clauses: tuple[Clause, ...]


def boxes(terms: Sequence[Term], domains: Domains, budget: Budget) -> Iterator[Found]:
    """Boxes that together have every point at which all terms hold; raises `OutOfBudget`."""
    pending = [_State(Found(Box(domains)), tuple((term, True) for term in terms), ())]
    while pending:
        state = pending.pop()
        if state.items:
            pending.extend(reversed(_take_item(state, budget)))
        elif state.clauses:
            pending.extend(reversed(_take_clause(state, budget)))
        else:
            yield state.found


def _take_item(state: _State, budget: Budget) -> list[_State]:
    """The branches once the first item is seen to: choices are put off until all else is."""
    budget.spend()
    (term, positive), *rest = state.items
    items = tuple(rest)
    clause = _clause(term, positive)
    if clause is not None and len(clause) > 1:
        return [_State(state.found, items, (*state.clauses, clause))]
    if clause is not None:
        return [_State(state.found, (*clause[0], *items), state.clauses)]
    narrowed = narrow(state.found.box, term, positive)
    if narrowed is None:
        found = Found(state.found.box, (*state.found.undecided, term))
        return [_State(found, items, state.clauses)]
    return [_State(Found(box, state.found.undecided), items, state.clauses) for box in narrowed]


def _take_clause(state: _State, budget: Budget) -> list[_State]:
    """A branch for each way of the first clause that is open; one branch where a way is taken already."""
    clause, *rest = state.clauses
    clauses = tuple(rest)
    open_ways = []
    for way in clause:
        budget.spend()
        outcome = _outcome(state.found.box, way)
        if outcome is True:
            return [_State(state.found, (), clauses)]
        if outcome is None:
            open_ways.append(way)
    return [_State(state.found, way, clauses) for way in open_ways]


def _outcome(box: Box, way: tuple[Item, ...]) -> bool | None:
    """Whether a way of one atom is true, or false, all over the box; none where it is neither, or not seen."""
    (term, positive), *more = way
    if more or _clause(term, positive) is not None:
        return None
    if narrow(box, term, positive) == ():
        return False
    return True if narrow(box, term, not positive) == () else None


def _clause(term: Term, positive: bool) -> Clause | None:
    """A term as ways for it to hold, or (`positive` false) to fail; none for an atom."""
    match term:
        case Not():
            return (((term.operand, not positive),),)
        case And() | Or() if isinstance(term, And) is positive:
            return (tuple((part, positive) for part in term.parts),)
        case And() | Or():
            return tuple(((part, positive),) for part in term.parts)
        case Comparison() if _is_truth(term.left) or _is_truth(term.right):
            same = (term.operator == "==") is positive
            return tuple(((term.left, left), (term.right, left is same)) for left in (True, False))
    return None


def _is_truth(term: Term) -> bool:
    return type_of(term) is Type.BOOLEAN
