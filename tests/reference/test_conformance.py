"""The reference interpreter on the conformance cases, where their folder is present."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tiercel.tests.properties.compiled import compile_text
from tiercel.tests.reference.interpreter import Incompatible, Reference

CASES = Path(__file__).parents[3] / "shared" / "conformance"
GOLDEN = sorted((CASES / "golden").glob("*"))
VERSIONS = sorted((CASES / "versions").glob("*"))


def comparable(value: Any, key: str = "") -> Any:
    """What counts of an outcome: `percent` by value, no `message`."""
    if isinstance(value, dict):
        return {k: comparable(v, k) for k, v in value.items() if k != "message"}
    if isinstance(value, list):
        return [comparable(entry) for entry in value]
    return Decimal(value) if key == "percent" else value


def load(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def assert_folds(book: Reference, events: Path, expected: Path) -> None:
    lines = [line for line in events.read_text("utf-8").split("\n") if line.strip()]
    outcomes = [book.apply_line(line) for line in lines]
    assert [comparable(outcome) for outcome in outcomes] == [comparable(line) for line in load(expected)]


def assert_customers(book: Reference, expected: Path) -> None:
    if expected.exists():
        for shown, customer in zip(load(expected), book.customers(), strict=True):
            assert {key: customer[key] for key in shown} == shown


@pytest.mark.skipif(not GOLDEN, reason="the conformance cases are not beside the project")
@pytest.mark.parametrize("case", GOLDEN, ids=lambda path: path.name)
def test_golden(case: Path) -> None:
    book = Reference(compile_text((case / "program.yaml").read_text("utf-8"))[0])
    assert_folds(book, case / "events.jsonl", case / "expected.jsonl")
    assert_customers(book, case / "customers.jsonl")


@pytest.mark.skipif(not VERSIONS, reason="the conformance cases are not beside the project")
@pytest.mark.parametrize("case", VERSIONS, ids=lambda path: path.name)
def test_versions(case: Path) -> None:
    book = Reference(compile_text((case / "old.yaml").read_text("utf-8"))[0])
    assert_folds(book, case / "before.jsonl", case / "expected-before.jsonl")
    new = compile_text((case / "new.yaml").read_text("utf-8"))[0]
    if (case / "refused").exists():
        with pytest.raises(Incompatible):
            book.switch(new)
        return
    book.switch(new)
    assert_folds(book, case / "after.jsonl", case / "expected-after.jsonl")
    assert_customers(book, case / "customers.jsonl")
