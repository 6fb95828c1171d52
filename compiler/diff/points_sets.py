"""Which sets of rules an order can match all at once: what they ask for, decided one need after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ..analysis.budget import Budget
from ..analysis.decide import Decider, Impossible, Verdict
from ..analysis.rename import rename
from ..model.condition import Not, Term
from ..node import Node, node
from .points_rules import NOWHERE, Entries, Entry, Kind, Need, differing

NODES = 40_000  # of all decisions about one remainder
STEPS = 1_000
_FIRST_ITEM = 2


@node
class Matched(Node):
    """Rules of both versions that some order matches together and no others, without those that earn the same.

    `terms` hold of such an order, what is contained in it being `item2`, `item3`, …; `absent` holds of none of its
    items. `verdict` is whether there is one; `all_uses` whether every rule with a limit has uses left.
    """

    entries: Entries
    terms: tuple[Term, ...]
    absent: tuple[Term, ...]
    verdict: Verdict
    all_uses: bool


class Sets:
    """Finds the sets of rules that can match together."""

    def __init__(self, entries: Entries, context: Sequence[Term], decider: Decider) -> None:
        """`context` are terms that hold in any case."""
        self._entries = entries
        self._context = tuple(context)
        self._decider = decider
        self._needs = sorted(
            dict.fromkeys(chain.from_iterable(entry.needs for entry in entries.all)),
            key=lambda need: need.kind.value,
        )
        self._budget = Budget(NODES)
        self._steps = Budget(STEPS)

    def find(self) -> Iterator[Matched]:
        """The sets, those in which all needs are met first; raises `OutOfBudget`."""
        yield from self._below({})

    def _below(self, known: dict[Need, bool]) -> Iterator[Matched]:
        self._steps.spend()
        old, new = ([e for e in side if _may_match(e, known)] for side in self._entries)
        undecided = self._undecided([*old, *new], known)
        left = differing(old, new, whatever_they_ask=True)
        if not undecided and not left.all:
            return
        terms, absent = _terms(known)
        verdict = self._decider.decide((*self._context, *terms), self._budget)
        if isinstance(verdict, Impossible):
            return
        if undecided:
            for met in (True, False):
                yield from self._below({**known, undecided[0]: met})
        else:
            uses = all(met for need, met in known.items() if need.kind is Kind.USES)
            yield Matched(left, (*self._context, *terms), absent, verdict, uses)

    def _undecided(self, entries: Sequence[Entry], known: dict[Need, bool]) -> list[Need]:
        """What may still make a difference: needs of rules that may still match."""
        asked = {need for entry in entries for need in entry.needs}
        return [need for need in self._needs if need in asked and need not in known]


def _may_match(entry: Entry, known: dict[Need, bool]) -> bool:
    return all(known.get(need, True) for need in entry.needs)


def _terms(known: dict[Need, bool]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """What holds of the order and of the items that are contained in it, and what of none of its items."""
    terms: list[Term] = [
        need.term if met else Not(need.term, NOWHERE) for need, met in known.items() if need.kind is Kind.WHEN
    ]
    contained = [need.term for need, met in known.items() if need.kind is Kind.CONTAINS and met]
    absent = [need.term for need, met in known.items() if need.kind is Kind.CONTAINS and not met]
    for number, term in enumerate(contained, start=_FIRST_ITEM):
        terms.append(of_item(term, number))
        terms += [Not(of_item(other, number), NOWHERE) for other in absent]
    return tuple(terms), tuple(absent)


def of_item(term: Term, number: int) -> Term:
    """The same of another item of the order."""
    return rename(
        term, lambda path: f"item{number}." + path.removeprefix("item.") if path.startswith("item.") else path
    )
