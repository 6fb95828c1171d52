"""The programs in `programs/mistakes/`: each typical mistake is found, and reads as it should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.report.text import render

HERE = Path(__file__).parent
MISTAKES = sorted((HERE.parents[1] / "programs" / "mistakes").glob("*.yaml"))

Golden = Callable[[Path, str], None]


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistake_is_found(path: Path, golden: Golden) -> None:
    compilation = compile_bytes(path.name, path.read_bytes())
    found = [render(compilation.source, diagnostic) for diagnostic in compilation.diagnostics]
    assert found
    golden(HERE / "mistakes" / f"{path.stem}.txt", "\n".join(found))
