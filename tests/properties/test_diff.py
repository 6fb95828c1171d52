"""A program compared with itself is equivalent, however it is laid out; comparisons of any two end, and read well."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.diff.change import Difference, Verdict
from tiercel.compiler.diff.compare import PARTS, compare
from tiercel.compiler.diff.pairing import versions
from tiercel.compiler.driver import compile_file
from tiercel.compiler.model.digest import meaning
from tiercel.compiler.model.tree import Program
from tiercel.compiler.report import diff_json, diff_markdown, diff_text
from tiercel.tests.model.rewriting import rewritten
from tiercel.tests.properties.compiled import compile_text
from tiercel.tests.properties.strategies import programs
from tiercel.tests.properties.yaml_text import yaml_text

PROGRAMS = sorted(
    path for path in (Path(__file__).parents[2] / "programs").glob("*.yaml") if ".test." not in path.name
)


def assert_equivalent(old: Program, new: Program) -> None:
    found = compare(old, new, 1000)
    assert found.verdict is Verdict.EQUIVALENT
    assert [part.verdict for part in found.parts] == [Verdict.EQUIVALENT] * len(PARTS)
    # Each part sees so itself too, without being told that the versions mean the same.
    for name, find in PARTS:
        assert find(versions(old, new, 1000)).changes == (), name


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_is_equivalent_to_itself(path: Path) -> None:
    program = compile_file(path).program
    assert program is not None
    assert_equivalent(program, program)


@given(programs(), st.integers(0, 2**32))
@settings(max_examples=50)
def test_a_layout_is_no_difference(declared: dict, seed: int) -> None:
    text = yaml_text(declared)
    program, _ = compile_text(text)
    again, _ = compile_text(rewritten(program.document.root, random.Random(seed)))
    assert_equivalent(program, again)


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[dict, dict]:
    old = draw(programs())
    return old, draw(programs(like=old) if draw(st.booleans()) else programs())


@given(two_versions())
@settings(max_examples=50)
def test_any_two_versions(declared: tuple[dict, dict]) -> None:
    old, new = (compile_text(yaml_text(version))[0] for version in declared)
    found = compare(old, new, 1000)
    if meaning(old) == meaning(new):
        assert found.verdict is Verdict.EQUIVALENT
    assert_written(found)


def assert_written(found: Difference) -> None:
    assert json.loads(diff_json.render(found))["verdict"] == found.verdict.value
    for text in (diff_text.render(found), diff_markdown.render(found, "old.yaml", "new.yaml")):
        assert found.verdict.value in text
        assert all(line.isprintable() for line in text.split("\n"))


@given(two_versions())
@settings(max_examples=50)
def test_both_ways(declared: tuple[dict, dict]) -> None:
    old, new = (compile_text(yaml_text(version))[0] for version in declared)
    there, back = compare(old, new, 1000), compare(new, old, 1000)
    for one, other in zip(there.parts, back.parts, strict=True):
        assert len(one.changes) == len(other.changes)
        assert tally(one, True) == tally(other, False)
        assert tally(one, False) == tally(other, True)


def tally(part, better: bool) -> int:
    return sum(change.better is better for change in part.changes)
