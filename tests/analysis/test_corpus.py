"""Ladders as merchants write them: `corpus/clean/*.yaml` say nothing, `corpus/faulty/*.yaml` what is expected.

Of a faulty one, the `.expect` beside it has a line for each finding: its name, and what its notes have to say.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.compiler.diagnostics import Diagnostic
from tiercel.compiler.driver import compile_bytes

HERE = Path(__file__).parent / "corpus"
FAULTY = sorted(HERE.glob("faulty/*.yaml"))
CLEAN = sorted(HERE.glob("clean/*.yaml"))


def found(path: Path) -> list[Diagnostic]:
    return list(compile_bytes(path.name, path.read_bytes()).diagnostics)


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_faults_are_found(path: Path) -> None:
    lines = path.with_suffix(".expect").read_text(encoding="utf-8").splitlines()
    expected = [line.split(" | ") for line in lines]
    diagnostics = found(path)
    assert [d.name for d in diagnostics] == [name for name, *_ in expected]
    for diagnostic, (_, *texts) in zip(diagnostics, expected, strict=True):
        assert all(text in " ".join(diagnostic.notes) for text in texts)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_there_is_no_false_alarm(path: Path) -> None:
    assert found(path) == []


def test_there_are_enough() -> None:
    assert len(FAULTY) >= 25
    assert len(CLEAN) >= 15
    assert all(path.with_suffix(".expect").read_text(encoding="utf-8").strip() for path in FAULTY)
