"""The lints on programs: `LINT/ok/*.yaml` say nothing, `LINT/bad/*.yaml` say what is in the `.out` beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tiercel.compiler.driver import Compilation, compile_bytes
from tiercel.compiler.lint import run_lints
from tiercel.compiler.report.text import render

HERE = Path(__file__).parent
# With this the days of allows are compared, and with nothing else.
TODAY = date(2027, 6, 30)


def cases(kind: str) -> list[Path]:
    return sorted(HERE.glob(f"*/{kind}/*.yaml"))


def case_id(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


def compiled(path: Path) -> Compilation:
    return compile_bytes(path.name, path.read_bytes(), today=TODAY)


@pytest.mark.parametrize("path", cases("ok"), ids=case_id)
def test_ok(path: Path) -> None:
    compilation = compiled(path)
    assert [render(compilation.source, d) for d in compilation.diagnostics] == []


@pytest.mark.parametrize("path", cases("bad"), ids=case_id)
def test_bad(path: Path, golden: Callable[[Path, str], None]) -> None:
    compilation = compiled(path)
    golden(
        path.with_suffix(".out"), "\n".join(render(compilation.source, d) for d in compilation.diagnostics)
    )
    assert path.parent.parent.name in {d.name for d in compilation.diagnostics}


@pytest.mark.parametrize("path", cases("bad"), ids=case_id)
def test_spans_and_messages(path: Path) -> None:
    """Findings point into the file, at something, in messages of one line that go on no further."""
    compilation = compiled(path)
    for found in compilation.diagnostics:
        for start, end in (found.span, *(label.span for label in found.labels)):
            assert 0 <= start < end <= len(compilation.source.text)
        for text in (
            found.message,
            *found.notes,
            found.help or "-",
            *(label.message for label in found.labels),
        ):
            assert "\n" not in text
            assert not text.endswith(".")
            assert not text[0].isupper()


@pytest.mark.parametrize("path", cases("bad"), ids=case_id)
def test_pure(path: Path) -> None:
    program = compiled(path).program
    assert program is not None
    assert list(run_lints(program)) == list(run_lints(program))
