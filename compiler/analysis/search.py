"""Splitting terms into boxes: where all of them hold, one box after another, within a budget of steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..model.condition import And, Comparison, Not, Or, Term, Type
from .atoms import narrow, type_of
from .box import Box, Domains

# A work list: a term, whether it has to hold or to fail, and the rest of the list.
Work = tuple[Term, bool, "Work"] | None


class OutOfBudget(Exception):
    """The search took more steps than it was given."""


@dataclass(slots=True)
class Budget:
    """Steps that are left. Counted, never timed, so that every run decides the same."""

    steps: int

    def spend(self) -> None:
        """Take one step; raises `OutOfBudget`."""
        self.steps -= 1
        if self.steps < 0:
            raise OutOfBudget


@dataclass(frozen=True, slots=True)
class Found:
    """A box in which every term holds but perhaps the `undecided` ones, which relate names to each other."""

    box: Box
    undecided: tuple[Term, ...] = field(default=())


def boxes(terms: Sequence[Term], domains: Domains, budget: Budget) -> Iterator[Found]:
    """Boxes that together have every point at which all terms hold; raises `OutOfBudget`."""
    work: Work = None
    for term in reversed(terms):
        work = (term, True, work)
    pending: list[tuple[Work, Found]] = [(work, Found(Box(domains)))]
    while pending:
        budget.spend()
        work, found = pending.pop()
        if work is None:
            yield found
        else:
            pending.extend(reversed(_step(work, found)))


def _step(work: tuple[Term, bool, Work], found: Found) -> list[tuple[Work, Found]]:
    """What is left to do after the first item of the list: several ways where it branches."""
    term, positive, rest = work
    match term:
        case Not():
            return [((term.operand, not positive, rest), found)]
        case And() | Or() if isinstance(term, And) is positive:
            for part in reversed(term.parts):
                rest = (part, positive, rest)
            return [(rest, found)]
        case And() | Or():
            return [((part, positive, rest), found) for part in term.parts]
        case Comparison() if _is_truth(term.left) or _is_truth(term.right):
            return _same_truth(term, positive, rest, found)
    narrowed = narrow(found.box, term, positive)
    if narrowed is None:
        return [(rest, Found(found.box, (*found.undecided, term)))]
    return [(rest, Found(box, found.undecided)) for box in narrowed]


def _is_truth(term: Term) -> bool:
    return type_of(term) is Type.BOOLEAN


def _same_truth(term: Comparison, positive: bool, rest: Work, found: Found) -> list[tuple[Work, Found]]:
    """`a == b` of booleans: both hold or both fail; `a != b`: one of each."""
    same = (term.operator == "==") is positive
    return [((term.left, left, (term.right, left is same, rest)), found) for left in (True, False)]
