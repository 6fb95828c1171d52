"""`tiercel diff`: files, revisions of a git repository, formats and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tiercel.tests.cli.conftest import MAPLE, Run

BETTER = MAPLE.replace("points: 10", "points: 20")
WORSE = MAPLE.replace("points: 10", "points: 5")
NEUTRAL = MAPLE.replace("name: Maple, currency", "name: Maple Club, currency")
MIXED = BETTER.replace("calendar_year", "calendar_year\n  lasts: this_window")
BROKEN = MAPLE.replace("spend >= 100", "spendd >= 100")

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    """Run git without the settings of whoever runs the tests."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    ran = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, a repository: `old` has MAPLE, `main` WORSE, BETTER is staged and MIXED in the file."""
    # No repository around the temporary folder, nor one of the environment, is meant.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.delenv("GIT_DIR", raising=False)
    folder = tmp_path / "shop"
    (folder / "programs").mkdir(parents=True)
    program = folder / "programs" / "x.yaml"
    git(folder, "init", "--quiet")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    for text, message in ((MAPLE, "first"), (WORSE, "second")):
        program.write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", message)
    git(folder, "tag", "old", "HEAD~1")
    program.write_text(BETTER, encoding="utf-8")
    git(folder, "add", ".")
    program.write_text(MIXED, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- files --------------------------------------------------------------------------------------------------


def test_equivalent(cli: Run, maple: Path, tmp_path: Path) -> None:
    result = cli("diff", maple, write(tmp_path, "new.yaml", f"# The same.\n{MAPLE}"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "equivalent: no customer and no order is treated differently\n"


def test_different(cli: Run, maple: Path, tmp_path: Path) -> None:
    result = cli("diff", maple, write(tmp_path, "new.yaml", WORSE))
    assert (result.exit_code, result.stderr) == (1, "")
    assert "\n  worse   `maple` has the entry reward `5 points`, was `10 points`\n" in result.stdout


@pytest.mark.parametrize("arguments", [("-", "FILE"), ("FILE", "-")])
def test_standard_input(cli: Run, maple: Path, arguments: tuple[str, ...]) -> None:
    given = [maple if each == "FILE" else each for each in arguments]
    assert cli("diff", *given, input=BETTER).exit_code == 1
    assert cli("diff", *given, input=MAPLE).exit_code == 0


@pytest.mark.parametrize(
    ("new", "any_difference", "breaking"),
    [(MAPLE, 0, 0), (BETTER, 1, 0), (WORSE, 1, 1), (MIXED, 1, 1), (NEUTRAL, 1, 0)],
)
def test_exit_codes(cli: Run, maple: Path, new: str, any_difference: int, breaking: int) -> None:
    def code(*options: str) -> int:
        return cli("diff", *options, maple, "-", input=new).exit_code

    assert code() == code("--fail-on", "any") == any_difference
    assert code("--fail-on", "breaking") == breaking
    assert code("--fail-on", "never") == 0


def test_json(cli: Run, maple: Path) -> None:
    result = cli("diff", "--format", "json", maple, "-", input=WORSE)
    report = json.loads(result.stdout)
    assert list(report) == ["version", "verdict", "parts", "assumed"]
    assert (report["version"], report["verdict"]) == (1, "only-worse")
    assert report["parts"]["perks"] == {"verdict": "equivalent", "changes": []}
    assert report["parts"]["rewards"]["changes"] == [
        {
            "kind": "changed",
            "tier": "maple",
            "old": {"type": "points", "points": 10},
            "new": {"type": "points", "points": 5},
            "better": False,
        }
    ]


def test_markdown(cli: Run, maple: Path) -> None:
    result = cli("diff", "--format", "markdown", maple, "-", input=WORSE)
    assert result.stdout.startswith("### `<stdin>`: only-worse\n\nCompared with `")
    assert "\n- *worse*: `maple` has the entry reward `5 points`, was `10 points`\n" in result.stdout


def test_a_version_with_errors(cli: Run, maple: Path, tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.yaml", BROKEN)
    for arguments in ((maple, broken), (broken, maple)):
        result = cli("diff", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "broken.yaml:9:13: error: " in result.stderr
        assert result.stderr.endswith("\n1 error\n")
    both = cli("diff", broken, "-", input=BROKEN).stderr
    assert "broken.yaml:9:13: error: " in both
    assert "<stdin>:9:13: error: " in both


def test_what_is_probably_wrong_is_no_matter(cli: Run, tmp_path: Path) -> None:
    warned = write(tmp_path, "warned.yaml", MAPLE + "  - {id: more, activity: order, points: 1, per: 1.00}\n")
    result = cli("diff", warned, warned)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "OLD NEW"),
        (("FILE",), "two versions are needed"),
        (("FILE", "FILE", "FILE"), "two versions are needed"),
        (("-", "-"), "only one input can be standard input"),
        (("--against", "main", "FILE", "-"), "cannot be standard input"),
        (("--against", "main", "-"), "cannot be standard input"),
        (("--against", "", "FILE"), "the revision is empty"),
        (("FILE", "missing.yaml"), "cannot read `missing.yaml`: no such file or directory"),
        (("FILE", "FOLDER"), "it is a folder"),
        (("--format", "html", "FILE", "FILE"), "html"),
        (("--fail-on", "all", "FILE", "FILE"), "all"),
        (("--up-to", "12.345", "FILE", "FILE"), "the currency has 2 decimals"),
        (("--up-to", "1e3", "FILE", "FILE"), "not an amount such as `49.95`"),
        (("--up-to", "-5", "FILE", "FILE"), "negative"),
        (("--up-to", "0.00", "FILE", "FILE"), "has to be above 0"),
        (("--up-to", "9" * 30, "FILE", "FILE"), "too large"),
    ],
)
def test_not_done(cli: Run, maple: Path, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    files = {"FILE": maple, "FOLDER": tmp_path}
    result = cli("diff", *(files.get(each, each) for each in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_up_to_is_in_the_new_currency(cli: Run, maple: Path) -> None:
    yen = MAPLE.replace("CAD", "JPY").replace("per: 1.00", "per: 1")
    result = cli("diff", "--up-to", "10.5", maple, "-", input=yen)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the currency has no decimals" in result.stderr
    assert cli("diff", "--up-to", "10.5", "-", maple, input=yen).exit_code == 1


# --- revisions ----------------------------------------------------------------------------------------------


@needs_git
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("old:programs/x.yaml", "old:programs/x.yaml"), 0),
        (("old:programs/x.yaml", "main:programs/x.yaml"), 1),
        (("main~1:programs/x.yaml", "old:./programs/x.yaml"), 0),
        ((":programs/x.yaml", "programs/x.yaml"), 1),
        (("--against", "main", "programs/x.yaml"), 1),
        (("--against", "old", "./programs/../programs/x.yaml"), 1),
    ],
)
@pytest.mark.usefixtures("shop")
def test_revisions(cli: Run, arguments: tuple[str, ...], code: int) -> None:
    result = cli("diff", *arguments)
    assert (result.exit_code, result.stderr) == (code, "")


@needs_git
def test_against_finds_the_repository_of_the_file(
    cli: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = shop / "programs" / "x.yaml"
    path.write_text(WORSE, encoding="utf-8")
    assert cli("diff", "--against", "main", path).exit_code == 0
    assert cli("diff", "--against", "old", path).exit_code == 1
    monkeypatch.chdir(shop / "programs")
    assert cli("diff", "--against", "main", "x.yaml").exit_code == 0
    assert cli("diff", "main:./x.yaml", "main:programs/x.yaml").exit_code == 0


@needs_git
@pytest.mark.usefixtures("shop")
def test_names_of_versions(cli: Run) -> None:
    said = cli("diff", "--format", "markdown", "--against", "main", "programs/x.yaml").stdout
    assert said.startswith("### `programs/x.yaml`: mixed\n\nCompared with `main:programs/x.yaml`: ")
    said = cli("diff", "--format", "markdown", "old:programs/x.yaml", "main:programs/x.yaml").stdout
    assert said.startswith("### `main:programs/x.yaml`: only-worse\n\nCompared with `old:programs/x.yaml`: ")


@needs_git
def test_a_revision_with_errors(cli: Run, shop: Path) -> None:
    write(shop, "programs/x.yaml", BROKEN)
    git(shop, "commit", "--quiet", "--all", "--message", "broken")
    write(shop, "programs/x.yaml", MAPLE)
    result = cli("diff", "--against", "HEAD", "programs/x.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("HEAD:programs/x.yaml:9:13: error: ")


@needs_git
def test_what_exists_as_a_file_is_the_file(cli: Run, shop: Path) -> None:
    write(shop, "main:x.yaml", MAPLE)
    assert cli("diff", "main:x.yaml", "old:programs/x.yaml").exit_code == 0


@needs_git
@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("nowhere:programs/x.yaml", "no revision `nowhere` in this git repository"),
        ("main:x.yaml", "no such file in `main`"),
        ("main:./../../x.yaml", "no such file in `main`"),
        (":y.yaml", "no such file is staged"),
        ("main:programs", "it is a folder"),
        ("main:", "it is a folder"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_no_such_version(cli: Run, old: str, why: str) -> None:
    result = cli("diff", old, "programs/x.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        "Error: cannot read `main:" if old.startswith("main") else "Error: cannot"
    )
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


@needs_git
@pytest.mark.parametrize(
    ("against", "why"),
    [("nowhere", "no revision `nowhere`"), ("main~1^{blob}", "no revision `main~1^{blob}`")],
)
def test_no_such_revision(cli: Run, shop: Path, against: str, why: str) -> None:
    write(shop, "programs/new.yaml", MAPLE)
    for file in ("programs/x.yaml", "programs/new.yaml"):
        result = cli("diff", "--against", against, file)
        assert (result.exit_code, result.stdout) == (2, "")
        assert why in result.stderr
    result = cli("diff", "--against", "main", "programs/missing.yaml")
    assert result.stderr == "Error: cannot read `programs/missing.yaml`: no such file or directory\n"


@needs_git
@pytest.mark.parametrize("revision", ["--output=stolen", "-c", "--textconv", "--batch"])
def test_a_revision_is_no_option(cli: Run, shop: Path, revision: str) -> None:
    before = sorted(os.listdir(shop))
    for arguments in (
        ("--", f"{revision}:programs/x.yaml", "programs/x.yaml"),
        (f"--against={revision}", "programs/x.yaml"),
    ):
        result = cli("diff", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "a revision does not begin with `-`" in result.stderr
    assert sorted(os.listdir(shop)) == before


@needs_git
@pytest.mark.parametrize(
    "revision", ["$(touch stolen)", "main; touch stolen", "main\ntouch stolen", "`touch stolen`"]
)
def test_no_shell_reads_a_revision(cli: Run, shop: Path, revision: str) -> None:
    result = cli("diff", f"{revision}:programs/x.yaml", "programs/x.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert not (shop / "stolen").exists()


@needs_git
def test_no_repository(cli: Run, maple: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.delenv("GIT_DIR", raising=False)
    monkeypatch.chdir(tmp_path)
    for arguments in (("main:maple.yaml", maple), ("--against", "main", maple)):
        result = cli("diff", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "not a git repository" in result.stderr
        assert result.stderr.count("\n") == 1


def test_no_git(cli: Run, maple: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = cli("diff", "main:x.yaml", maple)
    assert result.exit_code == 2
    assert result.stderr == "Error: cannot read `main:x.yaml`: the program `git` is not installed\n"


@needs_git
def test_a_version_that_is_too_large(cli: Run, shop: Path) -> None:
    write(shop, "programs/x.yaml", MAPLE + "#" * 3_000_000)
    git(shop, "commit", "--quiet", "--all", "--message", "large")
    result = cli("diff", "HEAD:programs/x.yaml", "old:programs/x.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "[too-large]" in result.stderr
