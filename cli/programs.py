"""Finds the program files that a folder stands for, and compiles one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..compiler.syntax.declares import declares_program
from .ending import NotDone
from .files import STDIN, read_bytes, refusals, shown_name

if TYPE_CHECKING:
    from datetime import date

    from ..compiler.driver import Compilation

SUFFIXES = (".yaml", ".yml")
# A program file is at most 1 MiB; a byte more is enough to see that one is too large.
MOST = 2**20 + 1

_PATTERN = re.compile(r"[*?]|\[.+\]")


def compile_program(path: str, today: date | None = None) -> Compilation:
    """Compile a program file (`-`: standard input). Raises `NotDone` where it cannot be read."""
    content = read_bytes(path, MOST)
    from ..compiler.driver import compile_bytes

    return compile_bytes(shown_name(path), content, today=today)


def program_files(path: str, programs_only: bool = False) -> list[str]:
    """The files that an argument stands for: itself, or for a folder the programs below it, sorted.

    With `programs_only` a file that is no program stands for nothing, as a folder without one does.

    A file below a folder that cannot be read is among them, for whoever reads it to say so. Raises `NotDone`
    for a folder that cannot be read, or has no program below it, and for a pattern that no shell replaced.
    """
    if path == STDIN or not os.path.isdir(path):
        if _PATTERN.search(path) and not os.path.lexists(path):
            raise NotDone(f"no file matches `{path}`; give files or folders, or let the shell find them")
        return [] if programs_only and path != STDIN and not is_program(path) else [path]
    found = [file for file in _yaml_files(path, set()) if is_program(file)]
    if not found and not programs_only:
        raise NotDone(f"no program below `{path}`: no `*.yaml` or `*.yml` with a top-level key `tiercel`")
    return sorted(found)


def is_program(path: str) -> bool:
    """Whether a file declares a program; also where it cannot be read, for whoever reads it to say so."""
    try:
        return declares_program(read_bytes(path, MOST))
    except NotDone:
        return True


def _yaml_files(folder: str, seen: set[tuple[int, int]]) -> Iterator[str]:
    """YAML files below a folder. Hidden folders are skipped; each folder is visited once, whatever links say."""
    with refusals("read the folder", folder):
        there = os.stat(folder)
        entries = sorted(entry.path for entry in os.scandir(folder) if not entry.name.startswith("."))
    if (there.st_dev, there.st_ino) in seen:
        return
    seen.add((there.st_dev, there.st_ino))
    for entry in entries:
        if os.path.isdir(entry):
            yield from _yaml_files(entry, seen)
        elif entry.endswith(SUFFIXES) and os.path.isfile(entry):
            yield entry
