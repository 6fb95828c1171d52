"""The differences that `fmt --diff` and `check --fix --diff` print are patches."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import Run

PROGRAM = """\
tiercel: 1
program: {name: "Caf\u00e9", currency: CAD}
vip:
  window: calendar_year
  tiers:
    - {id: seed, name: Seed}
    - {id: maple, name: Maple, when: spend => 100}
earn:
  - {id: orders, activity: order, points:   1, per: 1.00}
"""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("command", [("fmt",), ("check", "--fix")])
@pytest.mark.parametrize(
    "text", [PROGRAM, PROGRAM.rstrip("\n"), PROGRAM.replace("\n", "\r\n"), "\ufeff" + PROGRAM]
)
def test_git_applies_them(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shop = tmp_path / "shop.yaml"
    shop.write_bytes(text.encode())
    difference = cli(*command, "--diff", "shop.yaml").stdout_bytes
    assert shop.read_bytes() == text.encode()
    subprocess.run(["git", "apply", "-"], input=difference, cwd=tmp_path, check=True, capture_output=True)
    applied = shop.read_bytes()
    shop.write_bytes(text.encode())
    cli(*command, "shop.yaml")
    assert applied == shop.read_bytes() != text.encode()


def test_a_file_that_is_no_text_has_no_differences(cli: Run, tmp_path: Path) -> None:
    shop = tmp_path / "shop.yaml"
    shop.write_bytes(b"tiercel: 1\nprogram: {name: \xff}\n")
    result = cli("check", "--fix", "--diff", shop)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[encoding]" in result.stderr
