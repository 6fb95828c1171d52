"""`tiercel check --baseline`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import MAPLE, Run

FOUND = MAPLE + "  - {id: a, activity: review, points: 1, active: false}\n"
MORE = FOUND + "  - {id: b, activity: share, points: 1, active: false}\n"
BROKEN = MORE.replace("spend >= 100", "spendd >= 100")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shop.yaml"
    path.write_text(FOUND, encoding="utf-8")
    return path


def entries(path: str | Path = "old.json") -> list[dict[str, str]]:
    read: list[dict[str, str]] = json.loads(Path(path).read_text(encoding="utf-8"))["findings"]
    return read


def write(cli: Run, *arguments: str | Path) -> None:
    assert (
        cli("check", "--baseline", "old.json", "--write-baseline", *(arguments or ["shop.yaml"])).exit_code
        == 0
    )


def test_what_was_found_before_is_held(cli: Run, shop: Path) -> None:
    written = cli("check", "--baseline", "old.json", "--write-baseline", "shop.yaml")
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == (
        "nothing found in 1 file; 1 finding held by the baseline\nwrote old.json, which holds 1 finding\n"
    )
    shop.write_text(MORE, encoding="utf-8")
    result = cli("check", "--baseline", "old.json", "--format", "json", "shop.yaml")
    assert [d["message"] for d in json.loads(result.stdout)["diagnostics"]] == ["the rule `b` is not active"]
    assert result.stderr == "1 info in 1 file; 1 finding held by the baseline\n"
    counted = cli("check", "--baseline", "old.json", "--statistics", "shop.yaml").stdout
    assert counted.endswith("      1  inactive-rule\n      1  inactive-rule, held by the baseline\n")


def test_what_is_held_does_not_fail(cli: Run, shop: Path) -> None:
    shop.write_text(FOUND + "  - {id: b, activity: order, points: 1, per: 1}\n", encoding="utf-8")
    assert cli("check", "--strict", "shop.yaml").exit_code == 1
    write(cli)
    assert cli("check", "--strict", "--baseline", "old.json", "shop.yaml").exit_code == 0


@pytest.mark.usefixtures("shop")
def test_what_is_gone_is_said_and_taken_out(cli: Run, shop: Path) -> None:
    write(cli)
    shop.write_text(MAPLE, encoding="utf-8")
    result = cli("check", "--strict", "--baseline", "old.json", "shop.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "nothing found in 1 file\nshop.yaml: inactive-rule at `earn[a].active` is gone\n"
        "take what is gone out of old.json with --write-baseline\n"
    )
    write(cli)
    assert entries() == []
    assert cli("check", "--baseline", "old.json", "shop.yaml").stderr == "nothing found in 1 file\n"


def test_many_are_not_all_listed(cli: Run, shop: Path) -> None:
    rules = "".join(f"  - {{id: r{i}, activity: share, points: 1, active: false}}\n" for i in range(15))
    shop.write_text(MAPLE + rules, encoding="utf-8")
    write(cli)
    shop.write_text(MAPLE, encoding="utf-8")
    said = cli("check", "--baseline", "old.json", "shop.yaml").stderr.splitlines()
    assert len(said) == 13
    assert said[-2] == "5 more are gone"


def test_what_was_not_looked_for_is_kept(cli: Run, shop: Path) -> None:
    other = shop.with_name("other.yaml")
    other.write_text(FOUND, encoding="utf-8")
    write(cli, ".")
    both = entries()
    assert [entry["file"] for entry in both] == ["other.yaml", "shop.yaml"]
    for options in (["shop.yaml"], ["--ignore", "inactive-rule", "."], ["--select", "double-earning", "."]):
        assert "gone" not in cli("check", "--baseline", "old.json", *options).stderr
        write(cli, *options)
        assert entries() == both
    other.unlink()
    assert "other.yaml: inactive-rule" in cli("check", "--baseline", "old.json", "shop.yaml").stderr
    write(cli, "shop.yaml")
    assert entries() == both[1:]


def test_errors_are_never_held_and_hide_nothing_else(cli: Run, shop: Path) -> None:
    write(cli)
    before = entries()
    shop.write_text(BROKEN, encoding="utf-8")
    result = cli("check", "--baseline", "old.json", "--write-baseline", "shop.yaml")
    assert result.exit_code == 1
    assert "[unknown-name]" in result.stdout
    assert "gone" not in result.stderr
    assert entries() == before


def test_paths_are_relative_to_the_baseline(cli: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop.parent / "folder").mkdir()
    assert cli("check", "--baseline", "folder/old.json", "--write-baseline", "./shop.yaml").exit_code == 0
    assert entries("folder/old.json")[0]["file"] == "../shop.yaml"
    monkeypatch.chdir(shop.parent / "folder")
    for path in ("../shop.yaml", shop, f"..{os.sep}.{os.sep}shop.yaml"):
        assert "1 finding held" in cli("check", "--baseline", "old.json", path).stderr
    assert "1 finding held" in cli("check", "--baseline", shop.parent / "folder" / "old.json", shop).stderr


def test_allows_come_first(cli: Run, shop: Path) -> None:
    shop.write_text(FOUND.rstrip() + " # tiercel: allow[inactive-rule]: why\n", encoding="utf-8")
    write(cli)
    assert entries() == []


@pytest.mark.usefixtures("shop")
def test_usage(cli: Run) -> None:
    for arguments, said in (
        (["--write-baseline", "shop.yaml"], "--write-baseline needs --baseline FILE"),
        (["--baseline", "old.json", "-"], "standard input has none"),
        (["--baseline", "-", "shop.yaml"], "standard input has none"),
        (["--baseline", "old.json", "shop.yaml"], "cannot read `old.json`: no such file"),
        (["--baseline", ".", "shop.yaml"], "is a folder"),
        (["--baseline", "no/old.json", "--write-baseline", "shop.yaml"], "there is no folder `no`"),
        (["--baseline", "shop.yaml", "--write-baseline", "shop.yaml"], "it is the input `shop.yaml`"),
    ):
        result = cli("check", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr


def test_a_file_that_is_no_baseline_is_not_overwritten(cli: Run, shop: Path) -> None:
    other = shop.with_name("old.json")
    other.write_text('{"precious": true}', encoding="utf-8")
    for options in ([], ["--write-baseline"]):
        result = cli("check", "--baseline", "old.json", *options, "shop.yaml")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "cannot read the baseline `old.json`: there is no mapping" in result.stderr
    assert other.read_text(encoding="utf-8") == '{"precious": true}'


def test_nothing_is_written_where_a_file_could_not_be_read(cli: Run, shop: Path) -> None:
    result = cli("check", "--baseline", "old.json", "--write-baseline", "shop.yaml", "missing.yaml")
    assert result.exit_code == 2
    assert [path.name for path in shop.parent.iterdir()] == ["shop.yaml"]


def test_names_in_a_baseline_cannot_do_harm(cli: Run, shop: Path) -> None:
    held = {"file": "\ud800\0/\x1b[31m", "name": "../", "at": "\n", "fingerprint": "0" * 32}
    shop.with_name("old.json").write_text(json.dumps({"version": 1, "findings": [held]}), encoding="utf-8")
    result = cli("check", "--baseline", "old.json", "shop.yaml")
    assert result.exit_code == 0
    assert "\x1b" not in result.stderr
    assert result.stderr.count("\n") == 3
    write(cli)
    assert [entry["name"] for entry in entries()] == ["inactive-rule"]
