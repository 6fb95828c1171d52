"""Finds the program files that a folder stands for, and compiles one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .ending import NotDone
from .files import STDIN, read_bytes, refusals, shown_name

if TYPE_CHECKING:
    from datetime import date

    from ..compiler.driver import Compilation

SUFFIXES = (".yaml", ".yml")
TEST_SUFFIXES = (".test.yaml", ".test.yml")
# A program file is at most 1 MiB; a byte more is enough to see that one is too large.
MOST = 2**20 + 1

_PATTERN = re.compile(r"[*?]|\[.+\]")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SKIPPED = re.compile(rb"[ \t]*(?:#|$)|%|---[ \t]*$")
_KEY = re.compile(rb"(?:\?[ \t]+)?(?:[&!]\S*[ \t]+)*[\"']?tiercel[\"']?[ \t]*(?::|$)")
_FLOW_KEY = re.compile(rb"[{,]\s*[\"']?tiercel[\"']?\s*:")


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
        _refuse_pattern(path)
        return [] if programs_only and path != STDIN and not is_program(path) else [path]
    return _below(path, is_program, required=not programs_only)


def program_and_test_files(path: str) -> list[str]:
    """As `program_files`, with the tests of programs, `*.test.yaml` and `*.test.yml`."""
    if path == STDIN or not os.path.isdir(path):
        _refuse_pattern(path)
        return [path]
    return _below(path, lambda file: file.endswith(TEST_SUFFIXES) or is_program(file), required=True)


def _refuse_pattern(path: str) -> None:
    if _PATTERN.search(path) and not os.path.lexists(path):
        raise NotDone(f"no file matches `{path}`; give files or folders, or let the shell find them")


def _below(folder: str, wanted: Callable[[str], bool], *, required: bool) -> list[str]:
    found = sorted(file for file in _yaml_files(folder, set()) if wanted(file))
    if not found and required:
        raise NotDone(f"no program below `{folder}`: no `*.yaml` or `*.yml` with a top-level key `tiercel`")
    return found


def declares_program(content: bytes) -> bool:
    """Whether a YAML file, broken as it may be, and in whatever Unicode encoding, has a top-level `tiercel`."""
    for mark in _MARKS:
        content = content.removeprefix(mark)
    text = re.sub(rb"\r\n?", b"\n", content.replace(b"\0", b""))
    lines = [line for line in text.split(b"\n") if not _SKIPPED.match(line)]
    if not lines:
        return False
    lines[0] = re.sub(rb"^---[ \t]+", b"", lines[0])
    indent = len(lines[0]) - len(lines[0].lstrip())
    if lines[0].startswith(b"{", indent):
        return _in_outer_braces(b"\n".join(lines))
    return any(not line[:indent].strip() and _KEY.match(line, indent) for line in lines)


def _in_outer_braces(text: bytes) -> bool:
    for match in _FLOW_KEY.finditer(text):
        before = text[: match.start() + 1]
        if sum(map(before.count, (b"{", b"["))) - sum(map(before.count, (b"}", b"]"))) == 1:
            return True
    return False


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
