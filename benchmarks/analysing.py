"""Deciding conditions: the lints of whole ladders, and single questions against Z3."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise

import z3

from tiercel.compiler.analysis.budget import Budget
from tiercel.compiler.analysis.decide import Analysis
from tiercel.compiler.analysis.formula import All, AtLeast, Formula, Within, variables
from tiercel.compiler.analysis.solve import solve
from tiercel.compiler.analysis.space import Space
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.lint import run_lints
from tiercel.compiler.model.condition import Not
from tiercel.compiler.model.tree import Program

from .measure import Row, in_turn, median_ratio
from .programs import ladder_of

BARS = {5: 60, 20: 120, 100: 600}
ASKED = 20  # tiers of the ladder whose questions Z3 is asked too
NODES = 10_000


def rows(rounds: int) -> Iterator[Row]:
    """Milliseconds for all lints of 5, 20 and 100 tiers; then what Z3 takes for the questions behind them."""
    for tiers, bar in BARS.items():
        program = _program(tiers)
        assert not list(run_lints(program)), "the ladder is to be in order"
        (samples,) = in_turn([lambda p=program: _lint_afresh(p)], rounds, f"lints of {tiers} tiers")
        milliseconds = statistics.median(samples) / 1e6
        yield Row(
            f"lints of a ladder of {tiers} tiers, ms of CPU", milliseconds, bar, True, f"{len(samples)} runs"
        )
    yield _against_z3(_program(ASKED), rounds)


def _program(tiers: int) -> Program:
    program = compile_bytes("ladder.yaml", ladder_of(tiers).encode()).program
    assert program is not None
    return program


def _lint_afresh(program: Program) -> None:
    """All lints of an equal program that is not the same one, so that nothing is known of it yet."""
    list(run_lints(replace(program)))


# --- Z3 -------------------------------------------------------------------------------------------------------


def _questions(program: Program) -> tuple[Space, list[list[Formula]]]:
    """What the lints ask of a ladder: can a tier be reached, does it imply the one below, is it covered from above."""
    analysis = Analysis(program)
    terms = [tier.when.term for tier in program.tiers if tier.when]
    asked = [[term] for term in terms] + [[Not(term, term.span)] for term in terms]
    asked += [[high, Not(low, low.span)] for low, high in pairwise(terms)]
    asked += [[low, *(Not(high, high.span) for high in terms[i + 1 :])] for i, low in enumerate(terms)]
    axioms = [axiom.formula for axiom in analysis.axioms_of(analysis.ladder.names)]
    return analysis.space, [[*map(analysis.formula, question), *axioms] for question in asked]


def _against_z3(program: Program, rounds: int) -> Row:
    """The same formulas on both sides; Z3's are translated ahead."""
    space, questions = _questions(program)
    prepared = [_for_z3(space, question) for question in questions]

    def ours() -> list[bool]:
        return [solve(question, space, Budget(NODES)) is not None for question in questions]

    def theirs() -> list[bool]:
        return [_check(goal) for goal in prepared]

    assert ours() == theirs(), "Z3 decides otherwise"
    mine, other = in_turn([ours, theirs], rounds, "questions to Z3")
    figures = (
        f"{statistics.median(other) / 1e3 / len(questions):.0f} µs and "
        f"{statistics.median(mine) / 1e3 / len(questions):.0f} µs a question; {len(questions)} questions, "
        f"z3-solver {version('z3-solver')}"
    )
    return Row(f"Z3 ÷ ours, the questions of {ASKED} tiers", median_ratio(other, mine), 1, False, figures)


def _check(goal: Sequence[z3.BoolRef]) -> bool:
    solver = z3.Solver()
    solver.add(*goal)
    return bool(solver.check() == z3.sat)


def _for_z3(space: Space, formulas: Sequence[Formula]) -> list[z3.BoolRef]:
    read = sorted(set().union(*map(variables, formulas)))
    ranges: list[Formula] = [Within(v, space.domains[v]) for v in read]
    return [_translated(formula) for formula in (*ranges, *formulas)]


def _translated(formula: Formula) -> z3.BoolRef:
    match formula:
        case Within(variable=variable, values=values):
            x = z3.Int(str(variable))
            return z3.Or(*(z3.And(x >= low, x <= high) for low, high in values))
        case AtLeast(terms=terms, bound=bound):
            return z3.Sum(*(c * z3.Int(str(v)) for v, c in terms)) >= bound
        case _:
            parts = [_translated(part) for part in formula.parts]
            return z3.And(*parts) if isinstance(formula, All) else z3.Or(*parts)
