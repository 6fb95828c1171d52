"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself in a repository that has all sorts of YAML."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tiercel.cli.group import COMMANDS
from tiercel.tests.cli.conftest import MAPLE

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
NOT_SOURCE = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "tests", "benchmarks")

Ran = subprocess.CompletedProcess[str]


def run(*command: str | Path, cwd: Path) -> Ran:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PRE_COMMIT_HOME": str(cwd.parent / "hooks"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
        "NO_COLOR": "1",
    }  # fmt: skip
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def commit(folder: Path) -> str:
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--no-verify", "-m", "all"]):
        ran = run("git", *arguments, cwd=folder)
        assert ran.returncode == 0, ran.stderr
    return run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository that uses all hooks of a copy of this one."""
    hooks, shop = tmp_path / "tiercel", tmp_path / "shop"
    shutil.copytree(ROOT, hooks, ignore=NOT_SOURCE)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    used = [{"id": name} for name in HOOKS if HOOKS[name]["entry"].split()[1] in COMMANDS]
    config = {"repos": [{"repo": str(hooks), "rev": commit(hooks), "hooks": used}]}
    shop.mkdir()
    (shop / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (shop / "maple.yaml").write_text(MAPLE)
    (shop / "deploy.yml").write_text("on: [push]\njobs: {}\n")
    commit(shop)
    return shop


def pre_commit(shop: Path, hook: str) -> Ran:
    assert run("git", "add", "-A", cwd=shop).returncode == 0
    return run(sys.executable, "-m", "pre_commit", "run", hook, "--verbose", cwd=shop)


def expect_hooks(shop: Path) -> None:
    """Let pre-commit install the hooks; that takes packages, and only at home may there be none."""
    ran = run(sys.executable, "-m", "pre_commit", "install-hooks", cwd=shop)
    if ran.returncode == 0:
        return
    offline = run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "tzdata", cwd=shop.parent)
    if offline.returncode and "CI" not in os.environ:
        pytest.skip("no package registry can be reached")
    pytest.fail(ran.stdout + ran.stderr)


def test_hooks_do_what_they_are_for(shop: Path) -> None:
    expect_hooks(shop)
    passed = pre_commit(shop, "tiercel-check")
    assert passed.returncode == 0, passed.stdout

    (shop / "maple.yaml").write_text(MAPLE.replace("spend >= 100", "spendd >= 100"))
    (shop / "deploy.yml").write_text("on: [push, pull_request]\njobs: {}\n")
    failed = pre_commit(shop, "tiercel-check")
    assert failed.returncode == 1
    assert "maple.yaml:9:13: error: " in failed.stdout
    assert "1 error in 1 file" in failed.stdout
    assert "deploy.yml" not in failed.stdout

    (shop / "maple.yaml").write_text(MAPLE)
    (shop / "deploy.yml").write_text("on: {push: {}}\njobs: {}\n")
    only_others = pre_commit(shop, "tiercel-check")
    assert only_others.returncode == 0, only_others.stdout


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
    if command in COMMANDS:
        ran = subprocess.run(
            [sys.executable, "-m", "tiercel", command, "--help"], capture_output=True, text=True, check=True
        )
        assert all(option in ran.stdout for option in options)
