"""Runs the real pre-commit in repositories of merchants, with the hooks of this checkout.

    hooks = hooks_repository(tmp_path / "tiercel")
    repository(shop, {".pre-commit-config.yaml": hooks.configuration(), "maple.yaml": MAPLE})
    expect_installed(shop, home)
    ran = pre_commit(shop, home, "run", "--all-files")

`home` is a folder in which pre-commit keeps what it installs; tests that share it install once.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tiercel import __version__
from tiercel.tests.ci.repository import Ran, environment, git, repository, run

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}

_NOT_SOURCE = shutil.ignore_patterns(
    ".*", "build", "dist", "*.egg-info", "__pycache__", "tests", "benchmarks"
)


class Hooks(NamedTuple):
    """A repository of hooks, and the commit of it to use."""

    folder: Path
    commit: str

    def configuration(self, names: Iterable[str] = HOOKS) -> str:
        """The text of a `.pre-commit-config.yaml` with hooks, all of them if none are named."""
        used = {"repo": str(self.folder), "rev": self.commit, "hooks": [{"id": name} for name in names]}
        return yaml.safe_dump({"repos": [used]}, sort_keys=False)


def copy_of_checkout(folder: Path) -> Path:
    """Copy what is needed to install the package, to run its hooks and its action, into a new folder."""
    shutil.copytree(ROOT, folder, ignore=_NOT_SOURCE)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    return folder


def hooks_repository(folder: Path) -> Hooks:
    """Make a new folder a git repository of this checkout, as pre-commit clones it."""
    return Hooks(folder, repository(copy_of_checkout(folder), {}))


def hooked(home: Path) -> dict[str, str]:
    """The environment for pre-commit, and for git where it runs the hooks of a commit."""
    return environment(PRE_COMMIT_HOME=home)


def pre_commit(shop: Path, home: Path, *arguments: str) -> Ran:
    """Run pre-commit in a repository; it may fail."""
    return run(sys.executable, "-m", "pre_commit", *arguments, cwd=shop, env=hooked(home))


def expect_installed(shop: Path, home: Path) -> None:
    """Let pre-commit install the hooks; that takes packages."""
    ran = pre_commit(shop, home, "install-hooks")
    if ran.returncode:
        expect_registry(shop.parent)
        pytest.fail(ran.stdout + ran.stderr)


def expect_registry(folder: Path) -> None:
    """Skip a test where no package registry can be reached, which may be so at home alone."""
    ran = run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "tzdata", cwd=folder)
    if ran.returncode and "CI" not in os.environ:
        pytest.skip("no package registry can be reached")


def hooked_shop(folder: Path) -> dict[str, str]:
    """Make an empty folder for a shop. Returns the environment in which its hooks come from this checkout.

    There `pre-commit` is a program, and `https://github.com/OWNER/tiercel` has the commit `v` and the version.
    """
    folder.mkdir()
    expect_registry(folder)
    hooks = hooks_repository(folder.parent / "tiercel")
    git(hooks.folder, "tag", f"v{__version__}")
    programs = folder.parent / "bin"
    programs.mkdir()
    (programs / "pre-commit").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pre_commit "$@"\n'
    )
    (programs / "pre-commit").chmod(0o755)
    path = os.pathsep.join((str(Path(sys.executable).parent), str(programs), os.environ["PATH"]))
    return {
        **hooked(folder.parent / "home"),
        "HOME": str(folder.parent),
        "PATH": path,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{hooks.folder}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/OWNER/tiercel",
    }
