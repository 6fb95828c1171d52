"""Ladders that are past all reason are answered, or honestly not."""

from __future__ import annotations

import pytest

from tiercel.compiler.analysis.decide import Analysis
from tiercel.compiler.analysis.formula import Within
from tiercel.compiler.diff.change import Verdict
from tiercel.compiler.diff.compare import compare
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.model.tree import Program

_HEADER = "tiercel: 1\nprogram: {name: Corner Shop, currency: CAD}\nvip:\n  window: calendar_year\n  tiers:\n"


def ladder(*conditions: str) -> Program:
    """The program whose tiers above the first have these conditions, checked by all lints."""
    tiers = ["{id: t, name: T}"]
    tiers += [f"{{id: t{i}, name: N{i}, when: '{c}'}}" for i, c in enumerate(conditions)]
    text = _HEADER + "".join(f"    - {tier}\n" for tier in tiers)
    program = compile_bytes("shop.yaml", text.encode()).program
    assert program is not None
    return program


def verdict(old: Program, new: Program) -> Verdict:
    return compare(old, new, 1000).parts[0].verdict


def nested(depth: int, operator: str) -> str:
    condition = "orders >= 1"
    for n in range(depth):
        condition = f"({condition}) {'and' if n % 2 else 'or'} spend {operator} {n + 1}"
    return condition


def test_a_number_of_thirty_digits() -> None:
    old, new = ladder("spend >= " + "9" * 30), ladder("spend >= 1" + "0" * 29)
    assert verdict(old, new) is Verdict.ONLY_BETTER


def test_a_number_of_a_hundred_and_twenty_digits_is_not_decided() -> None:
    old, new = ladder("orders >= " + "9" * 120), ladder("orders >= 1" + "0" * 119)
    assert verdict(old, new) is Verdict.UNKNOWN


@pytest.mark.parametrize("depth", [20, 30])
def test_deep_nesting(depth: int) -> None:
    assert verdict(ladder(nested(depth, ">=")), ladder(nested(depth, ">"))) is Verdict.ONLY_WORSE


def test_deep_negation() -> None:
    def negated(depth: int) -> str:
        return "not (" * depth + "spend >= 3" + ")" * depth

    assert verdict(ladder(negated(22)), ladder(negated(20))) is Verdict.EQUIVALENT


def test_a_long_list_of_values_is_one_atom() -> None:
    program = ladder(" or ".join(f"spend == {n}" for n in range(1, 250)))
    analysis = Analysis(program)
    formula = analysis.formula(analysis.ladder.conditions[1])
    assert isinstance(formula, Within)
    assert len(formula.values) == 249


def test_many_tags() -> None:
    tags = [f'customer.tags has "tag-{n}"' for n in range(100)]
    old = [" and ".join(tags[:40]), " or ".join(tags[40:80])]
    assert verdict(ladder(*old), ladder(" or ".join(tags[:40]), old[1])) is Verdict.ONLY_BETTER
    assert verdict(ladder(*old), ladder(" and ".join(reversed(tags[:40])), old[1])) is Verdict.EQUIVALENT
