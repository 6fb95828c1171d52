"""Whether terms can all hold of one customer and one order: proved impossible, possible with a case, or unknown.

Conditions are linear over bounded whole numbers, booleans and finite sets of texts, so every question has an answer;
it is unknown only where finding it takes more nodes than the budget has, or where a number is past all reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..model.condition import Not, Reference, Term, references
from ..model.tree import Program
from ..node import Node, node
from ..source import Span
from .axioms import Axiom, Setting, axioms, same_names, setting_of
from .budget import Budget, OutOfBudget
from .evaluate import Value, Values, holds
from .formula import Formula, negation
from .intervals import TooLarge
from .lower import lower
from .membership import Way, by_hand, moves_by_hand, ways_into
from .solve import satisfiable, solve, variables_read_once
from .space import Space
from .witness import readable

if TYPE_CHECKING:
    from .ladder import Ladder

NODES = 2_000  # for one question
ALL_NODES = (
    100_000  # for all questions about a program: thousands that are hard to answer must not take for ever
)
_NOWHERE = Span(0, 0)


@node
class Possible(Node):
    """The terms hold together: `values` is one case, by name, in the unit of each name's type."""

    values: Mapping[str, Value]


@node
class Impossible(Node):
    """No customer and order make all terms hold."""


@node
class Unknown(Node):
    """Not decided."""


Verdict = Possible | Impossible | Unknown


@node
class _Lowered(Node):
    """A term, its formula, and the names that it reads.

    `once`: its variables, where each of its atoms is about a variable of its own, and can hold and fail; else none.
    """

    term: Term
    formula: Formula
    names: tuple[Reference, ...]
    once: frozenset[int] | None


class Decider:
    """Decides questions about conditions over one space, under one setting. Everything that is found is kept."""

    def __init__(
        self, terms: Iterable[Term], choices: Mapping[str, tuple[str, ...]], setting: Setting
    ) -> None:
        """`terms` are all that will be asked about; `choices` the values of each `one_of` by its path."""
        self.setting = setting
        self.space = Space(terms, choices, same_names(setting))
        self.nodes = NODES
        self.left = ALL_NODES
        self.undecided = 0  # questions, for want of nodes or because of a number past all reason
        self._lowered: dict[int, _Lowered] = {}
        self._axioms: dict[frozenset[str], list[Axiom]] = {}
        self._refuted: dict[tuple[int, bool], bool] = {}

    def formula(self, term: Term) -> Formula:
        """The term as a formula; raises `TooLarge`."""
        return self._lower(term).formula

    def _lower(self, term: Term) -> _Lowered:
        """What is known of a term. It is kept beside that: while it is there, no other object has its identity."""
        known = self._lowered.get(id(term))
        if known is None:
            known = self._lowered[id(term)] = self._opposite(term) or self._lower_anew(term)
        return known

    def _lower_anew(self, term: Term) -> _Lowered:
        formula = lower(term, self.space)
        return _Lowered(term, formula, tuple(references(term)), variables_read_once(formula, self.space))

    def _opposite(self, term: Term) -> _Lowered | None:
        """Of a `not`, made from what is known of its operand: most are asked about both ways."""
        if not isinstance(term, Not):
            return None
        operand = self._lower(term.operand)
        return _Lowered(term, negation(operand.formula), operand.names, operand.once)

    def is_plain(self, *terms: Term) -> bool:
        """Whether each comparison in the terms can be had or not whatever becomes of the others.

        Nothing relates the names that they read: so the terms can hold together, none of them always holds, and no
        clause of them is superfluous. That is seen at once, and true of most.
        """
        read: set[int] = set()
        lowered = [self._lower(term) for term in terms]
        for one in lowered:
            if one.once is None or read & one.once:
                return False
            read |= one.once
        return not self.axioms_of(name for one in lowered for name in one.names)

    def axioms_of(self, names: Iterable[Reference]) -> list[Axiom]:
        """The axioms about the names."""
        paths = frozenset(name.path for name in names)
        if len(paths) < 2:
            return []
        if paths not in self._axioms:
            self._axioms[paths] = list(axioms(paths, self.space, self.setting))
        return self._axioms[paths]

    def decide(
        self, terms: Sequence[Term], budget: Budget | None = None, also: Sequence[Reference] = ()
    ) -> Verdict:
        """Whether all terms can hold together; with a `budget`, no more nodes than that has left are taken.

        The case that is found has values for the names of `also` too, such as go with those of the terms.
        """
        own = self._granted(budget)
        granted = own.nodes
        try:
            return self._decide(terms, own, also)
        except (OutOfBudget, TooLarge):
            self.undecided += 1
            return Unknown()
        finally:
            self._take(granted - max(own.nodes, 0), budget)

    def _granted(self, budget: Budget | None = None) -> Budget:
        """What one question may take."""
        left = min(self.nodes, self.left)
        return Budget(left if budget is None else min(left, budget.nodes))

    def _take(self, nodes: int, budget: Budget | None = None) -> None:
        self.left -= nodes
        if budget is not None:
            budget.nodes -= nodes

    def refuted(self, terms: Sequence[Term]) -> bool:
        """Whether it is proved that the terms cannot all hold; like `decide`, but looks for no case to show."""
        own = self._granted()
        granted = own.nodes
        try:
            if self.is_plain(*terms):
                return False
            formulas, _ = self._asked(terms, ())
            return not satisfiable(formulas, self.space, own)
        except (OutOfBudget, TooLarge):
            self.undecided += 1
            return False
        finally:
            self._take(granted - max(own.nodes, 0))

    def never(self, term: Term, positive: bool = True) -> bool:
        """Whether it is proved that a term never holds, or (`positive` false) that it never fails."""
        key = (id(term), positive)
        if key not in self._refuted:
            self._refuted[key] = self.refuted([term if positive else Not(term, _NOWHERE)])
        return self._refuted[key]

    def _asked(
        self, terms: Sequence[Term], also: Sequence[Reference]
    ) -> tuple[list[Formula], list[Reference]]:
        """The formulas of terms, with the axioms about the names that they read, and these names."""
        lowered = [self._lower(term) for term in terms]
        names = [*also, *(name for one in lowered for name in one.names)]
        formulas = [one.formula for one in lowered]
        return formulas + [axiom.formula for axiom in self.axioms_of(names)], names

    def _decide(self, terms: Sequence[Term], budget: Budget, also: Sequence[Reference]) -> Verdict:
        formulas, names = self._asked(terms, also)
        point = solve(formulas, self.space, budget)
        if point is None:
            return Impossible()
        values = self.space.values(readable(point, formulas, self.space), names)
        # Formulas are lowered terms: what is shown to a merchant is what the terms themselves confirm.
        return Possible(values) if all_hold(terms, values) else Unknown()


class Analysis(Decider):
    """What can be asked of the conditions of one program."""

    def __init__(self, program: Program, more: Iterable[Term] = ()) -> None:
        """`more` are terms that will be asked about and are not the program's."""
        choices = {f"customer.{a.name}": a.values for a in program.attributes if a.values}
        super().__init__((*program_terms(program), *more), choices, setting_of(program))
        self.program = program
        self._ways: dict[int, tuple[Way, ...]] = {}

    @cached_property
    def ladder(self) -> Ladder:
        """The tiers as a whole."""
        from .ladder import Ladder

        return Ladder(self)

    def ways(self, tier: int) -> tuple[Way, ...]:
        """The usual ways of being in a tier."""
        if tier not in self._ways:
            self._ways[tier] = tuple(ways_into(self.program, tier))
        return self._ways[tier]

    def decide_in_tier(self, terms: Sequence[Term], tier: int, budget: Budget | None = None) -> Verdict:
        """Whether all terms can hold of a customer who is in the tier: by metrics, kept, or given by hand."""
        verdicts: list[Verdict] = []
        for way in self.ways(tier):
            verdicts.append(self._decide_lazily((*way.terms, *terms), way.unless, budget))
            if isinstance(verdicts[-1], Possible):
                return verdicts[-1]
        if all(isinstance(v, Impossible) for v in verdicts):
            return Impossible()
        given = self.decide_if_given(terms, tier, budget) if moves_by_hand(self.program) else Unknown()
        return given if isinstance(given, Possible) else Unknown()

    def decide_if_given(self, terms: Sequence[Term], tier: int, budget: Budget | None = None) -> Verdict:
        """Whether all terms can hold of a customer who was given the tier, whatever its own condition asks for."""
        return self._decide_lazily(terms, by_hand(self.program, tier), budget)

    def _decide_lazily(self, terms: Sequence[Term], later: Sequence[Term], budget: Budget | None) -> Verdict:
        """Decide all terms; those of `later` are let in one by one, each when a case is found in which it fails."""
        active, waiting = list(terms), list(later)
        names = [name for term in later for name in references(term)]
        while True:
            verdict = self.decide(active, budget, names)
            failing = _failing(waiting, verdict)
            if failing is None:
                return verdict
            active.append(failing)
            waiting.remove(failing)


def _failing(terms: Sequence[Term], verdict: Verdict) -> Term | None:
    """The first term that fails in the case that was found."""
    if not isinstance(verdict, Possible):
        return None
    return next((term for term in terms if not holds(term, verdict.values)), None)


def all_hold(terms: Sequence[Term], values: Values) -> bool:
    """Whether every term holds of the values."""
    return all(holds(term, values) for term in terms)


def program_terms(program: Program) -> Iterator[Term]:
    """The terms of every condition of a program, the default of `exclude.items` included."""
    yield program.items_excluded.term
    stated = [program.exclude.customers, program.exclude.orders] if program.exclude else []
    stated += [condition for tier in program.tiers for condition in (tier.when, tier.retain)]
    stated += [condition for rule in program.rules for condition in (rule.when, rule.items, rule.contains)]
    yield from (condition.term for condition in stated if condition)


_latest: Analysis | None = None


def analysis_of(program: Program) -> Analysis:
    """The analysis of a program: the same one for all lints of a run, so that none decides again what another has."""
    global _latest
    found = _latest
    if found is None or found.program is not program:
        found = _latest = Analysis(program)
    return found


def can_hold(
    program: Program, terms: Sequence[Term], tier: int | None = None, budget: Budget | None = None
) -> Verdict:
    """Whether all terms can hold together: with `tier`, of a customer who is in that tier.

    Names of several items of one order are `item.…`, `item2.…` and so on (see `rename`). The values of
    `Possible` have every name that the terms read, and were checked by evaluating the terms on them. One
    decision takes at most `NODES` nodes; with a `budget`, which it draws on, no more than that has left.
    """
    analysis = analysis_of(program)
    if tier is None:
        return analysis.decide(terms, budget)
    return analysis.decide_in_tier(terms, tier, budget)


def can_hold_if_given(program: Program, terms: Sequence[Term], tier: int) -> Verdict:
    """Whether all terms can hold of a customer who was given the tier, whatever its own condition asks for."""
    return analysis_of(program).decide_if_given(terms, tier)
