"""Verdicts against those of Z3, which is told all axioms over all names: also of those that a question does not read.

`TIERCEL_FORMULAS` sets how many questions are tried.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import assume, given

from tiercel.compiler.analysis.budget import Budget
from tiercel.compiler.analysis.decide import NODES, Analysis, Possible, Unknown, Verdict
from tiercel.compiler.analysis.evaluate import NO_DATE, Value, holds
from tiercel.compiler.analysis.rename import rename
from tiercel.compiler.model.condition import Term, Type, references
from tiercel.compiler.model.tree import Program, WindowKind

from .terms import ASKED, CHOICES, PROGRAM_NAMES, PROGRAMS, TYPES, budget
from .z3_terms import Names, always, is_counted_up, pinned, satisfiable, truth

MOST_NODES = 0


def decided(analysis: Analysis, terms: list[Term]) -> Verdict:
    """The verdict; the most nodes that any took are noted, for whoever wants to know."""
    global MOST_NODES
    left = Budget(NODES)
    verdict = analysis.decide(terms, left)
    MOST_NODES = max(MOST_NODES, NODES - left.nodes)
    return verdict


def fitting(terms: list[Term], program: Program) -> list[Term]:
    """The terms without metrics of the window before, where no window ever closes."""
    if closes(program):
        return terms
    return [rename(term, lambda path: path.replace("previous.", "lifetime.")) for term in terms]


def closes(program: Program) -> bool:
    return program.vip is not None and program.vip.window.closes


def axioms_for_z3(program: Program, read: set[str]) -> list[object]:
    """What always holds under the program."""
    refunds_count = program.vip is None or program.vip.count_refunds
    all_time = program.vip is None or (refunds_count and program.vip.window.kind is WindowKind.LIFETIME)
    return list(always(refunds_count, closes(program), all_time, read))


def assert_in_range(path: str, value: Value) -> None:
    """The value is one that the name can have."""
    kind = TYPES[path]
    if kind in (Type.MONEY, Type.INTEGER):
        assert type(value) is int
        assert value >= 0 or not is_counted_up(path, kind)
    elif kind is Type.DECIMAL:
        assert isinstance(value, int | Fraction)
        denominator = Fraction(value).denominator
        assert 10 ** denominator.bit_length() % denominator == 0
    elif kind is Type.ONE_OF:
        assert value in CHOICES[path]
    elif kind is Type.DATE and value != NO_DATE:
        assert date.fromisoformat(str(value)).isoformat() == value
    elif kind is Type.DATE:
        assert path != "customer.joined"


def check(program: Program, terms: list[Term]) -> Verdict:
    """Ask both; the verdict where they agree."""
    verdict = decided(Analysis(program, terms), terms)
    if isinstance(verdict, Unknown):
        return verdict
    read = {name.path for term in terms for name in references(term)}
    names, known = Names(), axioms_for_z3(program, read)
    if isinstance(verdict, Possible):
        assert verdict.values.keys() == read
        for path, value in verdict.values.items():
            assert_in_range(path, value)
        assert all(holds(term, verdict.values) for term in terms)
        assert satisfiable([*known, *pinned(dict(verdict.values), names)]) is not False
    else:
        answer = satisfiable([*known, *(truth(term, names) for term in terms)])
        assume(answer is not None)
        assert not answer
    return verdict


@budget()
@given(PROGRAM_NAMES, ASKED)
def test_agrees_with_z3(name: str, terms: list[Term]) -> None:
    program = PROGRAMS[name]
    verdict = check(program, fitting(terms, program))
    assert not isinstance(verdict, Unknown)
