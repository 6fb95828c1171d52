"""Each file of `cases` and the layout it gets, in `expected`: a rule of docs/layout.md, or a kind of file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tiercel.compiler.layout.from_bytes import lay_out

Golden = Callable[[Path, str], None]
HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_layout(case: Path, golden: Golden) -> None:
    laid_out = lay_out(case.name, case.read_bytes())
    golden(HERE / "expected" / case.name, laid_out.content.decode())
    assert not lay_out(case.name, laid_out.content).edits


def test_no_expected_file_is_left_behind() -> None:
    assert {case.name for case in CASES} == {file.name for file in (HERE / "expected").iterdir()}
