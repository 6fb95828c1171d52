"""When output is coloured, and how wide it may be."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tiercel.cli.printing import count, wants_colour
from tiercel.tests.cli.conftest import MAPLE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "colour"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(Terminal()) is colour
    assert not wants_colour(io.StringIO())


def test_on_a_terminal(tmp_path: Path) -> None:
    program = tmp_path / "p.yaml"
    program.write_text(
        MAPLE.replace("spend >= 100", f"spendd >= 100 {'and orders >= 2 ' * 10}"), encoding="utf-8"
    )
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 60))
    environment = {**os.environ, "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "tiercel", "check", program]
    assert (
        subprocess.run(
            command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment, check=False
        ).returncode
        == 1
    )
    os.close(theirs)
    printed = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "\x1b[1;31merror:\x1b[0m" in printed
    assert "and orders >= 2" in printed
    shown = re.sub("\x1b\\[[0-9;]*m", "", printed).splitlines()
    assert any(line.endswith("…") for line in shown)
    assert max(len(line) for line in shown if "|" in line) <= 60


def test_counts() -> None:
    assert [count(n, "error") for n in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
    assert count(2, "event was", "events were") == "2 events were"


@pytest.mark.parametrize(("files", "shown"), [(3, False), (60, True)])
def test_progress_over_many_files(tmp_path: Path, files: int, shown: bool) -> None:
    for number in range(files):
        (tmp_path / f"{number}.yaml").write_text(MAPLE, encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    command = [sys.executable, "-m", "tiercel", "check", tmp_path]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment, check=True)
    os.close(theirs)
    printed = os.read(ours, 65_536).decode()
    os.close(ours)
    assert ("100%" in printed) is shown
