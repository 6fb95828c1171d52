"""Who is compared with whom, and what is true of them whatever the rules ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..analysis.axioms import metric_scope
from ..analysis.decide import Impossible, program_terms
from ..analysis.membership import moves_by_hand
from ..analysis.space import EVENT_DAY
from ..model.condition import Comparison, Constant, Not, Reference, Term, Type
from ..model.moments import days_between
from ..model.tree import Program
from ..node import Node, node
from .both import Both, read_by
from .pairing import Versions
from .points_amounts import Amounts, Outcome, equal
from .points_case import Case
from .points_rules import NOWHERE, Entries, Entry, Kind, asking, excluded_item, taking_part
from .points_sets import of_item
from .points_times import ORDER, Stretch

SIGNUP = "signup"
_TODAY = Reference(EVENT_DAY, Type.INTEGER, NOWHERE)
_JOINED = ("customer.joined", "customer.days_since_joined")
ITEMS_DIFFER = "which items are excluded is otherwise: only orders of one item were compared"


@node
class Pair(Node):
    """Members who are in a tier of the old version and in one of the new: by index, none for no tier.

    `id` is that of the new version.
    """

    old: int | None
    new: int | None
    id: str | None


def pairs_of(versions: Versions, activity: str) -> Iterator[Pair]:
    """The tiers that are in both versions, and no tier; a new member is in none."""
    if activity != SIGNUP:
        yield from (Pair(old.index, new.index, new.id) for old, new in versions.tiers.both)
    old, new = _everyone_in(versions.old), _everyone_in(versions.new)
    if activity == SIGNUP or (old is None and new is None):
        yield Pair(None, None, None)
    elif not versions.old.tiers or not versions.new.tiers:
        there = versions.new.tiers[new].id if new is not None else None
        yield Pair(old, new, there)


def _everyone_in(program: Program) -> int | None:
    """The tier that everyone is in at least; none where customers can be in no tier."""
    vip = program.vip
    if vip is None or vip.not_yet or vip.launches is not None or not vip.tiers[0].for_everyone:
        return None
    return 0


class Context:
    """What is true of customers and orders in any case."""

    def __init__(self, versions: Versions, both: Both) -> None:
        self._versions = versions
        self._both = both
        self.firsts = {path: values[0] for path, values in both.decider.space.choices.items()}
        # When a customer joined, if anything reads it, and the day of the event, which has to go with it.
        terms = [term for program in (versions.old, versions.new) for term in program_terms(program)]
        joined = [name for name in read_by(terms) if name.path in _JOINED]
        self.days: list[Reference] = [*joined, _TODAY] if joined else []
        old, new = (excluded_item(side) for side in (both.old, both.new))
        self._only = [] if old == new else [(old, Not(new, NOWHERE)), (new, Not(old, NOWHERE))]

    @property
    def items_differ(self) -> bool:
        """Whether there are items that one version alone excludes."""
        decide = self._both.decider.decide
        return any(not isinstance(decide(_second(terms)), Impossible) for terms in self._only)

    def of_items(self, amounts: Amounts) -> Outcome:
        """Orders of one item that one version alone excludes."""
        cases = [
            case
            for terms in self._only
            for total in amounts.usual
            if (case := _order_of(amounts, _second(terms), total))
        ]
        return Outcome(tuple(cases), True, True, None, None, (ITEMS_DIFFER,))

    def asked(
        self, activity: str, old: Sequence[Entry], new: Sequence[Entry]
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The rules with what takes part in their version, where that is not the same in both."""
        before, after = self._taking_part(activity)
        if before == after:
            return tuple(old), tuple(new)
        return asking(old, before), asking(new, after)

    def _taking_part(self, activity: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        is_order = activity == ORDER
        return taking_part(self._both.old, is_order), taking_part(self._both.new, is_order)

    def terms(self, activity: str, pair: Pair, stretch: Stretch, left: Entries) -> tuple[Term, ...]:
        """What holds of whoever is in the tier, at the time, and takes part."""
        before, after = self._taking_part(activity)
        found = list(before) if before == after else []
        asked = [*found, *asked_by(left)]
        found += self._of_tier(pair, asked)
        if activity == SIGNUP:
            found += _of_new_members(asked)
        return (*found, *self._of_time(stretch))

    def _of_tier(self, pair: Pair, asked: Sequence[Term]) -> Iterator[Term]:
        """That no higher tier's condition holds, where that has to do with what is asked for.

        Who was moved by hand can be in a lower tier all the same.
        """
        names = _names(asked)
        for side, tier in ((self._both.old, pair.old), (self._both.new, pair.new)):
            if tier is None or moves_by_hand(side.program):
                continue
            for higher in side.program.tiers[tier + 1 :]:
                if higher.when and names & _names([term := side.term(higher.when.term)]):
                    yield Not(term, NOWHERE)

    def _of_time(self, stretch: Stretch) -> Iterator[Term]:
        """When the event can be, where that has to do with when the customer joined."""
        if not self.days:
            return
        days = days_between(stretch.start, stretch.end, self._versions.new.timezone)
        for operator, day in zip((">=", "<="), days, strict=True):
            if day is not None:
                yield Comparison(operator, _TODAY, Constant(Type.INTEGER, day, NOWHERE), NOWHERE)


def asked_by(entries: Entries) -> list[Term]:
    """The conditions of rules."""
    return [need.term for entry in entries.all for need in entry.needs if need.kind is Kind.WHEN]


def is_of_customer(name: Reference) -> bool:
    """Whether the name tells of the customer rather than of the order."""
    return name.path.startswith("customer.") or metric_scope(name.path) is not None


def _order_of(amounts: Amounts, terms: Sequence[Term], total: int) -> Case | None:
    return amounts.case((*terms, equal("order.total", total), equal("item2.total", total)))


def _second(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(of_item(term, 2) for term in terms)


def _of_new_members(asked: Sequence[Term]) -> Iterator[Term]:
    """Nothing is counted yet when `signup` earns."""
    for name in read_by(asked):
        if metric_scope(name.path) is not None:
            yield Comparison("==", name, Constant(name.type, 0, NOWHERE), NOWHERE)


def _names(terms: Sequence[Term]) -> set[str]:
    """The names that terms read; metrics, which depend on each other, count as one."""
    paths = (name.path for name in read_by(terms))
    return {"metrics" if metric_scope(path) is not None else path for path in paths}
