"""Which clauses of a condition never matter: it means the same without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model.condition import And, Not, Or, Term, children
from ..source import Span
from .core import conflict
from .decide import Analysis
from .formula import atoms

MOST_UNDECIDED = 3
_NOWHERE = Span(0, 0)


def dead_clauses(analysis: Analysis, term: Term) -> list[Term]:
    """The largest clauses that can be deleted, all of them together; in order of their places.

    Of clauses that each make the other one superfluous, the later one is found.
    """
    if _is_plain(analysis, term):
        return []
    found: list[Term] = []
    # A condition that is too involved to decide is not asked about clause by clause, however many it has.
    enough = analysis.undecided + MOST_UNDECIDED
    while analysis.undecided < enough and (clause := _next_dead(analysis, term, found, enough)) is not None:
        # What a deletion leaves may make a larger clause superfluous, of which a part is found already.
        found = [*(other for other in found if not _is_part(other, clause)), clause]
    return sorted(found, key=lambda clause: clause.span)


def _is_plain(analysis: Analysis, term: Term) -> bool:
    """Whether it is seen at once that no clause is superfluous: each is an atom, and all are apart from each other."""
    leaves = sum(not isinstance(part, And | Or | Not) for part in _all_parts(term))
    # Of several clauses on one variable lowering may have made one atom.
    return analysis.is_plain(term) and leaves == sum(1 for _ in atoms(analysis.formula(term)))


def _all_parts(term: Term) -> Iterator[Term]:
    yield term
    if isinstance(term, And | Or | Not):
        for part in children(term):
            yield from _all_parts(part)


def _next_dead(analysis: Analysis, term: Term, found: list[Term], enough: int) -> Term | None:
    """The first clause that can be deleted beside those that are found already."""
    whole = _without(term, found)
    assert whole is not None
    for clause, weakens in _operands_from_the_end(term, True):
        if analysis.undecided >= enough:
            return None
        if any(_is_part(clause, other) for other in found):
            continue
        without = _without(term, [*found, clause])
        if without is None:
            continue
        # Without an operand of `and` a condition holds of no fewer, without one of `or` of no more. An operand that
        # is left alone by a deletion stands elsewhere then, so both ways are looked at.
        no_more = (not weakens and not found) or _implies(analysis, without, whole)
        if no_more and ((weakens and not found) or _implies(analysis, whole, without)):
            return clause
    return None


def reasons(analysis: Analysis, term: Term, clause: Term) -> list[Term]:
    """The clauses beside a dead one that make it superfluous: an `and` has them already, an `or` takes it in."""
    beside = _beside(term, clause)
    if beside is None:
        return []
    of, others = beside
    # An operand of `and` that the others imply cannot fail beside them; one of `or` cannot hold without one of them.
    terms = (
        [Not(clause, _NOWHERE), *others]
        if isinstance(of, And)
        else [clause, *(Not(o, _NOWHERE) for o in others)]
    )
    if not analysis.refuted(terms):
        return []
    found = [c.operand if isinstance(c, Not) else c for c in conflict(analysis, terms)]
    return [c for c in found if not _is_part(c, clause)]


def _beside(term: Term, clause: Term) -> tuple[Term, list[Term]] | None:
    """The `and` or `or` of which the clause is an operand, and its other operands."""
    match term:
        case Not():
            return _beside(term.operand, clause)
        case And() | Or():
            if any(part is clause for part in term.parts):
                return term, [part for part in term.parts if part is not clause]
            return next((found for part in term.parts if (found := _beside(part, clause))), None)
    return None


def _operands_from_the_end(term: Term, positive: bool) -> Iterator[tuple[Term, bool]]:
    """The operands of every `and` and `or`: each before what it is made of, later ones first.

    With each, whether deleting it weakens the whole: `positive` says whether the term stands behind no `not`.
    """
    match term:
        case Not():
            yield from _operands_from_the_end(term.operand, not positive)
        case And() | Or():
            weakens = isinstance(term, And) is positive
            yield from ((part, weakens) for part in reversed(term.parts))
            for part in reversed(term.parts):
                yield from _operands_from_the_end(part, positive)


def _is_part(clause: Term, of: Term) -> bool:
    if clause is of:
        return True
    match of:
        case Not():
            return _is_part(clause, of.operand)
        case And() | Or():
            return any(_is_part(clause, part) for part in of.parts)
    return False


def _without(term: Term, clauses: Sequence[Term]) -> Term | None:
    """The term without some clauses, none where nothing would be left of it."""
    if any(term is clause for clause in clauses):
        return None
    match term:
        case Not():
            left = _without(term.operand, clauses)
            return None if left is None else Not(left, term.span)
        case And() | Or():
            parts = [left for part in term.parts if (left := _without(part, clauses))]
            if not parts:
                return None
            return parts[0] if len(parts) == 1 else replace(term, parts=tuple(parts))
    return term


def _implies(analysis: Analysis, one: Term, other: Term) -> bool:
    return analysis.refuted([one, Not(other, _NOWHERE)])


def always_holds(analysis: Analysis, term: Term) -> bool:
    """Whether a term is proved to hold of every customer and order."""
    return analysis.never(term, positive=False)


def never_holds(analysis: Analysis, term: Term) -> bool:
    """Whether a term is proved to hold of no customer and no order."""
    return analysis.never(term)
