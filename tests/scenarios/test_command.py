"""`tiercel test`: each case is a file of scenarios, with what is printed of it in each format."""

from __future__ import annotations

import codecs
import errno
import json
import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tiercel.tests.cli.conftest import Run
from tiercel.tests.conftest import Golden
from tiercel.tests.report.test_documents import check_junit

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.test.yaml"))
PASSING = HERE / "cases" / "passing.test.yaml"
ENDINGS = {"text": "txt", "json": "json", "junit": "xml"}


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "cases")


@pytest.mark.parametrize("layout", ENDINGS)
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name.partition(".")[0])
def test_cases(cli: Run, golden: Golden, case: Path, layout: str) -> None:
    result = cli("test", "--format", layout, case.name)
    if layout == "json":
        json.loads(result.stdout)
    elif layout == "junit":
        check_junit(ElementTree.fromstring(result.stdout))
    name = case.name.partition(".")[0]
    ended = f"{result.stderr}exit code {result.exit_code}\n" if layout == "text" else ""
    golden(HERE / "expected" / f"{name}.{ENDINGS[layout]}", result.stdout + ended)


def test_processes_find_the_same(cli: Run) -> None:
    alone, several = (cli("test", "--coverage", "--jobs", jobs, ".") for jobs in ("1", "3"))
    assert (alone.stdout, alone.stderr, alone.exit_code) == (
        several.stdout,
        several.stderr,
        several.exit_code,
    )
    assert alone.exit_code == 1


def test_only_some_titles(cli: Run) -> None:
    result = cli("test", "--run", "^Rates", PASSING.name)
    assert (result.exit_code, result.stderr) == (0, "2 passed in 1 file\n")
    assert "no scenario has a title like `zzz`" in cli("test", "--run", "zzz", PASSING.name).stderr
    assert cli("test", "--run", "(", PASSING.name).exit_code == 2


@pytest.mark.parametrize("path", ["missing.test.yaml", "missing", "../test_command.py.yaml"])
def test_a_path_that_matches_nothing(cli: Run, path: str) -> None:
    result = cli("test", path, PASSING.name)
    assert result.exit_code == 2
    assert result.stderr.endswith("8 passed in 1 file\n")


def test_a_folder_without_scenarios(cli: Run, tmp_path: Path) -> None:
    result = cli("test", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no scenarios below" in result.stderr


def test_scenarios_are_no_program(cli: Run) -> None:
    assert "give it to `tiercel test`" in cli("check", PASSING.name).stderr
    assert [line for line in cli("check", "..").stdout.splitlines() if ".test.yaml" in line] == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_snapshots(cli: Run, tmp_path: Path, line_end: str) -> None:
    shutil.copy(HERE / "shop.yaml", tmp_path)
    path = tmp_path / "shop.test.yaml"
    text = (
        "tiercel-test: 1\nscenarios:\n  - scenario: All of it # a comment\n    steps:\n      - ann joins\n"
        '      - expect: {snapshot: ""}\n      - ann orders 400.00\n      - expect:\n          snapshot: |\n'
        "            old\n"
    )
    path.write_bytes(text.replace("\n", line_end).encode())
    assert cli("test", path).exit_code == 1
    assert path.read_bytes().decode().replace(line_end, "\n") == text
    updated = cli("test", "--update", path)
    assert (updated.exit_code, updated.stdout) == (0, "")
    written = path.read_bytes()
    assert written.count(b"\r\n") == (written.count(b"\n") if line_end == "\r\n" else 0)
    assert b"# a comment" in written
    assert b"reward_issued" in written
    assert cli("test", path).exit_code == 0
    cli("test", "--update", path)
    assert path.read_bytes() == written


UPDATED = (
    "tiercel-test: 1\nprogram: shop.yaml\nscenarios:\n  - scenario: All of it\n    steps:\n      - ann joins\n"
    '      - expect: {snapshot: ""}\n'
)


def test_an_update_that_cannot_be_written_changes_nothing(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shutil.copy(HERE / "shop.yaml", tmp_path)
    path = tmp_path / "a.test.yaml"
    path.write_text(UPDATED, encoding="utf-8")
    monkeypatch.setattr(os, "replace", full)
    result = cli("test", "--update", path)
    assert result.exit_code == 2
    assert "no space left" in result.stderr
    assert path.read_text(encoding="utf-8") == UPDATED
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.test.yaml", "shop.yaml"]


def test_an_update_keeps_the_mark_at_the_start_and_other_failures(cli: Run, tmp_path: Path) -> None:
    shutil.copy(HERE / "shop.yaml", tmp_path)
    path = tmp_path / "a.test.yaml"
    text = UPDATED + "      - expect: {ann: {balance: 51}}\n"
    path.write_bytes(codecs.BOM_UTF8 + text.encode())
    result = cli("test", "--update", path)
    assert result.exit_code == 1
    assert "the balance of `ann` is 50, and not 51" in result.stdout
    assert "snapshot" not in result.stdout
    written = path.read_bytes()
    assert written.startswith(codecs.BOM_UTF8)
    assert written.endswith(b"      - expect: {ann: {balance: 51}}\n")
    assert b"points_earned: {rule: welcome, points: 50}" in written


def test_nothing_is_written_where_a_file_has_errors(cli: Run, tmp_path: Path) -> None:
    shutil.copy(HERE / "shop.yaml", tmp_path)
    path = tmp_path / "a.test.yaml"
    path.write_text(UPDATED + "      - ann jumps\n", encoding="utf-8")
    before = path.read_bytes()
    assert cli("test", "--update", path).exit_code == 1
    assert path.read_bytes() == before
