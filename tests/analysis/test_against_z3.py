"""Verdicts against those of Z3, which is told all axioms over all names: also of those that a question does not read.

`TIERCEL_FORMULAS` sets how many questions are tried.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import assume, given

from tiercel.compiler.analysis.decide import Possible
from tiercel.compiler.analysis.evaluate import NO_DATE, Value, holds
from tiercel.compiler.model.condition import Term, Type, references
from tiercel.compiler.model.tree import Program, WindowKind

from .deciding import closes, decided, fitting
from .terms import ASKED, CHOICES, PROGRAM_NAMES, PROGRAMS, TYPES, budget
from .z3_terms import Names, always, is_counted_up, pinned, satisfiable, truth


def known(program: Program, read: set[str]) -> list[Any]:
    """What always holds under the program, for Z3."""
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


def assert_possible(terms: list[Term], values: dict[str, Value], axioms: list[Any]) -> None:
    """The case is one that there can be, whatever the names that were not read: all axioms can hold of it."""
    for path, value in values.items():
        assert_in_range(path, value)
    assert all(holds(term, values) for term in terms)
    assert satisfiable([*axioms, *pinned(values, Names())]) is not False


def assert_impossible(terms: list[Term], axioms: list[Any]) -> None:
    """Z3 finds no case either."""
    names = Names()
    answer = satisfiable([*axioms, *(truth(term, names) for term in terms)])
    assume(answer is not None)
    assert not answer


@budget()
@given(PROGRAM_NAMES, ASKED)
def test_agrees_with_z3(name: str, drawn: list[Term]) -> None:
    program = PROGRAMS[name]
    terms = fitting(drawn, program)
    read = {name.path for term in terms for name in references(term)}
    verdict = decided(program, terms)
    if isinstance(verdict, Possible):
        assert verdict.values.keys() == read
        assert_possible(terms, dict(verdict.values), known(program, read))
    else:
        assert_impossible(terms, known(program, read))
