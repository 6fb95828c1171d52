"""`tiercel check --fix`."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import MAPLE, Run

SLIP = MAPLE.replace("spend >= 100", "spend => 100")
UNUSED = MAPLE.replace("vip:", "customer: {size: integer, wholesale: boolean}\nvip:")


def written(folder: Path, text: str, name: str = "shop.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_safe_fix_is_written(cli: Run, tmp_path: Path) -> None:
    path = written(tmp_path, SLIP)
    path.chmod(0o640)
    result = cli("check", "--fix", path)
    assert path.read_text() == MAPLE
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["shop.yaml"]
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 fixed\nnothing found in 1 file\n"


def test_an_unsafe_one_is_counted_alone(cli: Run, tmp_path: Path) -> None:
    path = written(tmp_path, UNUSED)
    result = cli("check", "--fix", path)
    assert path.read_text() == UNUSED
    assert result.stderr.startswith("0 fixed (2 more with --unsafe-fixes)\n")
    assert "= fix: leave out `size` (--fix --unsafe-fixes)" in result.stdout
    result = cli("check", "--fix", "--unsafe-fixes", path)
    assert path.read_text() == MAPLE
    assert result.stderr == "2 fixed\nnothing found in 1 file\n"


def test_what_was_not_selected_is_left_alone(cli: Run, tmp_path: Path) -> None:
    path = written(tmp_path, UNUSED)
    result = cli("check", "--fix", "--unsafe-fixes", "--ignore", "unused-attribute", path)
    assert path.read_text() == UNUSED
    assert result.stderr == "0 fixed\nnothing found in 1 file\n"


def test_what_is_allowed_or_held_is_left_alone(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    allow = "# tiercel: allow[unused-attribute] until 2027-01-31: soon\n"
    path = written(tmp_path, UNUSED.replace("customer:", f"{allow}customer:"))
    fix = ("check", "--fix", "--unsafe-fixes", "shop.yaml")
    assert cli(*fix, "--today", "2027-01-31").stderr.startswith("0 fixed\n")
    assert "wholesale" in path.read_text()

    path.write_text(UNUSED)
    cli("check", "--baseline", "old.json", "--write-baseline", "shop.yaml")
    result = cli(*fix, "--baseline", "old.json")
    assert path.read_text() == UNUSED
    assert result.stderr == "0 fixed\nnothing found in 1 file; 2 findings held by the baseline\n"
    cli(*fix)
    assert path.read_text() == MAPLE


def test_a_file_in_order_is_not_written(cli: Run, maple: Path) -> None:
    before = maple.stat().st_mtime_ns
    cli("check", "--fix", maple)
    assert maple.stat().st_mtime_ns == before


def test_what_remains_decides_how_it_ends(cli: Run, tmp_path: Path) -> None:
    path = written(tmp_path, SLIP.replace("per: 1.00", "per: a"))
    result = cli("check", "--fix", path)
    assert result.exit_code == 1
    assert "[bad-value]" in result.stdout
    assert "[condition-syntax]" not in result.stdout
    assert path.read_text() == SLIP.replace("per: 1.00", "per: a")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_other_bytes_stay(cli: Run, tmp_path: Path, mark: str, line_end: str, end: str) -> None:
    def form(text: str) -> str:
        return mark + (text.rstrip("\n") + end).replace("\n", line_end)

    path = written(tmp_path, form(SLIP.replace("tiercel: 1\n", "")))
    assert cli("check", "--fix", path).exit_code == 0
    assert path.read_bytes() == form("tiercel: 1\n" + MAPLE.replace("tiercel: 1\n", "")).encode()


def test_standard_input_goes_to_standard_output(cli: Run) -> None:
    result = cli("check", "--fix", "-", input=SLIP.replace("per: 1.00", "per: 1.00, x: 1"))
    assert result.exit_code == 1
    assert result.stdout == SLIP.replace("per: 1.00", "per: 1.00, x: 1")
    assert "[unknown-key]" in result.stderr
    result = cli("check", "--fix", "-", input=SLIP)
    assert (result.exit_code, result.stdout) == (0, MAPLE)


def test_a_diff_is_shown_and_nothing_written(cli: Run, tmp_path: Path) -> None:
    path = written(tmp_path, SLIP)
    result = cli("check", "--fix", "--diff", path)
    assert path.read_text() == SLIP
    assert "\n-      when: spend => 100\n+      when: spend >= 100\n" in result.stdout
    assert result.stderr == "1 would be fixed\nnothing found in 1 file\n"


def test_a_file_that_cannot_be_written_keeps_no_other_from_being_fixed(cli: Run, tmp_path: Path) -> None:
    large = SLIP + f"# {'x' * 5000}\n"
    held, path = written(tmp_path, large, "a.yaml"), written(tmp_path, SLIP)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        result = cli("check", "--fix", tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert result.exit_code == 2
    assert "a.yaml`: file too large" in result.stderr
    assert (held.read_text(), path.read_text()) == (large, MAPLE)
    assert sorted(os.listdir(tmp_path)) == ["a.yaml", "shop.yaml"]


def test_json_has_the_fixes(cli: Run) -> None:
    found = json.loads(cli("check", "--format", "json", "-", input=SLIP).stdout)["diagnostics"]
    edit = {"line": 9, "column": 19, "end_line": 9, "end_column": 21, "text": ">="}
    assert [one["fixes"] for one in found] == [[{"message": "write `>=`", "safe": True, "edits": [edit]}]]


def test_json_after_fixes(cli: Run, tmp_path: Path) -> None:
    path = written(tmp_path, SLIP)
    result = cli("check", "--fix", "--format", "json", path)
    assert json.loads(result.stdout)["summary"] == {"errors": 0, "warnings": 0, "infos": 0}
    assert path.read_text() == MAPLE


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\x80", b"[" * 50_000, b"a: \tb", b"\xef\xbb\xbf\xef\xbb\xbfa: 1"]
)
def test_no_input_crashes(cli: Run, content: bytes) -> None:
    assert cli("check", "--fix", "--unsafe-fixes", "-", input=content).exit_code == 1
    assert cli("check", "--fix", "--diff", "-", input=content).exit_code == 1
