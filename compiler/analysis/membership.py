"""What is true of a customer who is in a tier: the ways of being in it, each as terms that have to hold."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.condition import Not, Term, references
from ..model.tree import Program
from ..node import Node, node
from .axioms import PREVIOUS, metric_scope
from .rename import rename


@node
class Way(Node):
    """A way of being in a tier: `terms` hold, and those of `unless`, which lift nobody higher, do too."""

    terms: tuple[Term, ...]
    unless: tuple[Term, ...]


def ways_into(program: Program, tier: int) -> Iterator[Way]:
    """The usual ways of being in a tier, most natural first; none for a tier that nobody can be in.

    By one's metrics; with windows that close, also by those of the window before; invite-only, by hand.
    """
    assert program.vip is not None
    chosen, higher = program.tiers[tier], by_hand(program, tier)
    if chosen.invite_only:
        if moves_by_hand(program):
            yield Way((), higher)
        return
    qualified = (chosen.when.term,) if chosen.when else ()
    yield Way(qualified, higher)
    lasts = program.vip.window.closes and program.vip.lasts_next_window
    if lasts and any(_reads_window(term) for term in qualified):
        kept = tuple(rename(term, _in_previous) for term in qualified)
        unless = tuple(rename(term, _in_previous) for term in higher if _reads_window(term))
        yield Way(kept, (*higher, *unless))


def by_hand(program: Program, tier: int) -> tuple[Term, ...]:
    """Of a customer who was given the tier: no higher tier's condition holds, or placing would lift them."""
    higher = program.tiers[tier + 1 :]
    return tuple(Not(t.when.term, t.when.span) for t in higher if t.when is not None)


def moves_by_hand(program: Program) -> bool:
    """Whether customers can be moved by hand or import where the program runs."""
    return program.hosted is None or program.hosted.platform != "wix"


def _reads_window(term: Term) -> bool:
    return any(metric_scope(name.path) == "" for name in references(term))


def _in_previous(path: str) -> str:
    return PREVIOUS + path if metric_scope(path) == "" else path
