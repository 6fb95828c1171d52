"""Git repositories that tests make: with their own names and settings, whatever those of the machine are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

Ran = subprocess.CompletedProcess[str]

_OWN = {
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1",
}  # fmt: skip
_OF_A_SERVER = ("GIT_", "GITHUB_", "GITLAB_", "CI_", "RUNNER_")


def environment(**more: str | Path) -> dict[str, str]:
    """The environment without what git and a CI server around the tests say; and more."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_A_SERVER)}
    return {**kept, **_OWN, **{name: os.fspath(value) for name, value in more.items()}}


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run a command in such an environment, or in the one that is given; it may fail."""
    return subprocess.run(
        command, cwd=cwd, env=env or environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def git(folder: Path, *arguments: str | Path) -> str:
    """What a git command in a folder prints; it may not fail."""
    ran = run("git", *arguments, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, by their paths in a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def repository(folder: Path, files: Mapping[str, str]) -> str:
    """Make a folder, and what is in it already, a repository whose branch `main` has files. Returns the commit."""
    folder.mkdir(exist_ok=True)
    write(folder, files)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return commit(folder, "begin")


def commit(folder: Path, message: str) -> str:
    """Commit everything that changed, without hooks. Returns the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


def clone_of(source: Path, folder: Path, depth: int, origin: Path | None = None) -> Path:
    """A clone as servers make them, of so many commits of what is checked out; `origin` is another place to fetch from."""
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "fetch", "--quiet", f"--depth={depth}", source.as_uri(), git(source, "rev-parse", "HEAD"))
    git(folder, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    git(folder, "remote", "add", "origin", (origin or source).as_uri())
    return folder
