"""Which order rules earn on the same order of the same member, decided tier by tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from ..analysis.axioms import metric_scope
from ..analysis.decide import Possible, Unknown, Verdict, can_hold
from ..analysis.evaluate import Value
from ..model.condition import Comparison, Constant, Reference, Term, Type, references
from ..model.tree import Program, Rule
from ..source import Span
from .earned import points_earned
from .matching import matching_terms
from .stretches import Stretch, stretch_of

MOST_DECISIONS = 1_000
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that both earn for members in a tier, during a stretch, on an order such as `order`."""

    rule: Rule
    other: Rule
    tier: int
    stretch: Stretch
    order: Mapping[str, Value]


@dataclass(slots=True)
class Overlaps:
    """Finds the overlaps of a program, each under the more general of its two rules.

    Of rules that overlap all together, only the pairs with the most general one are found. Past a number of
    decisions no more pairs are looked at.
    """

    program: Program
    _decisions: int = 0
    _ladder: frozenset[str] = frozenset()
    _reachable: dict[int, Verdict] = field(default_factory=dict)
    _shared: dict[tuple[int, int, int], Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ladder = _reads([tier.when.term for tier in self.program.tiers if tier.when])

    def find(self) -> Iterator[Overlap]:
        """All overlaps by tier, then by rules from the most general to the most special one."""
        general = sorted(self.program.order_rules, key=lambda r: (special(r), r.index))
        for tier in range(len(self.program.tiers)):
            yield from self._in_tier(tier, [rule for rule in general if rule.matches_tier(tier)])

    def _in_tier(self, tier: int, rules: Sequence[Rule]) -> Iterator[Overlap]:
        groups: list[set[int]] = []
        for position, rule in enumerate(rules):
            seen: set[int] = set().union(*(group for group in groups if rule.index in group))
            rest = [other for other in rules[position + 1 :] if other.index not in seen]
            found = [overlap for other in rest if (overlap := self._overlap(rule, other, tier))]
            groups += [{rule.index, *(overlap.other.index for overlap in found)}] if found else []
            yield from found

    def _overlap(self, rule: Rule, other: Rule, tier: int) -> Overlap | None:
        assert self.program.vip is not None
        common = stretch_of(rule).common(stretch_of(other))
        # Until tiers launch nobody is in one.
        stretch = common and common.common(Stretch(self.program.vip.launches, None))
        if stretch is None or self._decisions >= MOST_DECISIONS:
            return None
        order = self._order((rule, other), tier)
        return None if order is None else Overlap(rule, other, tier, stretch, order)

    def _order(self, rules: tuple[Rule, Rule], tier: int) -> Mapping[str, Value] | None:
        """An order of a member in the tier on which both rules earn: of a round total where that can be."""
        for size, asked in enumerate(_sizes(self.program, rules)):
            verdict = self._decide(rules, size, asked, tier)
            if isinstance(verdict, Possible) and all(points_earned(r, tier, verdict.values) for r in rules):
                return verdict.values
        return None

    def _decide(self, rules: tuple[Rule, Rule], size: int, asked: tuple[Term, ...], tier: int) -> Verdict:
        """Whether both match one order of a member in the tier, of the size that is asked.

        What has nothing to do with tiers is decided once, for all of them.
        """
        terms = (*asked, *matching_terms(self.program, rules))
        if _reads(terms) & self._ladder:
            self._decisions += 1
            return can_hold(self.program, terms, tier)
        key = (rules[0].index, rules[1].index, size)
        if key not in self._shared:
            self._decisions += 1
            self._shared[key] = can_hold(self.program, terms)
        if tier not in self._reachable:
            self._reachable[tier] = can_hold(self.program, (), tier)
        return self._shared[key] if isinstance(self._reachable[tier], Possible) else Unknown()


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
    return [(whole, part), (part,), enough]


def _amount(path: str, operator: str, minor: int) -> Comparison:
    literal = Constant(Type.MONEY, minor, _NOWHERE)
    return Comparison(operator, Reference(path, Type.MONEY, _NOWHERE), literal, _NOWHERE)
