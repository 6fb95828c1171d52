"""What is said of random ladders as a whole, against every customer of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tiercel.compiler.analysis.axioms import LIFETIME, METRICS
from tiercel.compiler.analysis.budget import Budget
from tiercel.compiler.analysis.core import MOST_TOGETHER, clauses, conflict, needed_axioms
from tiercel.compiler.analysis.dead import dead_clauses, reasons
from tiercel.compiler.analysis.decide import Analysis, Impossible, Possible
from tiercel.compiler.analysis.evaluate import Value, holds
from tiercel.compiler.analysis.ladder import Ladder, Standing
from tiercel.compiler.analysis.solve import solve
from tiercel.compiler.model.condition import And, Not, Or, Term, references

from .ladders import ALL_METRICS, Drawn, conditions, grid, ladders, there_can_be
from .names import budget

Customers = list[dict[str, Value]]
_MOST = 8  # of a metric, where several relate


class Asked:
    """A drawn ladder, its analysis and its customers."""

    def __init__(self, drawn: Drawn, most: int | None = None) -> None:
        self.window = drawn.window
        program = drawn.program()
        self.analysis = Analysis(program)
        self.ladder = Ladder(self.analysis)
        self.conditions = self.ladder.conditions
        self.customers: Customers = list(grid(drawn.window, self.ladder.names, most))

    def qualifying(self, index: int) -> set[int]:
        """The customers for whom a tier's condition holds."""
        return {i for i, c in enumerate(self.customers) if holds(self.conditions[index], c)}


@budget(0.4)
@given(ladders())
def test_standings(drawn: Drawn) -> None:
    asked = Asked(drawn)
    who = {index: asked.qualifying(index) for index in asked.conditions}
    catch_all = max((i for i in who if i > 0 and len(who[i]) == len(asked.customers)), default=-1)
    for index, standing in asked.ladder.standings.items():
        if index not in who:
            assert standing is Standing.USUAL
        elif not who[index]:
            assert standing is Standing.UNREACHABLE
        elif index > 0 and len(who[index]) == len(asked.customers):
            assert standing is Standing.CATCH_ALL
        elif any(who[other] == who[index] for other in who if other != index):
            assert standing is Standing.SAME
        elif index > catch_all and who[index] <= set().union(*(who[i] for i in who if i > index)):
            assert standing is Standing.SHADOWED
        else:
            assert standing is Standing.USUAL


@budget(0.4)
@given(ladders())
def test_which_tiers_leave_nobody_and_which_are_equal(drawn: Drawn) -> None:
    asked = Asked(drawn)
    who = {index: asked.qualifying(index) for index in asked.conditions}
    for index in who:
        higher = [i for i in who if i > index]
        shadows = asked.ladder.shadows(index)
        if who[index]:
            covered = who[index] <= set().union(*(who[i] for i in higher))
            assert bool(shadows) == covered
            assert set(shadows) <= set(higher)
            assert not shadows or who[index] <= set().union(*(who[i] for i in shadows))
            for one in shadows:
                assert not who[index] <= set().union(*(who[i] for i in shadows if i != one))
            equal = next((i for i in who if i != index and who[i] == who[index]), None)
            assert asked.ladder.equal_to(index) == equal
        for below in (i for i in who if i < index):
            verdict = asked.ladder.not_nested(index, below)
            assert isinstance(verdict, Possible | Impossible)
            assert isinstance(verdict, Impossible) == (who[index] <= who[below])


# --- demotions ------------------------------------------------------------------------------------------------


@budget(0.3)
@given(ladders(ALL_METRICS, related=True) | ladders(related=True))
def test_demotions(drawn: Drawn) -> None:
    asked = Asked(drawn, _MOST if "lifetime" in drawn.text() else None)
    assume(len(asked.customers) < 3_000)
    lowering = set(demoted(asked))
    for tier in asked.conditions:
        found = asked.ladder.demotion(tier)
        assert not asked.analysis.undecided
        assert (found is not None) or tier not in lowering
        if found is not None:
            assert there_can_be(found.before, drawn.window)
            assert there_can_be(found.after, drawn.window)
            assert asked.ladder.tier_of(found.before) == found.tier == tier
            assert asked.ladder.tier_of(found.after) == found.lower
            assert found.lower is None or found.lower < tier
            assert [name.path for name in found.changed] == more_of(asked, found.metric)
            assert len({by_how_much(found.before, found.after, name.path) for name in found.changed}) == 1
            assert all(
                found.before[n.path] == found.after[n.path]
                for n in asked.ladder.names
                if n not in found.changed
            )


def demoted(asked: Asked) -> Iterator[int]:
    """The tiers out of which more of a metric leads downwards, for some customer of the grid."""
    tiers = {tuple(customer.values()): asked.ladder.tier_of(customer) for customer in asked.customers}
    for metric in METRICS:
        raised = more_of(asked, metric)
        for customer in asked.customers if raised else []:
            tier = tiers[tuple(customer.values())]
            for more in range(1, _MOST + 1):
                later = {path: value + more if path in raised else value for path, value in customer.items()}  # type: ignore[operator]
                if tier is not None and tuple(later.values()) in tiers:
                    after = tiers[tuple(later.values())]
                    if after is None or after < tier:
                        yield tier


def more_of(asked: Asked, metric: str) -> list[str]:
    return [name.path for name in asked.ladder.names if name.path.removeprefix(LIFETIME) == metric]


def by_how_much(before: Mapping[str, Value], after: Mapping[str, Value], path: str) -> int:
    was, now = before[path], after[path]
    assert isinstance(was, int)
    assert isinstance(now, int)
    assert now > was
    return now - was


# --- conflicts ------------------------------------------------------------------------------------------------


@st.composite
def several(draw: st.DrawFn) -> Drawn:
    """A ladder whose one condition is several parts joined by `and`."""
    drawn = draw(ladders())
    read = draw(st.lists(st.sampled_from(list(ALL_METRICS)), min_size=1, max_size=3, unique=True))
    parts = draw(st.lists(conditions(read, 1), min_size=2, max_size=5))
    return Drawn(drawn.window, (None, " and ".join(f"({part})" for part in parts)))


@budget(0.4)
@given(several())
def test_conflicts(drawn: Drawn) -> None:
    asked = Asked(drawn)
    assume(not asked.qualifying(1))
    term = asked.conditions[1]
    found = conflict(asked.analysis, [term])
    every = list(clauses(term))
    assert all(any(one is clause or one == clause for clause in every) for one in found)
    assert not satisfied(found, asked)
    for size in range(len(found)):
        assert all(satisfied(some, asked) for some in combinations(found, size))
    if len(found) <= MOST_TOGETHER:
        for size in range(1, len(found)):
            assert all(satisfied(some, asked) for some in combinations(every, size))
    axioms = needed_axioms(asked.analysis, found)
    formulas = [asked.analysis.formula(clause) for clause in found]
    assert impossible(asked, formulas + [axiom.formula for axiom in axioms])
    for axiom in axioms:
        assert not impossible(asked, formulas + [other.formula for other in axioms if other is not axiom])


def satisfied(terms: Sequence[Term], asked: Asked) -> bool:
    """Whether a customer of the grid has all terms; axioms are about names that these terms read."""
    names = [name for term in terms for name in references(term)]
    return any(all(holds(term, customer) for term in terms) for customer in grid(asked.window, names))


def impossible(asked: Asked, formulas: list) -> bool:
    return solve(formulas, asked.analysis.space, Budget(asked.analysis.nodes)) is None


# --- dead clauses ---------------------------------------------------------------------------------------------


@budget(0.4)
@given(ladders())
def test_dead_clauses(drawn: Drawn) -> None:
    asked = Asked(drawn)
    for index, term in asked.conditions.items():
        who = asked.qualifying(index)
        found = dead_clauses(asked.analysis, term)
        rest = without(term, found)
        assert rest is not None
        assert means(rest, asked) == who
        # Nothing else can be deleted.
        for clause in operands(term):
            left = without(term, [*found, clause])
            gone = any(within(clause, other) for other in found)
            assert gone or left is None or means(left, asked) != who
        for clause in found:
            assert all(not within(reason, clause) for reason in reasons(asked.analysis, term, clause))


@pytest.mark.parametrize(
    ("condition", "dead"),
    [
        ("not (spend >= 3) and not (spend >= 5)", ["not (spend >= 5)"]),
        ("not (spend >= 5) or not (spend >= 3)", ["not (spend >= 3)"]),
        # The first deletion makes way for the other one.
        ("(spend >= 5 or spend < 3) and spend >= 3", ["spend < 3", "spend >= 3"]),
    ],
)
def test_clauses_that_can_go_together(condition: str, dead: list[str]) -> None:
    program = Drawn("by year", (None, condition)).program()
    analysis = Analysis(program)
    found = dead_clauses(analysis, analysis.ladder.conditions[1])
    assert [program.source.text[clause.span.start : clause.span.end] for clause in found] == dead


def means(term: Term, asked: Asked) -> set[int]:
    return {i for i, customer in enumerate(asked.customers) if holds(term, customer)}


def operands(term: Term) -> Iterator[Term]:
    """The operands of every `and` and `or`."""
    if isinstance(term, Not):
        yield from operands(term.operand)
    if isinstance(term, And | Or):
        for part in term.parts:
            yield part
            yield from operands(part)


def without(term: Term, deleted: Sequence[Term]) -> Term | None:
    """The term without some clauses, none where nothing is left."""
    if any(term is clause for clause in deleted):
        return None
    if isinstance(term, Not):
        left = without(term.operand, deleted)
        return None if left is None else Not(left, term.span)
    if isinstance(term, And | Or):
        parts = tuple(left for part in term.parts if (left := without(part, deleted)) is not None)
        return parts[0] if len(parts) == 1 else type(term)(parts, term.span) if parts else None
    return term


def within(clause: Term, of: Term) -> bool:
    return clause is of or any(clause is part for part in operands(of))
