"""Which clauses of a contradiction are at fault: the smallest set of them that cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..model.condition import And, Not, Or, Term, references
from .axioms import Axiom
from .budget import Budget, OutOfBudget
from .decide import Analysis
from .formula import Formula
from .solve import solve

MOST_CLAUSES = 12  # of more, subsets are not tried by size
MOST_TOGETHER = 3


def clauses(term: Term, positive: bool = True) -> Iterator[Term]:
    """The clauses that all have to hold for a term to hold (`positive` false: to fail), each as it has to hold."""
    match term:
        case Not():
            yield from clauses(term.operand, not positive)
        case And() | Or() if isinstance(term, And) is positive:
            for part in term.parts:
                yield from clauses(part, positive)
        case _:
            yield term if positive else Not(term, term.span)


def conflict(analysis: Analysis, parts: Sequence[Term]) -> list[Term]:
    """The smallest set of clauses of the terms that cannot hold together, given that all of them cannot.

    Of several smallest ones, the first in order; where there are very many clauses, one of which no clause can
    be left out.
    """
    found = [clause for part in parts for clause in clauses(part)]
    if len(found) <= MOST_CLAUSES:
        for size in range(1, MOST_TOGETHER + 1):
            for chosen in combinations(found, size):
                if analysis.refuted(chosen):
                    return list(chosen)
    return _thinned(analysis, found)


def _thinned(analysis: Analysis, found: list[Term]) -> list[Term]:
    for clause in list(found):
        rest = [other for other in found if other is not clause]
        if rest and analysis.refuted(rest):
            found = rest
    return found


def needed_axioms(analysis: Analysis, terms: Sequence[Term]) -> list[Axiom]:
    """The axioms without which the terms, which cannot hold together, could."""
    formulas = [analysis.formula(term) for term in terms]
    needed = analysis.axioms_of(name for term in terms for name in references(term))
    for axiom in list(needed):
        rest = [other for other in needed if other is not axiom]
        if _impossible(analysis, [*formulas, *(other.formula for other in rest)]):
            needed = rest
    return needed


def _impossible(analysis: Analysis, formulas: Sequence[Formula]) -> bool:
    """Whether it is proved that the formulas cannot all hold."""
    try:
        return solve(formulas, analysis.space, Budget(analysis.nodes)) is None
    except OutOfBudget:
        analysis.undecided += 1
        return False
