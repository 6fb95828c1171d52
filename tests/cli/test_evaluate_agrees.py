"""Whatever the program and the order: the reasons that `evaluate` gives agree with what the runtime does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tiercel.compiler.model.tree import Program as Model
from tiercel.reasons.explained import explained
from tiercel.reasons.explanation import explain
from tiercel.runtime import Ledger, Memory, Program, read_json
from tiercel.tests.properties.cases import Case, budget, cases
from tiercel.tests.properties.compiled import compile_text

PROGRAMS = sorted((Path(__file__).parent.parent.parent / "programs").glob("*.events.jsonl"))


def explain_orders(model: Model, program: Program, lines: Sequence[str]) -> int:
    """Explain each paid order of a member before it is applied; the explanation checks itself."""
    book = Memory()
    ledger = Ledger(program, book=book)
    explained_orders = 0
    for line in lines:
        event = order_paid(line)
        customer = book.get(event["customer"]) if event else None
        said = explain(model, program, customer, event) if event and customer else None
        outcome = ledger.apply_line(line)
        if said is None or outcome["outcome"] == "duplicate" or outcome.get("reason") == "conflicting-id":
            continue
        assert (said["outcome"], said.get("effects")) == (outcome["outcome"], outcome.get("effects"))
        assert "\n".join(explained(said, model))
        json.dumps(said)
        explained_orders += 1
    return explained_orders


def order_paid(line: str) -> dict[str, Any] | None:
    """The line as an event, if it is a paid order of somebody."""
    try:
        event = read_json(line)
    except ValueError:
        return None
    is_order = isinstance(event, dict) and event.get("type") == "order.paid"
    return event if is_order and isinstance(event.get("customer"), str) else None


@budget(0.5)
@given(cases())
def test_random_programs(case: Case) -> None:
    [part] = case.parts
    explain_orders(*compile_text(part.program), part.lines)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.name.partition(".")[0])
def test_sample_events(path: Path) -> None:
    program = path.with_name(path.name.replace(".events.jsonl", ".yaml"))
    compiled = compile_text(program.read_text(encoding="utf-8"))
    assert explain_orders(*compiled, path.read_text(encoding="utf-8").splitlines()) > 0
