"""Conditions that mean the same get the same verdict, and every case holds of the condition as it was.

`TIERCEL_FORMULAS` sets how many conditions are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.analysis.decide import Possible
from tiercel.compiler.analysis.evaluate import holds
from tiercel.compiler.model.condition import (
    Among,
    And,
    Comparison,
    Constant,
    Not,
    Or,
    Reference,
    Term,
    Type,
)
from tiercel.compiler.model.types import NUMBERS, type_of

from .deciding import decided, fitting
from .terms import ASKED, NOWHERE, PROGRAM_NAMES, PROGRAMS, budget, compared, joined, negation, product

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

Rewrite = Callable[[Term], Term]


def everywhere(rewrite: Rewrite, term: Term) -> Term:
    """The term with `rewrite` applied to every truth-valued part, inner ones first."""
    match term:
        case And() | Or():
            term = joined(type(term), [everywhere(rewrite, part) for part in term.parts])
        case Not():
            term = negation(everywhere(rewrite, term.operand))
        case Comparison() if type_of(term.left) is Type.BOOLEAN:
            sides = (everywhere(rewrite, term.left), everywhere(rewrite, term.right))
            term = compared(term.operator, *sides)
    return rewrite(term)


def de_morgan(term: Term) -> Term:
    """`not (not a or not b)` for `a and b`, and the other way round."""
    if isinstance(term, And | Or):
        return negation(joined(Or if isinstance(term, And) else And, map(negation, term.parts)))
    return term


def reordered(term: Term) -> Term:
    """The parts in the opposite order, the sides of comparisons changed over."""
    if isinstance(term, And | Or):
        return joined(type(term), reversed(term.parts))
    if isinstance(term, Comparison):
        return compared(MIRRORED[term.operator], term.right, term.left)
    return term


def doubly_negated(term: Term) -> Term:
    """`not not a`."""
    return negation(negation(term))


def scaled(term: Term) -> Term:
    """Both sides of a comparison of numbers times 3.5, of money times 7."""
    if not isinstance(term, Comparison) or type_of(term.left) not in NUMBERS:
        return term
    money = type_of(term.left) is Type.MONEY
    sides = [times(Fraction(7) if money else Fraction(7, 2), side) for side in (term.left, term.right)]
    return compared(term.operator, *sides)


def times(factor: Fraction, side: Term) -> Term:
    """A product; of a literal, one literal."""
    if not isinstance(side, Constant):
        return product(factor, side)
    value = factor * Fraction(side.value)
    kind = Type.DECIMAL if value.denominator > 1 and side.type is Type.INTEGER else side.type
    return Constant(kind, int(value) if value.denominator == 1 else value, NOWHERE)


def turned_round(term: Term) -> Term:
    """`not (x >= k)` for `x < k`; not of dates, which may not be given."""
    if isinstance(term, Comparison) and type_of(term.left) is not Type.DATE:
        return negation(compared(OPPOSITE[term.operator], term.left, term.right))
    return term


def spelt_out(term: Term) -> Term:
    """`x == a or x == b` for `x in [a, b]`."""
    if not isinstance(term, Among):
        return term
    sign, kind = ("!=", And) if term.negated else ("==", Or)
    parts = [compared(sign, term.operand, value) for value in term.values]
    return parts[0] if len(parts) == 1 else joined(kind, parts)


def listed(term: Term) -> Term:
    """`x in [a]` for `x == a`."""
    match term:
        case Comparison(operator="==" | "!=" as sign, left=Reference() as name, right=Constant() as literal):
            whole = name.type is not Type.INTEGER or literal.type is Type.INTEGER
            if name.type is not Type.BOOLEAN and whole:
                return Among(sign == "!=", name, (literal,), NOWHERE)
    return term


REWRITES = [de_morgan, reordered, doubly_negated, scaled, turned_round, spelt_out, listed]


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda rewrite: rewrite.__name__)
def test_the_verdict_stays(rewrite: Rewrite) -> None:
    @budget(0.3)
    @given(PROGRAM_NAMES, ASKED)
    def check(name: str, drawn: list[Term]) -> None:
        program = PROGRAMS[name]
        terms = fitting(drawn, program)
        others = [everywhere(rewrite, term) for term in terms]
        one, other = decided(program, terms), decided(program, others)
        assert type(one) is type(other)
        for verdict in (one, other):
            if isinstance(verdict, Possible):
                assert all(holds(term, verdict.values) for term in (*terms, *others))

    check()


@budget(0.5)
@given(PROGRAM_NAMES, ASKED, st.randoms(use_true_random=False))
def test_the_order_of_terms_does_not_matter(name: str, drawn: list[Term], random: Random) -> None:
    terms = fitting(drawn, PROGRAMS[name])
    others = random.sample(terms, len(terms))
    assert type(decided(PROGRAMS[name], terms)) is type(decided(PROGRAMS[name], others))
