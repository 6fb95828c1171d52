"""What can be said of a ladder of tiers as a whole: who can be in each tier, and what moves them.

Tiers by invitation have no condition and take no part. A customer qualifies for the highest tier whose condition
holds, whatever those below it ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from ..model.condition import Not, Reference, Term, references
from ..node import Node, node
from ..source import Span
from .axioms import LIFETIME, METRICS
from .budget import Budget, OutOfBudget
from .decide import Analysis, Impossible, Possible, Verdict
from .evaluate import Value, holds
from .formula import All, AnyOf, AtLeast, Formula, Within, at_least, formula_holds, negation
from .intervals import FAR, TooLarge
from .solve import solve
from .witness import complete, readable

_NOWHERE = Span(0, 0)


class Standing(Enum):
    """How a tier stands in its ladder; of the last four, nobody or everybody gets it against all appearance."""

    USUAL = "usual"
    UNREACHABLE = "unreachable"
    CATCH_ALL = "catch-all"
    SAME = "same"
    SHADOWED = "shadowed"


@node
class Demotion(Node):
    """More of a metric, all else equal, gives a lower tier.

    A customer before and after a purchase, the names whose values it `changed`, and the tiers on both sides.
    """

    metric: str
    changed: tuple[Reference, ...]
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    tier: int
    lower: int | None


class Ladder:
    """The ladder of a program. Everything that is found is kept."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tiers = [tier for tier in analysis.program.tiers if not tier.invite_only]
        self.conditions: dict[int, Term] = {tier.index: tier.when.term for tier in self.tiers if tier.when}
        self._negated: dict[int, Term] = {i: Not(c, _NOWHERE) for i, c in self.conditions.items()}
        self._shadows: dict[int, list[int]] = {}
        read = [name for term in self.conditions.values() for name in references(term)]
        self.names = list({name.path: name for name in read}.values())

    def tier_of(self, values: Mapping[str, Value]) -> int | None:
        """The tier for which a customer with these values qualifies, none for no tier."""
        for tier in reversed(self.tiers):
            if tier.when is None or holds(tier.when.term, values):
                return tier.index
        return None

    # --- standing -----------------------------------------------------------------------------------------

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """How each tier stands."""
        found = {tier.index: Standing.USUAL for tier in self.tiers}
        for index in self.conditions:
            found[index] = self._own_standing(index)
        # Below a tier for everyone nobody qualifies: that is said once, of that tier.
        catch_all = max((i for i, s in found.items() if s is Standing.CATCH_ALL), default=-1)
        for index in self.conditions:
            if found[index] is Standing.USUAL and self.equal_to(index) is not None:
                found[index] = Standing.SAME
            elif found[index] is Standing.USUAL and index > catch_all and self.shadows(index):
                found[index] = Standing.SHADOWED
        return found

    def _own_standing(self, index: int) -> Standing:
        if self.analysis.never(self.conditions[index]):
            return Standing.UNREACHABLE
        if index > 0 and self.analysis.never(self.conditions[index], positive=False):
            return Standing.CATCH_ALL
        return Standing.USUAL

    def usual(self, index: int) -> bool:
        """Whether customers can qualify for the tier, and not all of them do."""
        return self.standings[index] is Standing.USUAL

    def equal_to(self, index: int) -> int | None:
        """The first other tier whose condition holds of the same customers."""
        return next((i for i in self._equals.get(index, ()) if i != index), None)

    @cached_property
    def _equals(self) -> dict[int, list[int]]:
        """The tiers whose conditions are equivalent, in order, by each of them.

        Of two such tiers the higher one takes all customers of the lower one, so that few are candidates.
        """
        found: dict[int, list[int]] = {}
        for index in self.conditions:
            alike = found.setdefault(index, [index])
            if alike[0] == index and self.shadows(index):
                for other in self.conditions:
                    if other > index and self._equivalent(index, other):
                        alike.append(other)
                        found[other] = alike
        return found

    def _equivalent(self, index: int, other: int) -> bool:
        one, two = self.conditions[index], self.conditions[other]
        return self.analysis.refuted([one, self._not(other)]) and self.analysis.refuted(
            [two, self._not(index)]
        )

    def not_nested(self, index: int, below: int) -> Verdict:
        """Whether a customer can satisfy a tier and not the other one."""
        if below not in self.conditions:
            return Impossible()
        return self.analysis.decide([self.conditions[index], self._not(below)])

    def shadows(self, index: int) -> list[int]:
        """The fewest higher tiers of which each customer who satisfies this one satisfies one; none if some do not."""
        if index not in self._shadows:
            self._shadows[index] = self._covering(index)
        return self._shadows[index]

    def _covering(self, index: int) -> list[int]:
        covering: list[int] = []
        waiting = [i for i in self.conditions if i > index]
        while True:
            verdict = self.analysis.decide(
                [self.conditions[index], *map(self._not, covering)], also=self.names
            )
            if isinstance(verdict, Impossible):
                return self._fewest(index, covering)
            higher = [
                i
                for i in waiting
                if isinstance(verdict, Possible) and holds(self.conditions[i], verdict.values)
            ]
            if not higher:
                return []
            covering.append(higher[0])
            waiting.remove(higher[0])

    def _fewest(self, index: int, covering: list[int]) -> list[int]:
        for one in sorted(covering):
            rest = [i for i in covering if i != one]
            terms = [self.conditions[index], *map(self._not, rest)]
            if self.analysis.refuted(terms):
                covering = rest
        return sorted(covering)

    def _not(self, index: int) -> Term:
        return self._negated[index]

    # --- spending that lowers -----------------------------------------------------------------------------

    def demotion(self, index: int) -> Demotion | None:
        """A customer in the tier whom more of a metric puts lower, or out of it; none where none is found.

        What is bought counts in the window and since joining: of both, a ladder that reads both sees more.
        """
        try:
            return next(filter(None, (self._demoted(index, metric) for metric in METRICS)), None)
        except TooLarge:
            self.analysis.undecided += 1
            return None

    def _raised(self, metric: str) -> dict[int, int]:
        """The variables of a metric that the ladder reads, each with the variable of its value after a purchase."""
        space = self.analysis.space
        read = {space.same.get(name.path, name.path): name for name in self.names}
        return {
            space.variable(path, name.type): space.variable("more." + path, name.type)
            for path, name in read.items()
            if path.removeprefix(LIFETIME) == metric
        }

    def _demoted(self, index: int, metric: str) -> Demotion | None:
        own, raised = self.analysis.formula(self.conditions[index]), self._raised(metric)
        if all(_rises(own, variable) for variable in raised):
            return None
        axioms = [axiom.formula for axiom in self.analysis.axioms_of(self.names)]
        formulas: list[Formula] = [
            *_by_as_much(raised),
            own,
            *axioms,
            *(_replaced(axiom, raised) for axiom in axioms),
        ]
        above = [negation(self.analysis.formula(c)) for i, c in self.conditions.items() if i >= index]
        point = self._point(formulas, [*above[1:], *(_replaced(formula, raised) for formula in above)])
        return None if point is None else self._replayed(index, metric, point, raised)

    def _point(self, formulas: list[Formula], waiting: list[Formula]) -> dict[int, int] | None:
        """A point at which all formulas hold; those that wait are let in when one is found at which they fail."""
        space, budget = self.analysis.space, Budget(self.analysis.nodes)
        while True:
            try:
                point = solve(formulas, space, budget)
            except (OutOfBudget, TooLarge):
                self.analysis.undecided += 1
                return None
            if point is None:
                return None
            shown = complete(readable(point, formulas, space), waiting, space)
            failing = next((f for f in waiting if not formula_holds(f, shown)), None)
            if failing is None:
                return shown
            formulas.append(failing)
            waiting.remove(failing)

    def _replayed(
        self, index: int, metric: str, point: Mapping[int, int], raised: Mapping[int, int]
    ) -> Demotion | None:
        """The two customers as the evaluator sees them, if it sees what the formulas say."""
        before = self.analysis.space.values(point, self.names)
        later = {**point, **{now: point[more] for now, more in raised.items()}}
        after = self.analysis.space.values(later, self.names)
        lower = self.tier_of(after)
        confirmed = self.tier_of(before) == index and (lower is None or lower < index)
        changed = tuple(name for name in self.names if before[name.path] != after[name.path])
        return Demotion(metric, changed, before, after, index, lower) if confirmed else None


def _by_as_much(raised: Mapping[int, int]) -> list[Formula]:
    """Each variable is more than it was, and all by as much."""
    (now, more), *others = raised.items()
    found: list[Formula] = [at_least({more: 1, now: -1}, 1)]
    for other, other_more in others:
        terms = {more: 1, now: -1, other_more: -1, other: 1}
        found += [at_least(terms, 0), at_least({v: -c for v, c in terms.items()}, 0)]
    return found


def _rises(formula: Formula, variable: int) -> bool:
    """Whether more of the variable can never make the formula fail, as its atoms show."""
    match formula:
        case Within(variable=v, values=values):
            return v != variable or (len(values) == 1 and values[0][1] == FAR)
        case AtLeast(terms=terms):
            return all(c > 0 for v, c in terms if v == variable)
        case All(parts=parts) | AnyOf(parts=parts):
            return all(_rises(part, variable) for part in parts)


def _replaced(formula: Formula, variables: Mapping[int, int]) -> Formula:
    """The formula with other variables in the place of some."""
    match formula:
        case Within(variable=variable, values=values):
            return Within(variables.get(variable, variable), values)
        case AtLeast(terms=terms, bound=bound):
            return AtLeast(tuple(sorted((variables.get(v, v), c) for v, c in terms)), bound)
        case All(parts=parts):
            return All(tuple(_replaced(part, variables) for part in parts))
        case AnyOf(parts=parts):
            return AnyOf(tuple(_replaced(part, variables) for part in parts))
