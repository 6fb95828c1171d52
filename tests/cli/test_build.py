"""`tiercel build`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tiercel import load
from tiercel.tests.cli.conftest import MAPLE, Run


def test_a_module_that_loads(cli: Run, maple: Path, tmp_path: Path) -> None:
    out = tmp_path / "maple.py"
    assert cli("build", maple, "-o", out).exit_code == 0
    assert load(out).name == "Maple"
    assert sorted(os.listdir(tmp_path)) == ["maple.py", "maple.yaml"]


def test_printing_is_the_same(cli: Run, maple: Path, tmp_path: Path) -> None:
    out = tmp_path / "maple.py"
    cli("build", "--target", "python", maple, "--output", out)
    assert cli("build", maple, "-o", "-").stdout == out.read_text(encoding="utf-8")


def test_errors_write_nothing(cli: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.py"
    out.write_text("kept", encoding="utf-8")
    result = cli("build", "-", "-o", out, input=MAPLE.replace("spend", "spendd"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "[unknown-name]" in result.stderr
    assert out.read_text(encoding="utf-8") == "kept"
    assert os.listdir(tmp_path) == ["out.py"]


def test_a_file_is_replaced_with_its_mode_and_behind_its_link(cli: Run, maple: Path, tmp_path: Path) -> None:
    out, link = tmp_path / "out.py", tmp_path / "link.py"
    out.write_text("old", encoding="utf-8")
    out.chmod(0o640)
    link.symlink_to(out)
    assert cli("build", maple, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert "PROGRAM" in out.read_text(encoding="utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@pytest.mark.parametrize("out", ["missing/out.py", "."])
def test_nowhere_to_write(cli: Run, maple: Path, tmp_path: Path, out: str) -> None:
    result = cli("build", maple, "-o", tmp_path / out)
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


def test_a_device_stays_one(cli: Run, maple: Path) -> None:
    assert cli("build", maple, "-o", "/dev/null").exit_code == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_only_targets_that_exist(cli: Run, maple: Path) -> None:
    assert cli("build", "--target", "sql", maple, "-o", "-").exit_code == 2


def test_the_program_is_not_overwritten(cli: Run, maple: Path) -> None:
    result = cli("build", maple, "-o", maple)
    assert (result.exit_code, result.stderr) == (
        2,
        f"Error: cannot write `{maple}`: it is the input `{maple}`\n",
    )
    assert maple.read_text(encoding="utf-8") == MAPLE
