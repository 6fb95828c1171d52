"""A merchant's repository in a temporary folder, and what is typed in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from tiercel.tests.ci.hooked import expect_installed, hooked, hooks_repository
from tiercel.tests.ci.repository import run


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    command: str
    code: int
    stdout: str
    stderr: str

    def ends(self, code: int) -> Ran:
        """Itself, if the command ended so."""
        assert self.code == code, f"$ {self.command}\n{self.stdout}{self.stderr}"
        assert "Traceback" not in self.stderr
        return self


@dataclass(frozen=True)
class Repository:
    """A folder, and beside it a home for what pre-commit installs."""

    folder: Path

    @property
    def home(self) -> Path:
        """Where pre-commit keeps what it installs."""
        return self.folder.parent / "home"

    def run(self, *command: str | Path) -> Ran:
        """Run a command in the folder, as somebody whose own settings do not matter."""
        words = [str(word) for word in command]
        ran = run(*words, cwd=self.folder, env=hooked(self.home))
        return Ran(" ".join(words), ran.returncode, ran.stdout, ran.stderr)

    def tiercel(self, *arguments: str) -> Ran:
        """Run Tiercel."""
        return self.run(sys.executable, "-m", "tiercel", *arguments)

    def git(self, *arguments: str) -> Ran:
        """Run git, which has to do what it is asked for."""
        return self.run("git", *arguments).ends(0)

    def commits(self, message: str) -> Ran:
        """Commit everything, if the hooks let it."""
        self.git("add", "-A")
        return self.run("git", "commit", "-m", message)

    def read(self, name: str) -> str:
        """A file's text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """A file with this text."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, before: str, after: str) -> None:
        """Replace what is in a file once."""
        text = self.read(name)
        assert text.count(before) == 1, f"{before!r} in {name}"
        self.write(name, text.replace(before, after))


def with_hooks(shop: Repository) -> None:
    """Have pre-commit run the hooks of this project at each commit of the repository."""
    hooks = hooks_repository(shop.folder.parent / "tiercel")
    shop.write(".pre-commit-config.yaml", hooks.configuration())
    shop.run(sys.executable, "-m", "pre_commit", "install").ends(0)
    expect_installed(shop.folder, shop.home)
