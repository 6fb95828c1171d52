"""What each rule asks for and earns, over the space of both versions, and the rules in which two versions differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from ..analysis.axioms import WHOLE_ORDER
from ..analysis.earning import Earning, earning_of
from ..analysis.rename import rename
from ..analysis.staircase import staircase
from ..model.condition import And, Not, Term
from ..model.tree import Amount, Rule
from ..node import Node, node
from ..source import Span
from .both import Both, Side
from .pairing import Versions
from .points_times import AtWork

NOWHERE = Span(0, 0)
_WITH_ITEMS = frozenset({"order.total", "order.tax", "order.discount", "order.units"})


class Kind(Enum):
    """What a rule can ask for: that a term holds, of the order or of one of its items, or that uses are left."""

    WHEN = auto()
    CONTAINS = auto()
    USES = auto()


@node
class Need(Node):
    """Something that a rule asks for: a term, or whose `limit` must have uses left."""

    kind: Kind
    what: Hashable

    @property
    def term(self) -> Term:
        """The term of a need that has one."""
        assert isinstance(self.what, Term)
        return self.what


@node
class Base(Node):
    """What a rule multiplies: money of the whole order, or with `items` that of the items of which it holds."""

    amount: Amount
    items: Term | None


@node
class Entry(Node):
    """A rule in a stretch of time, for members in one tier: all it asks for, and what it earns."""

    id: str
    needs: tuple[Need, ...]
    earning: Earning
    base: Base | None
    qualifies: bool

    @property
    def deed(self) -> Hashable:
        """What it earns: equal where two earn the same on whatever order they both match."""
        return staircase(self.earning), self.base, self.qualifies


class Entries(NamedTuple):
    """What is at work in the old version and in the new one."""

    old: tuple[Entry, ...]
    new: tuple[Entry, ...]

    @property
    def all(self) -> tuple[Entry, ...]:
        """Those of both."""
        return self.old + self.new

    @property
    def by_needs(self) -> list[Entries]:
        """Those that ask for the same, together."""
        asked = dict.fromkeys(frozenset(entry.needs) for entry in self.all)
        return [
            Entries(*(tuple(e for e in side if frozenset(e.needs) == needs) for side in self))
            for needs in asked
        ]


class Reader:
    """Reads the rules of both versions as entries."""

    def __init__(self, versions: Versions, both: Both) -> None:
        self._both = both
        self._labels: dict[tuple[bool, int], Hashable] = {}
        self._limited: set[Hashable] = set()
        self._qualifies: dict[Hashable, bool] = {}
        for side, new in (versions.rules.removed, False), (versions.rules.added, True):
            for rule in side:
                self._know(rule, new, (new, rule.index))
        for before, after in versions.rules.both:
            for rule, new in ((before, False), (after, True)):
                self._know(rule, new, after.index)

    def _know(self, rule: Rule, new: bool, label: Hashable) -> None:
        """Of rules in both versions, another limit, and whether points qualify, is told elsewhere."""
        self._labels[new, rule.index] = label
        self._qualifies[label] = rule.qualifies
        if rule.limit:
            self._limited.add(label)

    def entries(self, side: Side, at_work: AtWork, tier: int | None) -> tuple[Entry, ...]:
        """The rules that can match members in the tier."""
        rules = [rule for rule in at_work.rules if rule.matches_tier(tier)]
        return tuple(
            self._entry(side, rule, earning_of(rule, tier or 0, at_work.multiplier)) for rule in rules
        )

    def _entry(self, side: Side, rule: Rule, earning: Earning) -> Entry:
        label = self._labels[side is self._both.new, rule.index]
        needs = list(_needs(side, rule))
        if label in self._limited:
            needs.append(Need(Kind.USES, label))
        return Entry(rule.id, tuple(needs), earning, _base(side, rule), self._qualifies[label])


def _needs(side: Side, rule: Rule) -> Iterator[Need]:
    if rule.when:
        yield Need(Kind.WHEN, side.term(rule.when.term))
    if rule.contains:
        yield Need(Kind.CONTAINS, that_counts(side, rule.contains.term))


def _base(side: Side, rule: Rule) -> Base | None:
    if rule.per is None:
        return None
    return Base(rule.amount, that_counts(side, rule.items.term) if rule.items else None)


def that_counts(side: Side, term: Term) -> Term:
    """What has to hold of an item that is not excluded, and of which the term holds."""
    return And((side.term(term), Not(excluded_item(side), NOWHERE)), NOWHERE)


def excluded_item(side: Side) -> Term:
    """That an item is excluded, by what it is and by the order as it was paid."""
    return rename(side.term(side.program.items_excluded.term), _whole_order)


def taking_part(side: Side, is_order: bool) -> tuple[Term, ...]:
    """That neither the customer nor the order is excluded; an order is looked at with its excluded items."""
    exclude = side.program.exclude
    found: list[Term] = []
    if exclude and exclude.customers:
        found.append(Not(side.term(exclude.customers.term), NOWHERE))
    if exclude and exclude.orders and is_order:
        found.append(Not(rename(side.term(exclude.orders.term), _whole_order), NOWHERE))
    return tuple(found)


def _whole_order(path: str) -> str:
    return WHOLE_ORDER + path if path in _WITH_ITEMS else path


def asking(entries: Iterable[Entry], terms: Sequence[Term]) -> tuple[Entry, ...]:
    """The entries, each asking for the terms too."""
    needs = tuple(Need(Kind.WHEN, term) for term in terms)
    return tuple(Entry(e.id, (*needs, *e.needs), e.earning, e.base, e.qualifies) for e in entries)


def differing(old: Iterable[Entry], new: Iterable[Entry], whatever_they_ask: bool = False) -> Entries:
    """Without those that are on both sides: earning the same, and asking for the same."""

    def key(entry: Entry) -> Hashable:
        return entry.deed if whatever_they_ask else (frozenset(entry.needs), entry.deed)

    before, after = list(old), list(new)
    common = Counter(map(key, before)) & Counter(map(key, after))
    return Entries(_without(before, common.copy(), key), _without(after, common, key))


def _without(entries: Iterable[Entry], common: Counter[Hashable], key: object) -> tuple[Entry, ...]:
    assert callable(key)
    found = []
    for entry in entries:
        if common[key(entry)] > 0:
            common[key(entry)] -= 1
        else:
            found.append(entry)
    return tuple(found)
