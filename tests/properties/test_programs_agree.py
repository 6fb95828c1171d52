"""The emitted evaluator and the reference agree on the sample events of the programs that come with the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.runtime import Ledger
from tiercel.tests.properties.cases import comparable
from tiercel.tests.properties.compiled import compile_text
from tiercel.tests.reference.interpreter import Reference

STREAMS = sorted((Path(__file__).parents[2] / "programs").glob("*.events.jsonl"))


@pytest.mark.parametrize("path", STREAMS, ids=lambda path: path.name.partition(".")[0])
def test_sample_events(path: Path) -> None:
    program_file = path.with_name(path.name.replace(".events.jsonl", ".yaml"))
    model, program = compile_text(program_file.read_text("utf-8"))
    ledger, reference = Ledger(program), Reference(model)
    for line in path.read_text("utf-8").splitlines():
        assert comparable(ledger.apply_line(line)) == comparable(reference.apply_line(line)), line
    assert ledger.customers() == reference.customers()
