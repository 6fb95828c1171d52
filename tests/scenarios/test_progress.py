"""A long run shows how far it is, on a terminal alone, and does not run into what is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tiercel.cli.progress import LONG

HERE = Path(__file__).parent
TEXT = "tiercel-test: 1\nprogram: shop.yaml\nscenarios:\n  - {scenario: One, steps: [ann joins, expect: {ann: {balance: 50}}]}\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Scenarios, of which the second file fails."""
    shutil.copy(HERE / "shop.yaml", tmp_path)
    long = "# more\n" * (LONG // 14)
    for name, text in (("a", TEXT), ("b", TEXT.replace("50", "51")), ("c", TEXT)):
        (tmp_path / f"{name}.test.yaml").write_text(long + text, encoding="utf-8")
    return tmp_path


def shown_on_a_terminal(folder: Path, *paths: str) -> str:
    """What a terminal is sent that has both standard output and standard error."""
    here, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "tiercel", "test", *paths],
        cwd=folder, stdout=terminal, stderr=terminal, env={**os.environ, "NO_COLOR": "1", "TERM": "xterm"},
    ):  # fmt: skip
        os.close(terminal)
        sent = b""
        while True:
            try:
                sent += os.read(here, 4096)
            except OSError:  # how Linux tells that the other end was closed
                break
    os.close(here)
    return sent.decode()


def test_a_bar_on_a_terminal(folder: Path) -> None:
    sent = shown_on_a_terminal(folder, ".")
    assert "100%" in sent
    failures = [line for line in re.split(r"[\r\n]", sent) if "failed:" in line]
    assert len(failures) == 1
    # Whatever the bar had on the line was cleared before.
    assert failures[0].removeprefix("\x1b[K").startswith("b.test.yaml:")


def test_no_bar_for_a_short_run(folder: Path) -> None:
    assert "%" not in shown_on_a_terminal(folder, "a.test.yaml")


def test_no_bar_elsewhere(folder: Path) -> None:
    command = [sys.executable, "-m", "tiercel", "test", "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.stderr == "2 passed, 1 failed in 3 files\n"
    assert "%" not in run.stdout
