"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself in a repository that has all sorts of YAML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tiercel.cli.group import COMMANDS
from tiercel.tests.ci.hooked import HOOKS, Hooks, expect_installed, hooked, hooks_repository, pre_commit
from tiercel.tests.ci.repository import Ran, git, repository, run, write

# As `tiercel fmt` leaves it.
TIDY = """\
tiercel: 1

program:
  name: Maple
  currency: CAD
  timezone: America/Toronto

vip:
  window: calendar_year
  tiers:
    - id: seed
      name: Seed
    - id: maple
      name: Maple
      when: spend >= 100
      entry_rewards:
        - {type: points, points: 10}

earn:
  - id: everyday
    activity: order
    points: {seed: 1, maple: 2}
    per: 1.00
"""
SCENARIOS = """\
tiercel-test: 1

scenarios:
  - scenario: Who spends 100 is in Maple
    steps:
      - ann joins
      - ann orders 100.00
      - expect: {ann: {tier: maple}}
"""
OTHERS = {"deploy.yml": "on: [push]\njobs: {}\n", "values.yaml": "a:   1 # of a chart\n"}
SHOP = {"maple.yaml": TIDY, "maple.test.yaml": SCENARIOS, **OTHERS}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs, once for all tests of this module."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    return hooks_repository(tmp_path_factory.mktemp("hooks") / "tiercel")


@pytest.fixture
def shop(tmp_path: Path, hooks: Hooks, home: Path) -> Path:
    """A repository that is in order, and uses all hooks."""
    folder = tmp_path / "shop"
    repository(folder, {".pre-commit-config.yaml": hooks.configuration(), **SHOP})
    expect_installed(folder, home)
    return folder


def run_hook(shop: Path, home: Path, name: str, files: dict[str, str]) -> Ran:
    """Run a hook for a commit of files; everything else stands as it did at first."""
    write(shop, {**SHOP, **files})
    git(shop, "add", "--all")
    return pre_commit(shop, home, "run", name, "--verbose")


def test_check(shop: Path, home: Path) -> None:
    broken = TIDY.replace("spend >= 100", "spendd >= 100")
    failed = run_hook(
        shop, home, "tiercel-check", {"maple.yaml": broken, "deploy.yml": "on: [pull_request]\n"}
    )
    assert failed.returncode == 1
    assert "maple.yaml:15:13: error: " in failed.stdout
    assert "1 error in 1 file" in failed.stdout
    assert "deploy.yml" not in failed.stdout

    mended = run_hook(shop, home, "tiercel-check", {"maple.yaml": TIDY + "# Mended.\n"})
    assert mended.returncode == 0, mended.stdout
    assert "nothing found in 1 file" in mended.stdout


@pytest.mark.parametrize("name", ["deploy.yml", "maple.test.yaml"])
def test_check_takes_nothing_else_for_a_program(shop: Path, home: Path, name: str) -> None:
    ran = run_hook(shop, home, "tiercel-check", {name: SHOP[name] + "# A change.\n"})
    assert ran.returncode == 0, ran.stdout
    assert "file" not in ran.stdout.partition("\n- duration")[2]


def test_fmt(shop: Path, home: Path) -> None:
    untidy = {name: text.replace(": ", ":   ") for name, text in SHOP.items()}
    failed = run_hook(shop, home, "tiercel-fmt", {**untidy, **OTHERS, "values.yaml": "a:    2\n"})
    assert failed.returncode == 1
    assert "files were modified by this hook" in failed.stdout
    assert "2 files formatted" in failed.stdout
    written = {name: (shop / name).read_text("utf-8") for name in SHOP}
    assert written == {**SHOP, "values.yaml": "a:    2\n"}

    git(shop, "add", "--all")
    again = pre_commit(shop, home, "run", "tiercel-fmt", "--all-files")
    assert again.returncode == 0, again.stdout


def test_test(shop: Path, home: Path) -> None:
    failed = run_hook(shop, home, "tiercel-test", {"maple.yaml": TIDY.replace(">= 100", "> 100")})
    assert failed.returncode == 1
    assert "maple.test.yaml:8:30: failed: " in failed.stdout
    assert "0 passed, 1 failed in 1 file" in failed.stdout

    passed = run_hook(shop, home, "tiercel-test", {})
    assert passed.returncode == 0, passed.stdout
    assert "1 passed in 1 file" in passed.stdout

    # That a program is gone is seen too, though nothing is left to be given to a hook.
    git(shop, "rm", "--quiet", "--force", "maple.yaml")
    assert pre_commit(shop, home, "run", "tiercel-test").returncode == 1


def test_a_commit_with_a_mistake_is_refused(shop: Path, home: Path) -> None:
    assert pre_commit(shop, home, "install").returncode == 0
    write(shop, {"maple.yaml": TIDY.replace("100", "1oo")})
    git(shop, "add", "--all")
    refused = run("git", "commit", "--message=oops", cwd=shop, env=hooked(home))
    assert refused.returncode == 1
    assert git(shop, "log", "--format=%s") == "begin"
    write(shop, {"maple.yaml": TIDY.replace("100", "90"), "maple.test.yaml": SCENARIOS.replace("100", "90")})
    git(shop, "add", "--all")
    taken = run("git", "commit", "--message=mended", cwd=shop, env=hooked(home))
    assert taken.returncode == 0, taken.stderr


@pytest.mark.parametrize("name", HOOKS)
def test_what_a_hook_runs(name: str) -> None:
    hook = HOOKS[name]
    command, *options = hook["entry"].split()[1:]
    assert hook["entry"].split()[0] == "tiercel"
    assert hook["language"] == "python"
    if command == "test":
        # Which tests a deleted file fails nobody can tell from the files that are left.
        assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
    else:
        assert "--programs-only" in options
    assert command in COMMANDS
    ran = subprocess.run(
        [sys.executable, "-m", "tiercel", command, "--help"], capture_output=True, text=True, check=True
    )
    assert all(option in ran.stdout for option in options)
