"""What is true of a customer who is in a tier: the ways of being in it, each as terms that have to hold."""

from __future__ import annotations

from ..model.condition import Not, Term, references
from ..model.tree import Program, Tier
from .axioms import PREVIOUS, metric_scope
from .rename import rename

Way = tuple[Term, ...]


def ways_into(program: Program, tier: int) -> tuple[Way, ...]:
    """The usual ways of being in a tier, most natural first; none for a tier that nobody can be in.

    By one's metrics; with windows that close, also by those of the window before; invite-only, by hand.
    """
    assert program.vip is not None
    chosen = program.tiers[tier]
    if chosen.invite_only:
        return (by_hand(program, tier),) if moves_by_hand(program) else ()
    qualified = (*_qualifies(chosen), *by_hand(program, tier))
    if not program.vip.window.closes or not program.vip.lasts_next_window:
        return (qualified,)
    kept = tuple(rename(term, _in_previous) for term in qualified if _reads_window(term))
    return (qualified, (*kept, *by_hand(program, tier))) if kept else (qualified,)


def by_hand(program: Program, tier: int) -> Way:
    """Of a customer who was given the tier: no higher tier's condition holds, or placing would lift them."""
    higher = program.tiers[tier + 1 :]
    return tuple(Not(t.when.term, t.when.span) for t in higher if t.when is not None)


def moves_by_hand(program: Program) -> bool:
    """Whether customers can be moved by hand or import where the program runs."""
    return program.hosted is None or program.hosted.platform != "wix"


def _qualifies(tier: Tier) -> Way:
    return () if tier.when is None else (tier.when.term,)


def _reads_window(term: Term) -> bool:
    return any(metric_scope(name.path) == "" for name in references(term))


def _in_previous(path: str) -> str:
    return PREVIOUS + path if metric_scope(path) == "" else path
