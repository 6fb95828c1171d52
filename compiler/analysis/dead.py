"""Which clauses of a condition never matter: it means the same without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.condition import And, Not, Or, Term
from ..source import Span
from .core import conflict
from .decide import Analysis, Impossible

_NOWHERE = Span(0, 0)


def dead_clauses(analysis: Analysis, term: Term) -> list[Term]:
    """The largest clauses that can be deleted, all of them together; in order of their places.

    Of clauses that each make the other one superfluous, the later one is found.
    """
    found: list[Term] = []
    whole = term
    for clause in _operands_from_the_end(term):
        if any(_is_part(clause, other) for other in found):
            continue
        without = _without(whole, clause)
        if without is not None and _same(analysis, whole, without):
            found.append(clause)
            whole = without
    return list(reversed(found))


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
    if not isinstance(analysis.decide(terms), Impossible):
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


def _operands_from_the_end(term: Term) -> Iterator[Term]:
    """The operands of every `and` and `or`: each before what it is made of, later ones first."""
    match term:
        case Not():
            yield from _operands_from_the_end(term.operand)
        case And() | Or():
            yield from reversed(term.parts)
            for part in reversed(term.parts):
                yield from _operands_from_the_end(part)


def _is_part(clause: Term, of: Term) -> bool:
    if clause is of:
        return True
    match of:
        case Not():
            return _is_part(clause, of.operand)
        case And() | Or():
            return any(_is_part(clause, part) for part in of.parts)
    return False


def _without(term: Term, clause: Term) -> Term | None:
    """The term without a clause, none where nothing would be left of it."""
    match term:
        case Not():
            left = _without(term.operand, clause)
            return None if left is None else Not(left, term.span)
        case And() | Or():
            parts = [left for part in term.parts if part is not clause and (left := _without(part, clause))]
            if not parts:
                return None
            return parts[0] if len(parts) == 1 else replace(term, parts=tuple(parts))
    return None if term is clause else term


def _same(analysis: Analysis, one: Term, other: Term) -> bool:
    """Whether two terms are proved to hold of the same customers and orders."""
    return all(
        isinstance(analysis.decide([holding, Not(failing, _NOWHERE)]), Impossible)
        for holding, failing in ((one, other), (other, one))
    )


def always_holds(analysis: Analysis, term: Term) -> bool:
    """Whether a term is proved to hold of every customer and order."""
    return isinstance(analysis.decide([Not(term, _NOWHERE)]), Impossible)


def never_holds(analysis: Analysis, term: Term) -> bool:
    """Whether a term is proved to hold of no customer and no order."""
    return isinstance(analysis.decide([term]), Impossible)
