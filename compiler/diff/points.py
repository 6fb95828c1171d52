"""What orders and activities earn: for each tier and campaign, whether any earns more, or less, than before.

Decided for all customers and orders. Time is cut into stretches in which the same rules are at work; of these only
those count in which the versions differ. Which of them an order can match together is decided by their conditions,
and over all amounts which of those sets earns more or less. Each example is then evaluated under both versions as
a whole. Limits and `qualifies` of a rule that is in both are told among the settings; here its uses are not used up.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..analysis.budget import OutOfBudget
from ..model.condition import Reference, Term
from ..model.tree import Campaign
from ..node import Node, node
from .both import read_by
from .change import Change, Findings
from .pairing import Versions
from .points_amounts import Amounts, Outcome, bases_of
from .points_case import Case, points_under
from .points_context import SIGNUP, Context, Pair, asked_by, is_of_customer, pairs_of
from .points_rules import Entries, Reader, differing
from .points_sets import Matched, Sets
from .points_several import Several
from .points_times import ORDER, Stretch, stretches
from .points_words import Place, Seen, Writer

TOO_MANY = "rules match together in too many ways to look at all of them"
UNDECIDED = "whether some orders earn otherwise could not be decided"
LIMITED = "only customers who can still earn from every rule with a limit were compared"
QUALIFY = "whether points count into points_earned differs between rules that earn the same"
CURRENCY = "points are not compared: the currency is another"


def points(versions: Versions) -> Findings:
    """What each activity earns, orders first."""
    if versions.old.currency != versions.new.currency:
        return Findings((), (CURRENCY,), unknown=True)
    return _Comparison(versions).findings()


@dataclass(slots=True)
class _Group:
    """What was found for one place: cases with different points, and what may be besides."""

    place: Place
    seen: list[Seen] = field(default_factory=list)
    more: bool = False
    less: bool = False
    most_gained: list[int | None] = field(default_factory=list)
    most_lost: list[int | None] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.more |= outcome.more
        self.less |= outcome.less
        self.most_gained.append(outcome.most_gained)
        self.most_lost.append(outcome.most_lost)
        self.open += outcome.open

    def found(self, sign: int) -> list[Seen]:
        return [seen for seen in self.seen if seen.gain * sign > 0]

    @property
    def is_unknown(self) -> bool:
        """Whether something is possible of which there is no example, or was not looked at."""
        return any(may and not self.found(sign) for may, sign in ((self.more, 1), (self.less, -1)))


@node
class _Where(Node):
    """Members in one tier, in one stretch of time."""

    activity: str
    pair: Pair
    stretch: Stretch


class _Comparison:
    """The comparison of two versions, with what has been decided already."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._both = versions.both
        self._reader = Reader(versions, self._both)
        self._context = Context(versions, self._both)
        decimals = versions.new.currency.decimals
        self._amounts = Amounts(self._both.decider, versions.up_to, decimals, self._context.days)
        self._several = Several(self._amounts)
        self._writer = Writer(versions.new, self._context.firsts, versions.up_to, self._amounts.usual)
        self._outcomes: dict[Hashable, list[Outcome]] = {}
        self._read: list[Reference] = []

    def findings(self) -> Findings:
        """Everything that differs."""
        groups = [group for activity in self._activities() for group in self._groups(activity)]
        changes = [each for group in groups for each in self._changes(group)]
        unknown = [group for group in groups if group.is_unknown]
        notes = dict.fromkeys(note for group in unknown for note in group.open or [UNDECIDED])
        return Findings(tuple(changes), tuple(notes), bool(unknown), self._both.assumed(self._read))

    def _activities(self) -> list[str]:
        rules = [rule for program in (self._versions.old, self._versions.new) for rule in program.rules]
        return list(dict.fromkeys([ORDER, *(rule.activity for rule in rules if rule.active)]))

    def _groups(self, activity: str) -> Iterator[_Group]:
        found: dict[Hashable, _Group] = {}
        times = stretches(self._versions, activity)
        for pair in pairs_of(self._versions, activity):
            for stretch in times:
                self._look(_Where(activity, pair, stretch), found)
        yield from found.values()

    def _look(self, where: _Where, groups: dict[Hashable, _Group]) -> None:
        outcomes = self._outcomes_of(where)
        if not outcomes:
            return
        place = self._place(where)
        # By the campaigns of both versions: the other way round, the same are one group.
        running = frozenset({place.campaign, self._campaign(where.stretch.old.campaign, None)})
        group = groups.setdefault((replace(place, campaign=None), running - {None}), _Group(place))
        cases: list[Case] = []
        for outcome in outcomes:
            group.add(outcome)
            cases += outcome.cases
        group.seen += [seen for case in cases if (seen := self._seen(where, case)).gain]

    def _place(self, where: _Where) -> Place:
        old, new = where.stretch.old.campaign, where.stretch.new.campaign
        tiers = where.activity != SIGNUP and bool(self._versions.old.tiers or self._versions.new.tiers)
        return Place(where.activity, where.pair.id, tiers, self._campaign(old, new))

    def _campaign(self, old: Campaign | None, new: Campaign | None) -> str | None:
        if new is None and old is not None:
            both = self._versions.campaigns.both
            return next((after.id for before, after in both if before.id == old.id), old.id)
        return new.id if new else None

    def _seen(self, where: _Where, case: Case) -> Seen:
        """The case under both versions, as it is evaluated."""
        old = points_under(self._both.old, where.stretch.old, where.pair.old, case)
        new = points_under(self._both.new, where.stretch.new, where.pair.new, case)
        return Seen(case, tuple(old), tuple(new), self._time(where.stretch), where.stretch.is_one_campaign)

    def _time(self, stretch: Stretch) -> str | None:
        return stretch.in_words(self._versions.new)

    # --- deciding ---------------------------------------------------------------------------------------------

    def _outcomes_of(self, where: _Where) -> list[Outcome]:
        """What was found about the rules in which the versions differ there; for tiers that are alike, once."""
        left = self._differing(where)
        if not left.all:
            return []
        terms = self._context.terms(where.activity, where.pair, where.stretch, left)
        key = (where.activity, left, terms)
        if key not in self._outcomes:
            self._read += [name for name in read_by([*terms, *asked_by(left)]) if is_of_customer(name)]
            self._outcomes[key] = list(self._examined(where.activity, left, terms))
        return self._outcomes[key]

    def _differing(self, where: _Where) -> Entries:
        pair, stretch = where.pair, where.stretch
        old = self._reader.entries(self._both.old, stretch.old, pair.old)
        new = self._reader.entries(self._both.new, stretch.new, pair.new)
        if where.activity == ORDER and self._context.items_differ:
            return Entries(old, new)
        return differing(*self._context.asked(where.activity, old, new))

    def _examined(self, activity: str, left: Entries, terms: Sequence[Term]) -> Iterator[Outcome]:
        if activity == ORDER and self._context.items_differ:
            yield self._context.of_items(self._amounts)
            return
        try:
            yield from list(self._of_sets(activity, left, terms))
        except OutOfBudget:
            yield self._apart(activity, left, terms)

    def _of_sets(self, activity: str, left: Entries, terms: Sequence[Term]) -> Iterator[Outcome]:
        for matched in Sets(left, terms, self._both.decider).find():
            yield self._of_set(activity, matched)

    def _apart(self, activity: str, left: Entries, terms: Sequence[Term]) -> Outcome:
        """Rules that ask for the same by themselves: where none of these groups earns less, all together do not."""
        try:
            found = [each for part in left.by_needs for each in self._of_sets(activity, part, terms)]
        except OutOfBudget:
            return Outcome((), True, True, None, None, (TOO_MANY,))
        cases = tuple(case for each in found for case in each.cases)
        more, less = any(each.more for each in found), any(each.less for each in found)
        return Outcome(cases, more, less, None, None, (TOO_MANY,))

    def _of_set(self, activity: str, matched: Matched) -> Outcome:
        if activity != ORDER:
            found = self._amounts.of_activity(matched)
        elif len(bases_of(matched.entries)) < 2:
            found = self._amounts.of_order(matched)
        else:
            found = self._several.of_order(matched)
        if not found.more and not found.less and len({e.qualifies for e in matched.entries.all}) > 1:
            return Outcome((), True, True, None, None, (QUALIFY,))
        return found if matched.all_uses else _without_uses(found)

    # --- telling ----------------------------------------------------------------------------------------------

    def _changes(self, group: _Group) -> Iterator[Change]:
        for sign, bounds in ((1, group.most_gained), (-1, group.most_lost)):
            if found := group.found(sign):
                example = min(found, key=self._writer.plainness)
                yield self._writer.told(group.place, example, self._largest(found, bounds))

    def _largest(self, found: Sequence[Seen], bounds: Sequence[int | None]) -> Seen | None:
        """The case with the largest difference, where none can have a larger one."""
        known = [bound for bound in bounds if bound is not None]
        near = [seen for seen in found if seen.total <= self._versions.up_to]
        if len(known) < len(bounds) or not near:
            return None
        largest = max(abs(seen.gain) for seen in near)
        among = [seen for seen in near if abs(seen.gain) == largest]
        return min(among, key=self._writer.plainness) if largest == max(known) else None


def _without_uses(found: Outcome) -> Outcome:
    """What holds for customers who have used up a limit: whether they have is not known of a case."""
    return Outcome((), found.more, found.less, found.most_gained, found.most_lost, (LIMITED,))
