"""`tiercel check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import MAPLE, Run

BROKEN = MAPLE.replace("spend >= 100", "spendd >= 100")
# Two order rules at one time: a warning, and nothing worse.
WARNED = MAPLE + "  - {id: more, activity: order, points: 1, per: 1.00}\n"
INFORMED = MAPLE.replace("{id: seed, name: Seed}", "{id: seed, name: Seed, when: orders >= 1}")


def write(folder: Path, **programs: str) -> None:
    for name, text in programs.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_clean_program(cli: Run, maple: Path) -> None:
    result = cli("check", maple)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing found in 1 file\n")


def test_a_broken_program(cli: Run) -> None:
    result = cli("check", "-", input=BROKEN)
    assert result.exit_code == 1
    assert result.stdout.startswith("<stdin>:9:13: error: ")
    assert "[unknown-name]" in result.stdout
    assert "      when: spendd >= 100\n  |             ^^^^^^\n" in result.stdout
    assert result.stderr == "1 error in 1 file\n"


def test_each_file_is_checked_though_one_is_broken(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, a=BROKEN, b=MAPLE, c=BROKEN)
    result = cli("check", tmp_path / "missing.yaml", tmp_path)
    assert result.exit_code == 2
    assert "missing.yaml`: no such file or directory" in result.stderr
    assert result.stderr.endswith("2 errors in 3 files\n")
    assert [line for line in result.stdout.splitlines() if "a.yaml:9" in line or "c.yaml:9" in line]


def test_a_file_is_checked_once_however_it_is_spelt(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=BROKEN)
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    monkeypatch.chdir(tmp_path)
    result = cli("check", "link.yaml", "./a.yaml", tmp_path / "a.yaml", ".", "a.yaml")
    assert result.stdout.startswith("a.yaml:9:13: error: ")
    assert result.stderr == "1 error in 1 file\n"
    assert cli("check", "link.yaml").stdout.startswith("link.yaml:9:13: error: ")


def test_warnings_fail_when_strict(cli: Run) -> None:
    assert cli("check", "-", input=WARNED).exit_code == 0
    assert cli("check", "--strict", "-", input=WARNED).exit_code == 1
    assert cli("check", "--strict", "-", input=INFORMED).exit_code == 0


def names(text: str) -> set[str]:
    return {found["name"] for found in json.loads(text)["diagnostics"]}


def test_select_and_ignore(cli: Run) -> None:
    def found(*options: str) -> set[str]:
        return names(cli("check", "--format", "json", *options, "-", input=WARNED).stdout)

    everything = found()
    assert {"multiple-order-rules", "double-earning"} <= everything
    assert found("--select", "double-earning") == {"double-earning"}
    assert found("--ignore", "double-earning") == everything - {"double-earning"}
    assert found("--ignore", " double-earning , multiple-order-rules ") == everything - {
        "double-earning",
        "multiple-order-rules",
    }
    assert found("--ignore", "double-earning", "--ignore", "multiple-order-rules") == found(
        "--ignore", "double-earning,multiple-order-rules"
    )


def test_errors_are_always_reported(cli: Run) -> None:
    result = cli("check", "--format", "json", "--select", "double-earning", "-", input=BROKEN)
    assert (result.exit_code, names(result.stdout)) == (1, {"unknown-name"})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--select", "double-earnin"), "did you mean `double-earning`?"),
        (("--ignore", "zzz"), "no diagnostic is called `zzz`"),
        (("--ignore", "unknown-name"), "errors cannot be ignored"),
        (("--ignore", "campaign-blocked"), "errors cannot be ignored"),
        (("--format", "xml"), "'xml'"),
        (("--unsafe-fixes",), "--unsafe-fixes needs --fix"),
        (("--diff",), "--diff needs --fix"),
    ],
)
def test_usage_errors(cli: Run, options: tuple[str, ...], said: str) -> None:
    result = cli("check", *options, "-", input=MAPLE)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_json(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, b=BROKEN, a=MAPLE)
    result = cli("check", "--format", "json", "--statistics", tmp_path)
    report = json.loads(result.stdout)
    assert [Path(file).name for file in report["files"]] == ["a.yaml", "b.yaml"]
    assert report["summary"] == {"errors": 1, "warnings": 0, "infos": 0}
    (found,) = report["diagnostics"]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (9, 13, 9, 19)
    assert "1  unknown-name" in result.stderr


def test_statistics_are_the_same_every_time(cli: Run) -> None:
    first, second = (cli("check", "--statistics", "-", input=WARNED) for _ in range(2))
    assert first.stdout == second.stdout
    assert "      2  tiers\n" in first.stdout
    assert "      2  rules\n" in first.stdout
    assert "      1  multiple-order-rules" in first.stdout


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"tiercel: 1\n\x00", b"\x80", b"[" * 50_000, b"a: &a [*a]"]
)
def test_no_input_crashes(cli: Run, content: bytes) -> None:
    assert cli("check", "-", input=content).exit_code == 1


def test_a_file_that_is_too_large_is_not_read_whole(cli: Run) -> None:
    result = cli("check", "/dev/zero")
    assert result.exit_code == 1
    assert "[too-large]" in result.stdout


ALLOWED = (
    MAPLE
    + "  - {id: more, activity: review, points: 1, active: false} # tiercel: allow[inactive-rule]: why\n"
)
EXPIRING = ALLOWED.replace("]: why", "] until 2027-01-31: why")


def test_what_is_allowed_is_counted(cli: Run) -> None:
    result = cli("check", "--statistics", "-", input=ALLOWED)
    assert (result.exit_code, result.stderr) == (0, "nothing found in 1 file; 1 finding allowed\n")
    assert result.stdout.endswith("      1  inactive-rule, allowed\n")
    others = cli("check", "--statistics", "--ignore", "inactive-rule", "-", input=ALLOWED)
    assert others.stderr == "nothing found in 1 file\n"
    assert "allowed" not in others.stdout


def test_an_allow_is_used_whether_what_it_allows_was_selected_or_not(cli: Run) -> None:
    for options in (["--select", "unused-allow"], ["--ignore", "inactive-rule"]):
        assert cli("check", *options, "-", input=ALLOWED).stdout == ""


def test_today(cli: Run) -> None:
    def found(*options: str) -> set[str]:
        return names(cli("check", "--format", "json", *options, "-", input=EXPIRING).stdout)

    assert found() == found("--today", "2027-01-31") == set()
    assert found("--today", "2027-02-01") == {"inactive-rule", "expired-allow"}
    assert cli("check", "--strict", "--today", "2027-02-01", "-", input=EXPIRING).exit_code == 1


@pytest.mark.parametrize(
    "day", ["", "today", "2027-02-29", "2027-W01-1", "20270131", "2027-1-31", "\uff12027-01-31"]
)
def test_a_day_that_is_none(cli: Run, day: str) -> None:
    result = cli("check", "--today", day, "-", input=MAPLE)
    assert result.exit_code == 2
    assert "is no day, as `2027-01-31` is" in result.stderr
