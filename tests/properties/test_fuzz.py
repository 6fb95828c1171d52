"""Nothing that can be written in a file or on a line makes an exception, and what is rejected changes nothing.

`TIERCEL_FUZZ` sets how many damaged files and lines are tried.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings

from tiercel.compiler import driver
from tiercel.compiler.diagnostics import Severity
from tiercel.runtime import Ledger, Memory, customer_to_json
from tiercel.tests.properties.cases import Case, budget, cases
from tiercel.tests.properties.compiled import compile_text, load
from tiercel.tests.properties.mutations import HOSTILE_LINES, damaged_file, damaged_line

TRIES = int(os.environ.get("TIERCEL_FUZZ", "4000"))
WRITTEN = sorted((Path(__file__).parents[2] / "programs").rglob("*.yaml"))


def random_cases(count: int) -> list[Case]:
    """Some random cases, the same ones every time."""
    found: list[Case] = []

    @seed(0)
    @settings(budget(), max_examples=count, phases=[Phase.generate])
    @given(cases())
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    return found


@pytest.fixture(scope="module")
def some_cases() -> list[Case]:
    return random_cases(40)


def assert_diagnosed(content: bytes) -> None:
    """Compile, and check that the outcome is a module or an error, every place within the file."""
    compilation = driver.compile_bytes("fuzz.yaml", content)
    errors = [d for d in compilation.diagnostics if d.severity is Severity.ERROR]
    assert errors or compilation.module is not None
    if compilation.module is not None:
        assert load(compilation.module).digest == compilation.digest
    for diagnostic in compilation.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(compilation.source.text) + 1
        assert diagnostic.message
        assert "\n" not in diagnostic.message


def test_damaged_files_are_diagnosed(some_cases: list[Case]) -> None:
    texts = [path.read_text("utf-8") for path in WRITTEN] + [case.parts[0].program for case in some_cases]
    rng = random.Random(1)
    for _ in range(TRIES // 2):
        content = damaged_file(rng, rng.choice(texts))
        try:
            assert_diagnosed(content)
        except Exception as problem:
            raise AssertionError(f"on {content!r}") from problem


def everything(ledger: Ledger, book: Memory) -> list[dict[str, Any]]:
    """All that is remembered of every member."""
    return [customer_to_json(customer, book.programs) for customer in ledger.members()]


def apply_unharmed(ledger: Ledger, book: Memory, line: str) -> dict[str, Any]:
    """The outcome of a line; checks that it is one, and that a rejection changes nothing."""
    before = everything(ledger, book)
    outcome = ledger.apply_line(line)
    assert outcome["outcome"] in ("applied", "duplicate", "rejected")
    if outcome["outcome"] == "rejected":
        assert outcome["reason"]
        assert outcome["message"]
    if outcome["outcome"] != "applied":
        assert everything(ledger, book) == before
    json.dumps(outcome)
    return outcome


def test_damaged_lines_are_rejected_or_applied(some_cases: list[Case]) -> None:
    rng = random.Random(2)
    for _ in range(max(1, TRIES // 100)):
        part = rng.choice(some_cases).parts[0]
        book = Memory()
        ledger = Ledger(compile_text(part.program)[1], book=book)
        for event in part.events:
            spoilt = [damaged_line(rng, event) for _ in range(3)]
            for line in [*spoilt, json.dumps(event), damaged_line(rng, rng.choice(part.events))]:
                try:
                    apply_unharmed(ledger, book, line)
                except Exception as problem:
                    raise AssertionError(f"on {line!r} under\n{part.program}") from problem


@pytest.mark.parametrize(
    "line", [line for line in HOSTILE_LINES if line.strip()], ids=range(len(HOSTILE_LINES) - 2)
)
def test_a_hostile_line_is_rejected(line: str, some_cases: list[Case]) -> None:
    book = Memory()
    ledger = Ledger(compile_text(some_cases[0].parts[0].program)[1], book=book)
    outcome = apply_unharmed(ledger, book, line)
    assert outcome["outcome"] == "rejected"
    assert outcome["reason"] in ("invalid-event", "not-a-member")
