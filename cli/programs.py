"""Finds the program files that a folder stands for, and compiles one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ..compiler.syntax.declares import declares_program
from .ending import NotDone
from .files import STDIN, read_bytes, refusals, shown_name
from .same_file import each_once

if TYPE_CHECKING:
    from datetime import date

    from ..compiler.driver import Compilation

SUFFIXES = (".yaml", ".yml")
# As `scenarios.reading` has them, which most commands have no need to import.
SCENARIOS = (".test.yaml", ".test.yml")
# A program file is at most 1 MiB; a byte more is enough to see that one is too large.
MOST = 2**20 + 1

_PATTERN = re.compile(r"[*?]|\[.+\]")


def compile_program(path: str, today: date | None = None) -> Compilation:
    """Compile a program file (`-`: standard input). Raises `NotDone` where it cannot be read, or has scenarios."""
    content = read_bytes(path, MOST)
    if has_scenarios(path, content):
        raise NotDone(f"`{path}` has scenarios, and is no program: give it to `tiercel test`")
    from ..compiler.driver import compile_bytes

    return compile_bytes(shown_name(path), content, today=today)


def files_of_all(
    arguments: Iterable[str], files_of: Callable[[str], list[str]]
) -> tuple[list[str], list[str]]:
    """The files that arguments stand for, sorted, each once; and of those without any, why, which is shown."""
    found: set[str] = set()
    missing: list[str] = []
    for argument in arguments:
        try:
            found.update(files_of(argument))
        except NotDone as refused:
            refused.show()
            missing.append(refused.message)
    return each_once(found), missing


def program_files(path: str, programs_only: bool = False) -> list[str]:
    """The files that an argument stands for: itself, or for a folder the programs below it, sorted.

    With `programs_only` a file that is no program stands for nothing, as a folder without one does.

    A file below a folder that cannot be read is among them, for whoever reads it to say so. Raises `NotDone`
    for a folder that cannot be read, or has no program below it, and for a pattern that no shell replaced.
    """
    return _files(path, is_program, programs_only)


def program_and_scenario_files(path: str, programs_only: bool = False) -> list[str]:
    """As `program_files`, with the scenario files, `*.test.yaml` and `*.test.yml`."""
    return _files(path, lambda file: file.endswith(SCENARIOS) or is_program(file), programs_only)


def _files(path: str, wanted: Callable[[str], bool], wanted_only: bool) -> list[str]:
    if path == STDIN or not os.path.isdir(path):
        _refuse_pattern(path)
        return [] if wanted_only and path != STDIN and not wanted(path) else [path]
    found = sorted(file for file in _yaml_files(path, set()) if wanted(file))
    if not found and not wanted_only:
        raise NotDone(f"no program below `{path}`: no `*.yaml` or `*.yml` with a top-level key `tiercel`")
    return found


def _refuse_pattern(path: str) -> None:
    if _PATTERN.search(path) and not os.path.lexists(path):
        raise NotDone(f"no file matches `{path}`; give files or folders, or let the shell find them")


def has_scenarios(path: str, content: bytes) -> bool:
    """Whether a file is one of scenarios by its name, and no program all the same."""
    return path.endswith(SCENARIOS) and not declares_program(content)


def scenario_files(path: str) -> list[str]:
    """The scenario files that an argument stands for: itself, or for a folder those below it, sorted.

    Of a program it is the one beside it; standard input has scenarios. Raises `NotDone` where there is none.
    """
    if os.path.isdir(path):
        found = [file for file in _yaml_files(path, set()) if file.endswith(SCENARIOS)]
        if not found:
            raise NotDone(f"no scenarios below `{path}`: no `*.test.yaml` or `*.test.yml`")
        return sorted(found)
    _refuse_pattern(path)
    # What comes through a pipe can be read only once.
    piped = path == STDIN or (os.path.exists(path) and not os.path.isfile(path))
    if piped or path.endswith(SCENARIOS) or not declares_program(read_bytes(path, MOST)):
        return [path]
    there = scenarios_beside(path)
    if not there:
        beside = os.path.splitext(path)[0] + SCENARIOS[0]
        raise NotDone(f"`{path}` is a program, and there are no scenarios beside it: no `{beside}`")
    return there


def scenarios_beside(path: str) -> list[str]:
    """The scenario files beside a program that have its name."""
    beside = [f"{os.path.splitext(path)[0]}{suffix}" for suffix in SCENARIOS]
    return [file for file in beside if os.path.isfile(file)]


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
        # `shop.yaml` rather than `./shop.yaml`, as others name it who say what changed.
        here = os.path.normpath(folder) == os.curdir
        visible = (entry for entry in os.scandir(folder) if not entry.name.startswith("."))
        entries = sorted(entry.name if here else entry.path for entry in visible)
    if (there.st_dev, there.st_ino) in seen:
        return
    seen.add((there.st_dev, there.st_ino))
    for entry in entries:
        if os.path.isdir(entry):
            yield from _yaml_files(entry, seen)
        elif entry.endswith(SUFFIXES) and os.path.isfile(entry):
            yield entry
