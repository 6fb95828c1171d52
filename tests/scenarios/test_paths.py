"""Which files `tiercel test` plays and measures, however their paths are spelt, and what it does about those it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tiercel.scenarios.outcomes import Played
from tiercel.scenarios.running import Versions, run_file
from tiercel.tests.cli.conftest import Run

HERE = Path(__file__).parent
HEAD = "tiercel-test: 1\nscenarios:\n  - scenario: All of it\n    steps:\n      - ann joins\n"
EMPTY_SNAPSHOT = '      - expect: {snapshot: ""}\n'
COVERED = "shop.yaml: 22.7 % covered (5 of 22)"


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with one scenario beside it, in the folder where commands run."""
    shutil.copy(HERE / "shop.yaml", tmp_path)
    (tmp_path / "shop.test.yaml").write_text(HEAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "paths",
    [
        ["./shop.yaml"],
        ["shop.yaml", "./shop.yaml"],
        ["{}/shop.yaml", "shop.yaml"],
        ["shop.test.yaml", "{}/shop.yaml"],
        ["way/here/shop.yaml", "shop.yaml"],
        ["shop.test.yaml", "way/here", "."],
    ],
)
def test_a_file_counts_once_however_its_path_is_spelt(cli: Run, shop: Path, paths: list[str]) -> None:
    (shop / "way").mkdir()
    (shop / "way" / "here").symlink_to("..")
    result = cli("test", "--coverage", *(path.format(shop) for path in paths))
    assert result.stdout.splitlines()[0] == COVERED
    assert result.stdout.count(" covered (") == 1
    assert result.stderr == "1 passed in 1 file\n"


def test_a_link_to_a_program_is_that_program(cli: Run, shop: Path) -> None:
    (shop / "link.yaml").symlink_to("shop.yaml")
    (shop / "link.test.yaml").write_text(HEAD + "      - ann orders 10.00\n", encoding="utf-8")
    result = cli("test", "--coverage", ".")
    assert result.stdout.splitlines()[0] == "shop.yaml: 27.2 % covered (6 of 22)"
    assert result.stdout.count(" covered (") == 1
    assert result.stderr == "2 passed in 2 files\n"
    assert "of 44" not in cli("test", "--coverage", "--format", "json", "--jobs", "2", ".").stdout


def test_a_program_with_errors_is_reported_though_nothing_plays_it(cli: Run, shop: Path) -> None:
    text = (shop / "shop.yaml").read_text("utf-8")
    (shop / "wrong.yaml").write_text(text.replace("spend >= 300", "spnd >= 300"), encoding="utf-8")
    for options in (["--coverage"], ["--fail-under", "0"], ["--coverage", "--format", "json"]):
        result = cli("test", *options, "wrong.yaml", "./wrong.yaml")
        assert result.exit_code == 1
        assert result.stdout.count("is no name that a condition knows") == 1
    proposed = cli("test", "--propose", "wrong.yaml")
    assert (proposed.exit_code, proposed.stdout) == (1, "")
    assert "is no name that a condition knows" in proposed.stderr


def test_scenarios_come_through_standard_input(cli: Run) -> None:
    text = HEAD.replace("scenarios:", "program: shop.yaml\nscenarios:", 1)
    for jobs in ("1", "2"):
        assert cli("test", "--jobs", jobs, "-", "shop.yaml", input=text).stderr == "2 passed in 2 files\n"
    wrong = cli("test", "-", input=HEAD)
    assert wrong.exit_code == 1
    assert "<stdin>:3:15: error: cannot read the program" in wrong.stdout
    assert cli("test", "--update", "-", input=text).exit_code == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_scenarios_come_through_a_pipe(shop: Path) -> None:
    text = HEAD.replace("scenarios:", "program: shop.yaml\nscenarios:", 1)
    os.mkfifo(shop / "pipe")
    command = [sys.executable, "-m", "tiercel", "test", "pipe"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as playing:
        (shop / "pipe").write_text(text, encoding="utf-8")
        assert playing.communicate(timeout=60)[1] == "1 passed in 1 file\n"


def test_a_file_that_cannot_be_written_keeps_no_other_from_it(
    cli: Run, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        text = HEAD.replace("scenarios:", "program: shop.yaml\nscenarios:", 1) + EMPTY_SNAPSHOT
        (shop / f"{name}.test.yaml").write_text(text, encoding="utf-8")
    read_only = os.path.realpath(shop / "a.test.yaml")
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != read_only and allowed(path, mode))
    result = cli("test", "--update", ".")
    assert result.exit_code == 2
    assert "Error: cannot write `a.test.yaml`: it is read-only\n" in result.stderr
    assert "3 passed in 3 files" in result.stderr
    assert EMPTY_SNAPSHOT in (shop / "a.test.yaml").read_text("utf-8")
    assert EMPTY_SNAPSHOT not in (shop / "b.test.yaml").read_text("utf-8")


def test_an_update_through_a_link_writes_the_file_and_keeps_the_link(cli: Run, shop: Path) -> None:
    (shop / "kept").mkdir()
    kept = shop / "kept" / "all.yaml"
    kept.write_text(HEAD + EMPTY_SNAPSHOT, encoding="utf-8")
    (shop / "shop.test.yaml").unlink()
    (shop / "shop.test.yaml").symlink_to("kept/all.yaml")
    assert cli("test", "--update", "shop.yaml").exit_code == 0
    assert (shop / "shop.test.yaml").is_symlink()
    assert "points_earned" in kept.read_text("utf-8")
    assert [path.name for path in (shop / "kept").iterdir()] == ["all.yaml"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("*.test.yml", "no file matches `*.test.yml`; give files or folders, or let the shell find them"),
        ("there.test.yaml", "no scenarios below `there.test.yaml`: no `*.test.yaml` or `*.test.yml`"),
        ("gone.test.yaml", "cannot read `gone.test.yaml`: no such file or directory"),
        ("loop.test.yaml", "cannot read `loop.test.yaml`: "),
    ],
)
def test_what_is_no_file_is_told_of_in_a_line(cli: Run, shop: Path, path: str, said: str) -> None:
    (shop / "there.test.yaml").mkdir()
    (shop / "gone.test.yaml").symlink_to("nowhere.yaml")
    (shop / "loop.test.yaml").symlink_to("loop.test.yaml")
    result = cli("test", path)
    assert (result.exit_code, result.stdout) == (2, "")
    first, *rest = result.stderr.splitlines()
    assert first.startswith(f"Error: {said}")
    assert rest in ([], ["0 passed in 0 files"])


def test_orders_are_not_kept_with_every_later_one() -> None:
    plays: list[Played] = []
    content = (HEAD + "      - ann orders 10.00\n" * 30).encode()
    run_file("shop.test.yaml", content, Versions(), watch=lambda played, _: plays.append(played))
    members = [happened.before for happened in plays[0].happened if happened.before is not None]
    assert len(members) == 30
    assert not any(member.records for member in members)
