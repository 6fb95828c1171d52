"""Whether orders that match a set of rules earn more or less by the new ones: over all their amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..analysis.axioms import WHOLE_ORDER
from ..analysis.budget import Budget, OutOfBudget
from ..analysis.compare_points import Example, PointsComparison, compare_points
from ..analysis.decide import Decider, Impossible, Possible
from ..analysis.difference import Interval
from ..analysis.intervals import FAR, Intervals, TooLarge, union
from ..analysis.solve import leaves
from ..model.condition import Comparison, Constant, Not, Reference, Sum, Term, Type
from ..model.tree import Amount
from ..node import Node, node
from .both import read_by
from .points_case import Case, case_of
from .points_rules import NOWHERE, Base, Entries
from .points_sets import Matched, of_item

TOTAL = "order.total"
_USUAL = (100, 50, 20, 10, 200, 500, 1000)  # whole currency units of an order that anyone can picture
_COUNTING_ITEM = 40
_LEAVES = 2_000  # nodes


@node
class Outcome(Node):
    """What was found about one set of rules.

    `more` and `less`: whether there may be orders that earn more by the new rules, or less; `cases` are
    candidates for them. `most_gained` and `most_lost` are what no order up to the limit exceeds, none where that
    is not known. `open` says why something could not be decided.
    """

    cases: tuple[Case, ...]
    more: bool
    less: bool
    most_gained: int | None
    most_lost: int | None
    open: tuple[str, ...] = ()


class Amounts:
    """Examines sets of rules that multiply one amount at most."""

    def __init__(self, decider: Decider, up_to: int, decimals: int, also: Sequence[Reference]) -> None:
        """`also` are names that every case has, since a rule in which the versions do not differ may read them."""
        self.decider = decider
        self.also = also
        self.up_to = up_to
        self.decimals = decimals

    @property
    def usual(self) -> list[int]:
        """Usual totals, in minor units."""
        return [units * 10**self.decimals for units in _USUAL]

    def case(self, terms: Sequence[Term]) -> Case | None:
        """A case in which the terms hold, if one is found; without excluded items."""
        verdict = self.decider.decide((*terms, *_nothing_excluded(terms)), also=self.also)
        return case_of(verdict.values) if isinstance(verdict, Possible) else None

    def of_activity(self, matched: Matched) -> Outcome:
        """Fixed points, without an order."""
        case = self.case(matched.terms)
        return self._fixed(matched, [case and case.without_order])

    def of_order(self, matched: Matched) -> Outcome:
        """Rules on orders; those of them that multiply, multiply the same amount."""
        bases = list(bases_of(matched.entries))
        if not bases:
            return self._fixed(matched, [self._round_order(matched.terms)])
        found = self._compared(matched.entries, self._reach(matched, bases[0]))
        examples = dict.fromkeys(
            example.amount
            for example in (found.more, found.less, found.most_gained, found.most_lost)
            if example
        )
        cases = [self._order_of(matched, bases[0], amount) for amount in examples]
        bounded = bases[0].amount.deduct_discounts and found.decided
        return Outcome(
            tuple(case for case in cases if case),
            found.more is not None or not found.decided,
            found.less is not None or not found.decided,
            _bound(found.more, found.most_gained, 1, self.up_to) if bounded else None,
            _bound(found.less, found.most_lost, -1, self.up_to) if bounded else None,
        )

    def _compared(self, entries: Entries, amounts: Sequence[Interval]) -> PointsComparison:
        old, new = ([entry.earning for entry in side] for side in entries)
        return compare_points(old, new, amounts, self.up_to, self.decimals)

    def _fixed(self, matched: Matched, cases: Sequence[Case | None]) -> Outcome:
        example = self._compared(matched.entries, [(0, 0)])
        gained, lost = (abs(e.new - e.old) if e else 0 for e in (example.more, example.less))
        return Outcome(tuple(c for c in cases if c), gained > 0, lost > 0, gained, lost)

    def _round_order(self, terms: Sequence[Term]) -> Case | None:
        """An order of a usual total, or else one with points all the same."""
        for total in self.usual:
            if case := self.case((*terms, equal(TOTAL, total))):
                return case
        return self.case((*terms, at_least(TOTAL, 0)))

    # --- amounts ----------------------------------------------------------------------------------------------

    def _reach(self, matched: Matched, base: Base) -> list[Interval]:
        """The amounts that an order which matches can have, and perhaps some more."""
        if base.items is not None:
            item = [of_item(term, _COUNTING_ITEM) for term in _counting(base.items, matched.absent)]
            if isinstance(self.decider.decide(item), Impossible):
                return [(0, 0)]
        totals = self._totals(matched.terms)
        if base.items is None and base.amount == Amount():
            return totals
        return [(0, totals[-1][1])] if totals and base.amount.deduct_discounts else [(0, None)]

    def _totals(self, terms: Sequence[Term]) -> list[Interval]:
        names = [*read_by(terms), money(TOTAL)]
        found: Intervals = ()
        try:
            formulas = [self.decider.formula(term) for term in terms]
            formulas += [axiom.formula for axiom in self.decider.axioms_of(names)]
            total = self.decider.space.variable(TOTAL, Type.MONEY)
            for box, _ in leaves(formulas, self.decider.space, Budget(_LEAVES)):
                found = union(found, box.get(total, ((0, FAR),)))
        except (OutOfBudget, TooLarge):
            return [(0, None)]
        return [(max(low, 0), None if high >= FAR else high) for low, high in found if high >= 0]

    def _order_of(self, matched: Matched, base: Base, amount: int) -> Case | None:
        """An order of which so much counts: with nothing but that, or else as the terms have it."""
        for terms in _amounting(base, amount, matched.absent):
            if case := self.case((*matched.terms, *terms)):
                return case
        return None


def bases_of(entries: Entries) -> dict[Base, None]:
    """What the rules multiply."""
    return dict.fromkeys(entry.base for entry in entries.all if entry.base)


def _bound(ever: Example | None, largest: Example | None, sign: int, up_to: int) -> int | None:
    if largest:
        return sign * (largest.new - largest.old)
    return 0 if ever is None or ever.amount > up_to else None


def _nothing_excluded(terms: Iterable[Term]) -> Iterator[Term]:
    """That the order has no excluded items, as far as the terms look at what is paid for those too."""
    for name in read_by(terms):
        if name.path.startswith(WHOLE_ORDER):
            own = Reference(name.path.removeprefix(WHOLE_ORDER), name.type, NOWHERE)
            yield Comparison("==", name, own, NOWHERE)


def _amounting(base: Base, amount: int, absent: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    scope, of = "order.", base.amount
    holding: tuple[Term, ...] = ()
    if base.items is not None:
        scope = f"item{_COUNTING_ITEM}."
        item = (of_item(term, _COUNTING_ITEM) for term in _counting(base.items, absent))
        holding = (*item, at_least(TOTAL, 0))
        yield (*holding, equal(TOTAL, amount), equal(scope + "total", amount), *_nothing_else(of, scope))
    yield (*holding, equal(scope + "total", amount), *_nothing_else(of, scope))
    yield (*holding, Comparison("==", _counted(of, scope), _money(amount), NOWHERE))


def _counting(items: Term, absent: Sequence[Term]) -> list[Term]:
    """What holds of an item that counts."""
    return [items, *(Not(term, NOWHERE) for term in absent)]


def _nothing_else(of: Amount, scope: str) -> Iterator[Term]:
    parts = {"tax": not of.tax, "discount": not of.deduct_discounts}
    if scope == "order.":
        parts["shipping"] = not of.shipping
    for part, matters in parts.items():
        if matters:
            yield equal(scope + part, 0)


def _counted(of: Amount, scope: str) -> Term:
    found: Term = money(scope + "total")
    if not of.tax:
        found = Sum(True, found, money(scope + "tax"), Type.MONEY, NOWHERE)
    if not of.shipping and scope == "order.":
        found = Sum(True, found, money(scope + "shipping"), Type.MONEY, NOWHERE)
    if not of.deduct_discounts:
        found = Sum(False, found, money(scope + "discount"), Type.MONEY, NOWHERE)
    return found


def money(path: str) -> Reference:
    """The name of an amount."""
    return Reference(path, Type.MONEY, NOWHERE)


def _money(amount: int) -> Constant:
    return Constant(Type.MONEY, amount, NOWHERE)


def equal(path: str, amount: int) -> Term:
    """That an amount is so much."""
    return Comparison("==", money(path), _money(amount), NOWHERE)


def at_least(path: str, amount: int) -> Term:
    """That an amount is at least so much."""
    return Comparison(">=", money(path), _money(amount), NOWHERE)
