"""Whole programs with events and what comes of each, worked out by hand: a new case is a folder in `cases/`.

A case is `program.yaml`, `events.jsonl` and `expected.jsonl`; with `next.yaml` the program is replaced, and
`next-events.jsonl` bring about `next-expected.jsonl`. `customers.jsonl` are the members at the end. The
reference has to agree, and so has a run whose members are written and read again after every event.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tiercel
from tiercel.runtime import Ledger, Memory, customer_from_json, customer_to_json
from tiercel.tests.properties.compiled import compile_text
from tiercel.tests.reference.interpreter import Reference

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
STAGES = (("program.yaml", "events.jsonl", "expected.jsonl"),)
NEXT = ("next.yaml", "next-events.jsonl", "next-expected.jsonl")

Fold = Callable[[str], dict[str, Any]]


def loaded(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def stages(case: Path) -> tuple[tuple[str, str, str], ...]:
    return (*STAGES, NEXT) if (case / NEXT[0]).exists() else STAGES


def assert_folds(fold: Fold, events: Path, expected: Path) -> None:
    outcomes = [fold(line) for line in events.read_text("utf-8").splitlines() if line.strip()]
    for outcome in outcomes:
        outcome.pop("message", None)
    assert outcomes == loaded(expected)


def assert_members(members: list[dict[str, Any]], expected: Path) -> None:
    if expected.exists():
        for member, shown in zip(members, loaded(expected), strict=True):
            assert {key: member[key] for key in shown} == shown


def written_and_read(ledger: Ledger, book: Memory) -> Fold:
    """Fold a line, then put every member through its JSON."""

    def fold(line: str) -> dict[str, Any]:
        outcome = ledger.apply_line(line)
        for member in list(book.customers()):
            text = json.dumps(customer_to_json(member, book.programs))
            book.put(customer_from_json(json.loads(text), book.programs))
        return outcome

    return fold


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("through_json", [False, True], ids=["runtime", "state"])
def test_case(case: Path, through_json: bool) -> None:
    book = Memory()
    ledger = Ledger(tiercel.load(case / "program.yaml"), book=book)
    for program, events, expected in stages(case):
        ledger.switch(tiercel.load(case / program))
        fold = written_and_read(ledger, book) if through_json else ledger.apply_line
        assert_folds(fold, case / events, case / expected)
    assert_members(ledger.customers(), case / "customers.jsonl")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_reference(case: Path) -> None:
    reference = Reference(compile_text((case / "program.yaml").read_text("utf-8"))[0])
    for program, events, expected in stages(case):
        reference.switch(compile_text((case / program).read_text("utf-8"))[0])
        assert_folds(reference.apply_line, case / events, case / expected)
    assert_members(reference.customers(), case / "customers.jsonl")
