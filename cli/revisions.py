"""Reads a version of a program file: as it is, or as it was at a revision of its git repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from .ending import NotDone, reason
from .files import STDIN, read_bytes, shown_name
from .programs import MOST, SUFFIXES


class Version(NamedTuple):
    """The bytes of a file, and what messages call it."""

    name: str
    content: bytes


def read_version(argument: str) -> Version:
    """A file, standard input for `-`, or `REV:PATH` in the repository of the current folder. Raises `NotDone`.

    What exists as a file is that file. PATH is relative to the root of the repository, or with `./` to the current
    folder; without a REV it is what is staged.
    """
    revision, colon, _ = argument.partition(":")
    if argument == STDIN or not colon or os.path.exists(argument):
        return read_file(argument)
    return _Blob(argument, ".", revision, argument).read()


def read_file(path: str) -> Version:
    """A file as it is, or standard input for `-`. Raises `NotDone`."""
    return Version(shown_name(path), read_bytes(path, MOST))


def read_at(revision: str, path: str) -> Version:
    """A file as it was at a revision, in the repository that holds it. Raises `NotDone`."""
    _expect_revision(revision, path)
    folder, name = _split(path)
    return _Blob(f"{revision}:{path}", folder or ".", revision, f"{revision}:./{name}").read()


def names_at(revision: str, path: str) -> list[str]:
    """The path of a file, or those of the YAML files in a folder, at a revision; hidden ones are skipped.

    Raises `NotDone` where there is no such revision.
    """
    _expect_revision(revision, path)
    folder, name = (path, ".") if os.path.isdir(path) else _split(path)
    asked = _Blob(f"{revision}:{path}", folder or ".", revision, f"{revision}^{{tree}}")
    listed = asked.names(name)
    found = [os.path.normpath(os.path.join(folder, each)) for each in listed]
    return [each for each in found if each.endswith(SUFFIXES) or each == os.path.normpath(path)]


def _expect_revision(revision: str, path: str) -> None:
    if not revision:
        raise NotDone(f"cannot read an older version of `{path}`: the revision is empty")


def _split(path: str) -> tuple[str, str]:
    """The folder of a file, and its name from there; where the folder is gone, the nearest above that is there."""
    folder, name = os.path.split(path)
    while folder and not os.path.isdir(folder):
        folder, last = os.path.split(folder)
        name = f"{last}/{name}"
    return folder, name


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in path.split("/"))


class _Blob(NamedTuple):
    """A file in a git repository: what messages call it, the folder to ask git in, the revision, git's name of it."""

    name: str
    folder: str
    revision: str
    object: str

    def read(self) -> Version:
        with self._refusals():
            content = self._content()
            if content is None:
                raise NotDone(f"cannot read `{self.name}`: {self._why_not()}")
        return Version(self.name, content)

    def names(self, name: str) -> list[str]:
        """The files that a name in the folder stands for, hidden ones aside, as paths from the folder."""
        with self._refusals():
            if self._ask("rev-parse", "--verify", "--quiet", self.object)[0]:
                raise NotDone(f"cannot read `{self.name}`: {self._why_not()}")
            command = self._command("ls-tree", "-r", "-z", "--name-only", self.revision, "--", f"./{name}")
            ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        listed = [os.fsdecode(each) for each in ran.stdout.split(b"\0") if each]
        return [each for each in listed if each == name or not _is_hidden(each)]

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        # Git would take it for an option.
        if self.revision.startswith("-"):
            raise NotDone(f"cannot read `{self.name}`: a revision does not begin with `-`")
        try:
            yield
        except FileNotFoundError:
            raise NotDone(f"cannot read `{self.name}`: the program `git` is not installed") from None
        except OSError as error:
            raise NotDone(f"cannot read `{self.name}`: cannot run `git`: {reason(error)}") from error

    def _content(self) -> bytes | None:
        """The bytes, no more than it takes to see that they are too many; none where there is no such file."""
        command = self._command("cat-file", "blob", self.object)
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as git:
            assert git.stdout is not None
            content = git.stdout.read(MOST)
        return content if git.returncode == 0 or len(content) == MOST else None

    def _why_not(self) -> str:
        """What is missing, found out question by question, since git's own words depend on its version."""
        code, said = self._ask("rev-parse", "--git-dir")
        if code:
            return said or "git finds no repository"
        if self.revision and self._ask("rev-parse", "--verify", "--quiet", f"{self.revision}^{{tree}}")[0]:
            return f"no revision `{self.revision}` in this git repository; it may have to be fetched first"
        if not self._ask("cat-file", "-e", self.object)[0]:
            return "it is a folder, and a file is needed"
        return f"no such file in `{self.revision}`" if self.revision else "no such file is staged"

    def _ask(self, *arguments: str) -> tuple[int, str]:
        """Git's exit code, and why it failed, if it says so."""
        environment = {**os.environ, "LC_ALL": "C"}
        ran = subprocess.run(
            self._command(*arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            check=False,
        )
        lines = ran.stderr.decode("utf-8", "replace").splitlines()
        return ran.returncode, next((line[7:] for line in lines if line.startswith("fatal: ")), "")

    def _command(self, *arguments: str) -> list[str]:
        return ["git", "-C", self.folder, *arguments]
