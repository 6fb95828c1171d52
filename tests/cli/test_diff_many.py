"""`tiercel diff --against REV` on folders and several files: one document on all programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tiercel.compiler.report import diff_many
from tiercel.tests.cli.conftest import MAPLE, Run
from tiercel.tests.cli.test_diff import BETTER, BROKEN, MIXED, NEUTRAL, WORSE, git, needs_git

pytestmark = needs_git


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, a repository of which `main` has `same`, `better` and `gone`, besides other YAML."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("GIT_DIR", raising=False)
    folder = tmp_path / "shops"
    for name in ("same", "better", "sub/gone", ".hidden/x"):
        write(folder, name, MAPLE)
    write(folder, "other", "on: [push]\n")
    git(folder, "init", "--quiet")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "all")
    write(folder, "same", f"# The same.\n{MAPLE}")
    write(folder, "better", BETTER)
    write(folder, "new one", MAPLE)
    (folder / "sub" / "gone.yaml").unlink()
    (folder / "other.yaml").unlink()
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def states(cli: Run, *paths: str) -> dict[str, str]:
    said = json.loads(cli("diff", "--against", "main", "--format", "json", *paths).stdout)
    return {
        each["file"]: each["difference"]["verdict"] if each["difference"] else each["state"]
        for each in said["files"]
    }


@pytest.mark.parametrize("spelled", ["{}", "{}/", "{}/.", "./{}", "{}/../{}"])
def test_a_folder_stands_for_its_programs_now_and_then(
    cli: Run, shops: Path, monkeypatch: pytest.MonkeyPatch, spelled: str
) -> None:
    expected = {
        "better.yaml": "only-better",
        "new one.yaml": "new",
        "same.yaml": "equivalent",
        "sub/gone.yaml": "gone",
    }
    assert states(cli, ".") == expected
    monkeypatch.chdir(shops.parent)
    assert states(cli, spelled.replace("{}", "shops")) == {
        f"shops/{name}": said for name, said in expected.items()
    }


def test_several_files(cli: Run, shops: Path) -> None:
    assert states(cli, "same.yaml", "better.yaml") == {
        "better.yaml": "only-better",
        "same.yaml": "equivalent",
    }
    assert states(cli, "same.yaml", "sub") == {"same.yaml": "equivalent", "sub/gone.yaml": "gone"}
    assert states(cli, "sub/gone.yaml", "new one.yaml") == {"new one.yaml": "new", "sub/gone.yaml": "gone"}
    (shops / "sub").rmdir()
    assert states(cli, "sub", "same.yaml") == {"same.yaml": "equivalent", "sub/gone.yaml": "gone"}


def test_a_file_that_is_given_may_be_called_anything(cli: Run, shops: Path) -> None:
    for name in ("shop.txt", ".hidden.yaml"):
        (shops / name).write_text(MAPLE, encoding="utf-8")
    git(shops, "add", ".")
    git(shops, "commit", "--quiet", "--message", "more")
    found = states(cli, "shop.txt", ".hidden.yaml", ".hidden/x.yaml")
    assert found == {".hidden.yaml": "equivalent", ".hidden/x.yaml": "equivalent", "shop.txt": "equivalent"}
    assert "shop.txt" not in states(cli, ".")


@pytest.mark.usefixtures("shops")
def test_one_file_that_is_new(cli: Run) -> None:
    result = cli("diff", "--against", "main", "new one.yaml")
    assert (result.exit_code, result.stdout) == (1, "new one.yaml is new\nthe program differs\n")
    assert cli("diff", "--against", "main", "--fail-on", "breaking", "new one.yaml").exit_code == 0


def test_text(cli: Run, shops: Path) -> None:
    write(shops, "same", BROKEN)
    result = cli("diff", "--against", "main", ".")
    assert result.exit_code == 2
    assert "same.yaml:9:13: error: " in result.stderr
    assert result.stdout == (
        "better.yaml\n"
        "only-better: something is better for customers, and nothing is worse\n\n"
        "rewards: only-better\n"
        "  better  `maple` has the entry reward `20 points`, was `10 points`\n\n"
        "equivalent: tiers, points, retention, perks, campaigns, settings\n\n"
        "new one.yaml is new\n"
        "same.yaml has errors, see `tiercel check`\n"
        "sub/gone.yaml is gone\n"
        "4 of 4 programs differ\n"
    )


@pytest.mark.usefixtures("shops")
def test_markdown(cli: Run) -> None:
    said = cli("diff", "--against", "main", "--format", "markdown", ".").stdout
    assert said.startswith(
        "## Loyalty programs: mixed\n\n"
        "Compared with `main`: 3 of 4 programs differ.\n\n"
        "- `new one.yaml` is new\n- `sub/gone.yaml` is gone\n\n"
        "### `better.yaml`: only-better\n\n"
        "Compared with `main:better.yaml`: "
    )
    assert "same.yaml" not in said


def test_a_comment_is_no_longer_than_hosts_take(
    cli: Run, shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(shops, "same", WORSE)
    monkeypatch.setattr(diff_many, "MOST_CHARACTERS", 300)
    said = cli("diff", "--against", "main", "--format", "markdown", ".").stdout
    assert "### `better.yaml`: only-better" in said
    assert "\n`same.yaml` changes too, see `tiercel diff`.\n" in said


@pytest.mark.parametrize(
    ("text", "any_", "breaking"),
    [
        (MAPLE, 0, 0),
        (BETTER, 1, 0),
        (NEUTRAL, 1, 0),
        (WORSE, 1, 1),
        (MIXED, 1, 1),
        (BROKEN, 2, 2),
        (None, 1, 1),
    ],
)
def test_exit_codes(cli: Run, shops: Path, text: str | None, any_: int, breaking: int) -> None:
    git(shops, "add", ".")
    git(shops, "commit", "--quiet", "--message", "now")
    if text is None:
        (shops / "same.yaml").unlink()
    else:
        write(shops, "same", text)
    assert cli("diff", "--against", "main", ".").exit_code == any_
    assert cli("diff", "--against", "main", "--fail-on", "breaking", ".").exit_code == breaking
    assert cli("diff", "--against", "main", "--fail-on", "never", ".").exit_code == (2 if any_ == 2 else 0)


def test_a_program_that_is_mended_or_new_breaks_nothing(cli: Run, shops: Path) -> None:
    write(shops, "same", BROKEN)
    git(shops, "add", ".")
    git(shops, "commit", "--quiet", "--message", "broken")
    write(shops, "same", MAPLE)
    write(shops, "another", MAPLE)
    result = cli("diff", "--against", "main", "--fail-on", "breaking", ".")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "same.yaml could not be compiled before\n" in result.stdout
    assert "another.yaml is new\n" in result.stdout


def test_nothing_differs(cli: Run, shops: Path) -> None:
    git(shops, "add", ".")
    git(shops, "commit", "--quiet", "--message", "now")
    assert cli("diff", "--against", "main", ".").stdout == "no program differs\n"
    empty = shops / "empty"
    empty.mkdir()
    assert cli("diff", "--against", "main", "empty").stdout == "no program differs\n"


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_no_such_revision(cli: Run, shops: Path, revision: str) -> None:
    result = cli("diff", f"--against={revision}", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "revision" in result.stderr
    assert not (shops / "x").exists()


@pytest.mark.usefixtures("shops")
def test_what_is_not_there(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        "cannot read `missing.yaml`" in cli("diff", "--against", "main", "missing.yaml", "same.yaml").stderr
    )
    outside = tmp_path / "outside"
    outside.mkdir()
    monkeypatch.chdir(outside)
    result = cli("diff", "--against", "main", ".")
    assert result.exit_code == 2
    assert "not a git repository" in result.stderr
