"""The conformance cases of what is refused or remarked on: `invalid/`, where the folder is present."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tiercel.compiler.diagnostics import Diagnostic, Severity
from tiercel.compiler.driver import Compilation, compile_bytes

INVALID = Path(__file__).parents[3] / "shared" / "conformance" / "invalid"
CASES = sorted(INVALID.glob("*.yaml")) if INVALID.exists() else []


def expectation(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".expect").read_text(encoding="utf-8"))


def lines(compilation: Compilation, diagnostic: Diagnostic) -> set[int]:
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    return {compilation.source.line(span.start) for span in spans}


def says(diagnostic: Diagnostic, pattern: str) -> bool:
    texts = [diagnostic.message, diagnostic.help or "", *(label.message for label in diagnostic.labels)]
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)


def fits(compilation: Compilation, diagnostic: Diagnostic, expected: dict[str, Any]) -> bool:
    """Whether a diagnostic has the severity and name of a case, and one of its lines, and says what it promises."""
    named = diagnostic.name == expected.get("name", diagnostic.name)
    wanted = {*expected["lines"], *expected.get("lines_any", [])}
    there = not wanted or bool(wanted & lines(compilation, diagnostic))
    promised = all(says(diagnostic, pattern) for pattern in expected.get("mentions", []))
    return diagnostic.severity.value == expected["severity"] and named and there and promised


@pytest.mark.skipif(not CASES, reason="the conformance cases are not beside the project")
def test_there_are_cases() -> None:
    assert len(CASES) > 50


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_invalid(path: Path) -> None:
    expected = expectation(path)
    compilation = compile_bytes(path.name, path.read_bytes())
    found = compilation.diagnostics
    errors = [d.name for d in found if d.severity is Severity.ERROR]
    assert bool(errors) == (expected["severity"] == "error"), errors
    assert not {d.name for d in found} & set(expected.get("absent", []))
    fitting = [d for d in found if fits(compilation, d, expected)]
    assert fitting or expected["severity"] == "none", found
    assert set(expected["lines"]) <= {line for d in fitting for line in lines(compilation, d)}
