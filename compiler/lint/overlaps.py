"""Which order rules earn on the same order of the same member, decided tier by tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from ..analysis.axioms import metric_scope
from ..analysis.budget import Budget, OutOfBudget
from ..analysis.decide import Impossible, Possible, Verdict, analysis_of, can_hold
from ..analysis.evaluate import Value
from ..model.condition import Comparison, Constant, Reference, Term, Type, references
from ..model.tree import Program, Rule
from ..node import Node, node
from ..source import Span
from .earned import points_earned
from .matching import matching_terms
from .stretches import Stretch, stretch_of

STEPS = 30_000
_NOWHERE = Span(0, 0)


@node
class Overlap(Node):
    """Two rules that both earn for members in a tier, during a stretch, on an order such as `order`."""

    rule: Rule
    other: Rule
    tier: int
    stretch: Stretch
    order: Mapping[str, Value]


@node
class _Pair(Node):
    """Two rules, and what of them has to be true of a customer and an order for both to match.

    `apart`: none of it has to do with tiers, so it is decided once for all of them; `shared` is that decision.
    """

    rules: tuple[Rule, Rule]
    stretch: Stretch | None
    terms: tuple[Term, ...]
    apart: bool
    shared: Verdict


@dataclass(slots=True)
class Overlaps:
    """Finds the overlaps of a program, each under the more general of its two rules.

    Of rules that overlap all together, only the pairs with the most general one are found. Once the budget is
    spent no more pairs are looked at.
    """

    program: Program
    _budget: Budget = field(default_factory=lambda: Budget(STEPS))
    _ladder: frozenset[str] = frozenset()
    _reachable: dict[int, bool] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], _Pair] = field(default_factory=dict)
    _verdicts: dict[tuple[tuple[Term, ...], int | None], Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ladder = _reads([tier.when.term for tier in self.program.tiers if tier.when])

    def find(self) -> Iterator[Overlap]:
        """All overlaps by tier, then by rules from the most general to the most special one."""
        general = sorted(self.program.order_rules, key=lambda r: (special(r), r.index))
        try:
            for tier in range(len(self.program.tiers)):
                yield from self._in_tier(tier, [rule for rule in general if rule.matches_tier(tier)])
        except OutOfBudget:
            analysis_of(self.program).undecided += 1

    def _in_tier(self, tier: int, rules: Sequence[Rule]) -> Iterator[Overlap]:
        groups: list[set[int]] = []
        for position, rule in enumerate(rules):
            seen: set[int] = set().union(*(group for group in groups if rule.index in group))
            group = {rule.index}
            for other in rules[position + 1 :]:
                overlap = None if other.index in seen else self._overlap(rule, other, tier)
                if overlap:
                    group.add(other.index)
                    yield overlap
            groups += [group] if len(group) > 1 else []

    def _overlap(self, rule: Rule, other: Rule, tier: int) -> Overlap | None:
        self._budget.spend()
        pair = self._pair(rule, other)
        if pair.stretch is None or isinstance(pair.shared, Impossible) or not self._is_reachable(tier):
            return None
        order = self._order(pair, tier)
        return None if order is None else Overlap(rule, other, tier, pair.stretch, order)

    def _pair(self, rule: Rule, other: Rule) -> _Pair:
        key = (rule.index, other.index)
        if key not in self._pairs:
            self._pairs[key] = self._new_pair(rule, other)
        return self._pairs[key]

    def _new_pair(self, rule: Rule, other: Rule) -> _Pair:
        assert self.program.vip is not None
        common = stretch_of(rule).common(stretch_of(other))
        # Until tiers launch nobody is in one.
        stretch = common and common.common(Stretch(self.program.vip.launches, None))
        if stretch is None:
            return _Pair((rule, other), None, (), True, Impossible())
        terms = matching_terms(self.program, (rule, other))
        apart = not _reads(terms) & self._ladder
        shared = self._decide(terms, None)
        return _Pair((rule, other), stretch, terms, apart, shared)

    def _is_reachable(self, tier: int) -> bool:
        if tier not in self._reachable:
            verdict = self._decide((), tier)
            self._reachable[tier] = isinstance(verdict, Possible)
        return self._reachable[tier]

    def _order(self, pair: _Pair, tier: int) -> Mapping[str, Value] | None:
        """An order of a member in the tier on which both rules earn: of a round total where that can be."""
        of_tier = None if pair.apart else tier
        # Asked before any size of order is: most rules that cannot meet are seen through here.
        if isinstance(self._decide(pair.terms, of_tier), Impossible):
            return None
        for size in _sizes(self.program, pair.rules):
            verdict = self._decide((*size, *pair.terms), of_tier)
            if isinstance(verdict, Possible) and all(
                points_earned(rule, tier, verdict.values) for rule in pair.rules
            ):
                return verdict.values
        return None

    def _decide(self, terms: tuple[Term, ...], tier: int | None) -> Verdict:
        """Decide, once for rules that ask for the same."""
        key = (terms, tier)
        if key not in self._verdicts:
            self._verdicts[key] = can_hold(self.program, terms, tier, self._budget)
        return self._verdicts[key]


def special(rule: Rule) -> int:
    """How special a rule is: one for everyone, or all but some, comes before a table, and that before one tier."""
    return 2 if rule.include is not None else int(rule.table)


def _reads(terms: Sequence[Term]) -> frozenset[str]:
    """The names that terms read; metrics, which depend on each other, count as one."""
    paths = (name.path for term in terms for name in references(term))
    return frozenset("metrics" if metric_scope(path) is not None else path for path in paths)


def _sizes(program: Program, rules: Sequence[Rule]) -> list[tuple[Term, ...]]:
    """How large an order to ask for, best first: a round total, all of it the item that counts, or with more
    items beside it; else just enough to earn a point from each rule."""
    needed = max(
        (rule.per / min(Fraction(1), *rule.rates) for rule in rules if rule.per), default=Fraction(0)
    )
    total = 100 * 10**program.currency.decimals
    while total < needed:
        total *= 10
    whole, part = (_amount(path, "==", total) for path in ("order.total", "item.total"))
    enough = tuple(_amount(path, ">=", ceil(needed)) for path in ("order.total", "item.total"))
    beside = _amount("order.total", ">=", 0)  # always so, but then the total is looked for
    return [(whole, part), (part, beside), enough]


def _amount(path: str, operator: str, minor: int) -> Comparison:
    literal = Constant(Type.MONEY, minor, _NOWHERE)
    return Comparison(operator, Reference(path, Type.MONEY, _NOWHERE), literal, _NOWHERE)
