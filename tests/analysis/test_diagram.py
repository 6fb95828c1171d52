"""Diagrams of random ladders against the solver, and against every customer of a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from hypothesis import assume, given
from hypothesis import strategies as st

from tiercel.compiler.analysis.axioms import setting_of
from tiercel.compiler.analysis.budget import Budget
from tiercel.compiler.analysis.decide import Decider, Impossible, Possible, all_hold
from tiercel.compiler.analysis.diagram import Diagram, Ranges
from tiercel.compiler.analysis.evaluate import holds
from tiercel.compiler.analysis.formula import TRUE, formula_holds
from tiercel.compiler.analysis.intervals import FAR
from tiercel.compiler.model.condition import Not, Reference, Term, references

from .ladders import NAMES, WINDOWS, Drawn, grid, ladders
from .names import NOWHERE, budget
from .test_rewritten import REWRITES, everywhere

NODES = 100_000
_MOST_PATHS = 40

Rungs = list[Term | None]  # the conditions, highest tier first


def rungs(drawn: Drawn) -> Rungs:
    return [tier.when.term if tier.when else None for tier in reversed(drawn.program().tiers)]


class Asked:
    """Ladders of one setting, their diagram, and the decider beside it."""

    def __init__(self, window: str, *ladders: Rungs) -> None:
        self.window = window
        self.ladders = ladders
        program = Drawn(window, (None,)).program()
        terms = [term for ladder in ladders for term in ladder if term]
        choices = {f"customer.{a.name}": a.values for a in program.attributes if a.values}
        self.decider = Decider(terms, choices, setting_of(program))
        self.names: list[Reference] = [name for term in terms for name in references(term)]
        self.axioms = [axiom.formula for axiom in self.decider.axioms_of(self.names)]
        self.formulas = [
            [self.decider.formula(term) if term else TRUE for term in ladder] for ladder in ladders
        ]
        self.diagram = Diagram(self.formulas, self.axioms, self.decider.space, Budget(NODES))

    def label(self, customer: Mapping) -> tuple[int | None, ...]:
        """Of each ladder the first condition that holds of a customer."""
        return tuple(
            next((i for i, term in enumerate(ladder) if term is None or holds(term, customer)), None)
            for ladder in self.ladders
        )

    def label_at(self, point: Mapping[int, int]) -> tuple[int | None, ...]:
        """The same of a point, by the formulas."""
        return tuple(
            next((i for i, formula in enumerate(ladder) if formula_holds(formula, point)), None)
            for ladder in self.formulas
        )

    def terms(self, label: tuple[int | None, ...]) -> list[Term]:
        """What has to hold of a customer with the label."""
        found: list[Term] = []
        for ladder, chosen in zip(self.ladders, label, strict=True):
            for index, term in enumerate(ladder[: len(ladder) if chosen is None else chosen + 1]):
                found += [] if term is None else [term if index == chosen else Not(term, NOWHERE)]
        return found

    def points(self) -> Iterator[dict[int, int]]:
        """The ends of all stretches of all variables, where the axioms hold."""
        levels = self.diagram.levels
        ends = [sorted({near(end) for ends in self.diagram.stretches[v] for end in ends}) for v in levels]
        for chosen in product(*ends):
            point = dict(zip(levels, chosen, strict=True))
            if all(formula_holds(axiom, point) for axiom in self.axioms):
                yield point


def near(end: int) -> int:
    """An end that is not endless."""
    return max(-20, min(20, end)) if abs(end) == FAR else end


@st.composite
def two_ladders(draw: st.DrawFn) -> Asked:
    window, names = draw(st.sampled_from(list(WINDOWS))), draw(NAMES)
    pair = [rungs(draw(ladders(names, windows=[window]))) for _ in range(2)]
    return Asked(window, *pair)


@budget(0.4)
@given(two_ladders())
def test_classes_are_the_pairs_that_some_customer_has(asked: Asked) -> None:
    classes = asked.diagram.classes()
    assert len(set(classes)) == len(classes)
    assert set(classes) == {asked.label(customer) for customer in grid(asked.window, asked.names)}


@budget(0.2)
@given(two_ladders())
def test_classes_are_the_pairs_that_the_solver_finds(asked: Asked) -> None:
    def ends(ladder: Rungs) -> list[int | None]:
        return [*range(len(ladder)), *([] if None in ladder else [None])]

    for label in product(*map(ends, asked.ladders)):
        verdict = asked.decider.decide(asked.terms(label))
        assert isinstance(verdict, Possible | Impossible)
        assert isinstance(verdict, Possible) == (label in asked.diagram.classes())
        if isinstance(verdict, Possible):
            assert all_hold(asked.terms(label), verdict.values)


@budget(0.25)
@given(ladders(), st.lists(st.sampled_from(REWRITES), min_size=1, max_size=3))
def test_equal_ladders_have_no_class_of_different_tiers(drawn: Drawn, rewrites: list) -> None:
    old = rungs(drawn)
    new = old
    for rewrite in rewrites:
        new = [term and everywhere(rewrite, term) for term in new]
    asked = Asked(drawn.window, old, new)
    assert all(one == other for one, other in asked.diagram.classes())
    alone = Asked(drawn.window, old)
    assert len(alone.diagram.labels) == len(asked.diagram.labels)


@budget(0.25)
@given(two_ladders(), st.randoms(use_true_random=False))
def test_boxes_are_within_their_class(asked: Asked, random) -> None:
    points = list(asked.points())
    assume(len(points) < 20_000)
    for label in asked.diagram.classes():
        for path in islice(asked.diagram.paths(label), _MOST_PATHS):
            wide = asked.diagram.widest(path, label)
            assert all(v in path and a <= path[v][0] <= path[v][1] <= b for v, (a, b) in wide.items())
            inside = [point for point in points if within(asked, point, wide)]
            for point in random.sample(inside, min(len(inside), 30)):
                assert asked.label_at(point) == label


@budget(0.25)
@given(two_ladders())
def test_paths_cover_each_class(asked: Asked) -> None:
    points = list(asked.points())
    assume(len(points) < 20_000)
    paths = {label: list(asked.diagram.paths(label)) for label in asked.diagram.classes()}
    assume(sum(map(len, paths.values())) < 500)
    for point in points[:: max(1, len(points) // 200)]:
        of = [label for label, ways in paths.items() if any(within(asked, point, way) for way in ways)]
        assert of == [asked.label_at(point)]


def within(asked: Asked, point: Mapping[int, int], ranges: Ranges) -> bool:
    bounds = {v: asked.diagram.values(v, ranges) for v in ranges}
    return all(low <= point[v] <= high for v, (low, high) in bounds.items())
