"""Compares each of several programs with what it was at a revision of its git repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from ..compiler.diff.change import Difference
from ..compiler.driver import Compilation, compile_bytes
from ..compiler.report.diff_many import Compared, State
from ..compiler.syntax.declares import declares_program
from .ending import NotDone
from .files import STDIN
from .printing import print_errors
from .programs import program_files
from .revisions import Version, names_at, read_at, read_file

Compare = Callable[[Compilation, Compilation], Difference]


def is_many(revision: str, paths: Sequence[str]) -> bool:
    """Whether arguments stand for something else than one file that has been there at a revision, and is.

    Raises `NotDone` where git cannot be asked.
    """
    if len(paths) > 1 or os.path.isdir(paths[0]):
        return True
    return paths[0] != STDIN and os.path.isfile(paths[0]) and not names_at(revision, paths[0])


def compare_all(revision: str, paths: Sequence[str], compare: Compare) -> list[Compared]:
    """The programs of files and folders, with those that were there at the revision and are gone, by path.

    `compare` is given two versions without errors. Raises `NotDone` where git cannot be asked, or a file read.
    """
    if STDIN in paths:
        raise NotDone("with --against a FILE cannot be standard input")
    there: set[str] = set()
    before: set[str] = set()
    for path in paths:
        listed = names_at(revision, path)
        before.update(listed)
        if os.path.exists(path) or not listed:
            files = program_files(path, programs_only=os.path.isdir(path))
            there.update(os.path.normpath(file) for file in files)
    gone = (path for path in sorted(before - there) if not os.path.exists(path))
    found = [_compared(revision, path, path in before, compare) for path in sorted(there)]
    return sorted([*found, *_gone(revision, gone)], key=lambda each: each.name)


def _gone(revision: str, paths: Iterator[str]) -> Iterator[Compared]:
    for path in paths:
        old = read_at(revision, path)
        if declares_program(old.content):
            yield Compared(path, old.name, State.GONE)


def _compared(revision: str, path: str, was_there: bool, compare: Compare) -> Compared:
    new = compile_bytes(path, read_file(path).content, lint=False)
    if new.program is None:
        print_errors(new)
        return Compared(path, "", State.BROKEN)
    old = read_at(revision, path) if was_there else Version("", b"")
    if not declares_program(old.content):
        return Compared(path, "", State.NEW)
    before = compile_bytes(old.name, old.content, lint=False)
    if before.program is None:
        return Compared(path, old.name, State.MENDED)
    return Compared(path, old.name, State.COMPARED, compare(before, new))
