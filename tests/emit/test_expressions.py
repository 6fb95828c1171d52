"""Conditions as Python expressions: they mean what the condition means, and are laid out as a formatter would."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

import tiercel
from tiercel.compiler.emit.conditions import condition_expression
from tiercel.compiler.emit.expressions import truth
from tiercel.compiler.emit.flat import flat
from tiercel.compiler.emit.writer import Writer
from tiercel.compiler.model.condition import Condition
from tiercel.tests.emit.terms import conditions, facts, variables
from tiercel.tests.reference.conditions import holds

CONFIG = Path(tiercel.__file__).parent / "pyproject.toml"
slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
few = settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=slow)


def written(node: ast.expr) -> str:
    """A module with the expression as a result, and as what decides a branch."""
    writer = Writer()
    with writer.function("result", [], "bool"):
        writer.expression("return ", node)
    writer.gap()
    with writer.function("branch", [], "int"):
        with writer.branch(node):
            writer.line("return 1")
        writer.line("return 0")
    return writer.text()


@few
@given(conditions(), facts())
def test_expression_means_what_the_condition_means(condition: Condition, values: dict[str, Any]) -> None:
    text = flat(condition_expression(condition))
    result = eval(text, variables(values))
    assert result is holds(condition, values), text


@few
@given(conditions())
def test_layout_keeps_the_expression(condition: Condition) -> None:
    node = condition_expression(condition)
    expected = ast.dump(ast.parse(ast.unparse(node), mode="eval").body)
    assert ast.dump(ast.parse(flat(node), mode="eval").body) == expected
    result, branch = ast.parse(written(node)).body
    assert ast.dump(result.body[0].value) == expected
    assert ast.dump(branch.body[0].test) == expected


@few
@given(conditions())
def test_no_fractions_no_floats_no_condition_text(condition: Condition) -> None:
    node = condition_expression(condition)
    for child in ast.walk(node):
        if isinstance(child, ast.Constant):
            assert type(child.value) in (bool, int, str)
    assert condition.text not in flat(node)


@few
@given(conditions())
def test_what_always_holds_is_folded(condition: Condition) -> None:
    node = condition_expression(condition)
    if truth(node) is None:
        assert not any(truth(child) is not None for child in ast.walk(node) if isinstance(child, ast.expr))


def test_formatter_changes_no_layout() -> None:
    modules: set[str] = set()

    @settings(few, max_examples=400)
    @given(conditions())
    def collect(condition: Condition) -> None:
        modules.add(written(condition_expression(condition)))

    collect()
    text = "\n\n".join(sorted(modules))
    assert len(modules) > 100
    command = [sys.executable, "-m", "ruff", "format", "--no-cache", "--config", str(CONFIG), "-"]
    formatted = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    assert formatted.splitlines() == text.splitlines()
