"""Whole files after their fixes: of `NAME.yaml`, the safe ones in `NAME.fixed`, all of them in `NAME.unsafe`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tiercel.compiler.fixing import fix_bytes

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.yaml"))
cases = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


@cases
def test_fixed(path: Path, golden: Callable[[Path, str], None]) -> None:
    content = path.read_bytes()
    safe = fix_bytes(path.name, content)
    golden(path.with_suffix(".fixed"), safe.content.decode())
    everything = fix_bytes(path.name, content, unsafe=True)
    assert safe.made or everything.made
    if everything.content != safe.content:
        golden(path.with_suffix(".unsafe"), everything.content.decode())
    assert path.with_suffix(".unsafe").exists() == (everything.content != safe.content)


@cases
@pytest.mark.parametrize("unsafe", [False, True])
def test_a_second_run_changes_nothing(path: Path, unsafe: bool) -> None:
    once = fix_bytes(path.name, path.read_bytes(), unsafe=unsafe)
    again = fix_bytes(path.name, once.content, unsafe=unsafe)
    assert (again.content, again.made) == (once.content, ())
