"""Tells what scenarios cover of their programs, and makes scenarios for what is missing."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..coverage.covered import Covered, percentage, shown_percentage, together
from ..coverage.propose.proposals import propose
from ..coverage.propose.stage import Setting
from ..coverage.propose.written import header, not_found, scenarios
from ..coverage.seen import Seen, added
from ..coverage.targets import ground_of
from ..scenarios.reading import SUFFIXES
from ..scenarios.versions import Version

if TYPE_CHECKING:
    from ..scenarios.running import FileResult
    from .playing import Known


def covered(runs: Iterable[Seen], programs: Collection[str], known: Known) -> list[Covered]:
    """Every program that was played, or is among `programs`, by path, unless it has errors."""
    seen = added(runs)
    paths = {path for path, _ in seen.programs} | set(programs)
    return list(_covered(sorted(paths), seen, known))


def _covered(paths: Iterable[str], seen: Seen, known: Known) -> Iterator[Covered]:
    for path in paths:
        version = known.versions.get(path)
        if isinstance(version, Version):
            if path not in known.grounds:
                known.grounds[path] = ground_of(version.model)
            yield Covered(path, known.grounds[path], seen.of(path))


def too_little(programs: Sequence[Covered], least: Decimal) -> str | None:
    """What to say where less is covered of all programs together than has to be."""
    seen, counted = together(programs)
    if percentage(seen, counted) >= Fraction(least):
        return None
    return f"{shown_percentage(seen, counted)} covered ({seen} of {counted}), and it has to be {least:f} %"


def proposed(programs: Sequence[Covered], files: Sequence[FileResult], known: Known) -> Iterator[str]:
    """Scenarios for what is missing, as lines to paste: below those of a program's file, or as a file of its own.

    For what none is found, comments say so.
    """
    lacking = [program for program in programs if program.missing]
    for number, program in enumerate(lacking):
        version = known.versions.get(program.path)
        assert isinstance(version, Version)
        setting = Setting(version.model, version.program, program.ground)
        found = propose(setting, program.missing)
        file = _beside(program.path, files)
        if len(lacking) > 1:
            yield from ([""] if number else [])
            yield f"# {file.source.name if file else _name_of_tests(program.path)}"
        if found.made and file is None:
            yield from header()
        yield from scenarios(setting, found, {result.title for result in file.results} if file else ())
        yield from not_found(setting, found)


def _beside(path: str, files: Sequence[FileResult]) -> FileResult | None:
    """The file of scenarios that goes with a program by its name, if it was played."""
    names = {os.path.splitext(path)[0] + suffix for suffix in SUFFIXES}
    return next((file for file in files if os.path.normpath(file.source.name) in names), None)


def _name_of_tests(path: str) -> str:
    return os.path.splitext(path)[0] + SUFFIXES[0]
