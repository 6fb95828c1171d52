"""Which tier each of two ladders gives to every customer: the pairs of tiers that there are, and who is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from ..analysis.budget import Budget, OutOfBudget
from ..analysis.decide import Possible
from ..analysis.diagram import Diagram, fits
from ..analysis.evaluate import Value, holds
from ..analysis.formula import TRUE, Formula
from ..analysis.intervals import TooLarge
from ..model.condition import Not, Reference, Term
from ..model.tree import Program, Tier
from ..node import Node, node
from ..source import Span
from .both import Both, Side, read_by
from .regions import region_words

NODES = 1_000_000  # stretches that the nodes of a diagram have together, and are looked at in it
MOST_PAIRS = 2_500  # where each takes a decision of its own
MOST_REGIONS = 3
MOST_PATHS = 500

_NOWHERE = Span(0, 0)


@node
class Move(Node):
    """Customers of one tier whom the new version gives another: indexes in the old and the new ladder, none for none.

    `region` says in words who they are, where that is not too involved; `values` are one of them.
    """

    old: int | None
    new: int | None
    region: str | None
    values: Mapping[str, Value]


class Ladders:
    """The ladders of two versions, tiers by invitation aside."""

    def __init__(self, both: Both) -> None:
        self.both = both
        self.decider = both.decider
        self.sides = (both.old, both.new)
        self.rungs = [
            [tier for tier in reversed(s.program.tiers) if not tier.invite_only] for s in self.sides
        ]
        self.names: list[Reference] = read_by(
            self._condition(side, tier)
            for side, rungs in zip(self.sides, self.rungs, strict=True)
            for tier in rungs
            if tier.when
        )
        self.decided = True
        self._negated: dict[int, Term] = {}

    def moves(self) -> list[tuple[int | None, int | None]]:
        """The pairs of tiers, old and new, that some customer has; lowest first. `decided` says if these are all."""
        found = self._by_diagram() if self._diagram else self._one_by_one()
        return sorted(found, key=lambda pair: tuple(-1 if tier is None else tier for tier in pair))

    def move(self, old: int | None, new: int | None) -> Move | None:
        """A pair with a customer, replayed through the evaluator; none, and no longer `decided`, if none is found."""
        verdict = self.decider.decide(self._terms(old, new), also=self.names)
        if isinstance(verdict, Possible) and self._replays(old, new, verdict.values):
            return Move(old, new, self._region(old, new), verdict.values)
        self.decided = False
        return None

    def _replays(self, old: int | None, new: int | None, values: Mapping[str, Value]) -> bool:
        return all(
            tier_of(side.program, side.values(values)) == tier
            for side, tier in zip(self.sides, (old, new), strict=True)
        )

    # --- formulas and terms -------------------------------------------------------------------------------

    def _condition(self, side: Side, tier: Tier) -> Term:
        assert tier.when is not None
        return side.term(tier.when.term)

    def _formulas(self) -> list[list[Formula]]:
        """Of each ladder the conditions, highest tier first."""
        return [
            [self.decider.formula(self._condition(side, tier)) if tier.when else TRUE for tier in rungs]
            for side, rungs in zip(self.sides, self.rungs, strict=True)
        ]

    def _terms(self, *tiers: int | None) -> list[Term]:
        """What has to hold of a customer for whom these are the highest tiers."""
        found: list[Term] = []
        for side, rungs, chosen in zip(self.sides, self.rungs, tiers, strict=True):
            for tier in rungs:
                own = chosen is not None and tier.index == chosen
                if tier.when and (own or chosen is None or tier.index > chosen):
                    term = self._condition(side, tier)
                    found.append(term if own else self._not(term))
        return found

    def _not(self, term: Term) -> Term:
        """A term negated. Asked again, the same one, so that it is lowered once."""
        return self._negated.setdefault(id(term), Not(term, _NOWHERE))

    # --- pairs --------------------------------------------------------------------------------------------

    @cached_property
    def _diagram(self) -> Diagram | None:
        """The diagram of both ladders; none where conditions relate names, or it would be too large."""
        axioms = [axiom.formula for axiom in self.decider.axioms_of(self.names)]
        try:
            formulas = self._formulas()
            if fits(formula for ladder in formulas for formula in ladder):
                return Diagram(formulas, axioms, self.decider.space, Budget(NODES))
        except (OutOfBudget, TooLarge):
            pass
        return None

    def _by_diagram(self) -> list[tuple[int | None, int | None]]:
        diagram = self._diagram
        assert diagram is not None
        return [self._pair(label) for label in diagram.classes()]

    def _pair(self, label: object) -> tuple[int | None, int | None]:
        """The tiers of a label, which has places in the ladders."""
        assert isinstance(label, tuple)
        old, new = (
            None if at is None else rungs[at].index for rungs, at in zip(self.rungs, label, strict=True)
        )
        return old, new

    def _one_by_one(self) -> list[tuple[int | None, int | None]]:
        pairs = [(old, new) for old in _choices(self.rungs[0]) for new in _choices(self.rungs[1])]
        found = []
        for old, new in pairs[:MOST_PAIRS]:
            verdict = self.decider.decide(self._terms(old, new))
            if isinstance(verdict, Possible):
                found.append((old, new))
        self.decided = self.decided and not self.decider.undecided and len(pairs) <= MOST_PAIRS
        return found

    # --- regions ------------------------------------------------------------------------------------------

    def _region(self, old: int | None, new: int | None) -> str | None:
        diagram = self._diagram
        if diagram is None:
            return None
        label = next(label for label in diagram.classes() if self._pair(label) == (old, new))
        found: list[dict[int, tuple[int, int]]] = []
        try:
            for count, path in enumerate(diagram.paths(label)):
                if count == MOST_PATHS or len(found) > MOST_REGIONS:
                    break
                if not any(_inside(path, wide) for wide in found):
                    found.append(diagram.widest(path, label))
        except OutOfBudget:
            return None
        words = [region_words(ranges, diagram, self.both.old.program) for ranges in found[:MOST_REGIONS]]
        more = ", and further cases" if len(found) > MOST_REGIONS else ""
        return "; or ".join(words) + more


def _choices(rungs: Sequence[Tier]) -> list[int | None]:
    """The tiers that a customer may have, highest first: below one for everyone there is none, nor is there no tier."""
    found: list[int | None] = []
    for tier in rungs:
        found.append(tier.index)
        if tier.when is None:
            return found
    return [None, *found]


def _inside(ranges: Mapping[int, tuple[int, int]], wide: Mapping[int, tuple[int, int]]) -> bool:
    """Whether the wide ranges have all points of the others."""
    return all(v in ranges and a <= ranges[v][0] and ranges[v][1] <= b for v, (a, b) in wide.items())


def tier_of(program: Program, values: Mapping[str, Value]) -> int | None:
    """The tier for which a customer with these values qualifies."""
    for tier in reversed(program.tiers):
        if not tier.invite_only and (tier.when is None or holds(tier.when.term, values)):
            return tier.index
    return None
