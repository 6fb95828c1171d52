"""Runs in several processes end when they are interrupted, and say so when one of the processes is gone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TEXT = "tiercel-test: 1\nprogram: shop.yaml\nscenarios:\n  - {scenario: One joins, steps: [ann joins]}\n"

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="needs Linux's list of processes"
)


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of which a process waits for the end of a file that never comes."""
    shutil.copy(HERE / "shop.yaml", tmp_path)
    (tmp_path / "a.test.yaml").write_text(TEXT, encoding="utf-8")
    os.mkfifo(tmp_path / "b.test.yaml")
    command = [sys.executable, "-m", "tiercel", "test", "--jobs", "2", "a.test.yaml", "b.test.yaml"]
    with (
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process,
        (tmp_path / "b.test.yaml").open("w"),  # goes on when it is being read
    ):
        yield process
        process.kill()


def test_an_interrupt_ends_all_of_it(playing: subprocess.Popen[str]) -> None:
    children = workers(playing)
    playing.send_signal(signal.SIGINT)
    assert playing.communicate(timeout=60)[1] == "interrupted\n"
    assert playing.returncode == 130
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_process_that_is_gone_is_told_of(playing: subprocess.Popen[str]) -> None:
    os.kill(workers(playing)[0], signal.SIGKILL)
    assert "a process that played scenarios was ended from outside" in playing.communicate(timeout=60)[1]
    assert playing.returncode == 2


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The processes that a process has started."""
    text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    return [int(child) for child in text.split()]
