"""Tells what scenarios cover of their programs, and makes scenarios for what is missing."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..compiler.report.cells import visible
from ..coverage.covered import Covered, percentage, shown_percentage, together
from ..coverage.propose.pasted import INDENTATION, Place, pasted, place_in
from ..coverage.propose.proposals import propose
from ..coverage.propose.stage import Setting
from ..coverage.propose.written import HEADER, not_found, scenarios
from ..coverage.seen import Seen, added
from ..coverage.targets import ground_of
from ..scenarios.reading import SUFFIXES
from ..scenarios.versions import Version
from .same_file import file_of, name_of, spellings

if TYPE_CHECKING:
    from ..scenarios.running import FileResult
    from .playing import Known


def covered(runs: Iterable[Seen], programs: Collection[str], known: Known) -> list[Covered]:
    """Every program that was played, or is among `programs`, by path, unless it has errors; each once."""
    seen = added(runs)
    paths = {path for path, _ in seen.programs} | set(programs)
    return list(_covered(spellings(paths, file_of), seen, known))


def _covered(programs: Mapping[str, Iterable[str]], seen: Seen, known: Known) -> Iterator[Covered]:
    for path, spelt in programs.items():
        version = known.versions.get(path)
        if isinstance(version, Version):
            if path not in known.grounds:
                known.grounds[path] = ground_of(version.model)
            yield Covered(path, known.grounds[path], frozenset().union(*map(seen.of, spelt)))


def too_little(programs: Sequence[Covered], least: Decimal) -> str | None:
    """What to say where less is covered of all programs together than has to be."""
    seen, counted = together(programs)
    if percentage(seen, counted) >= Fraction(least):
        return None
    return f"{shown_percentage(seen, counted)} covered ({seen} of {counted}), and it has to be {least:f} %"


def proposed(
    programs: Sequence[Covered], files: Sequence[FileResult], known: Known
) -> tuple[list[str], list[str]]:
    """Scenarios for what is missing, as lines to paste: below those of a program's file, or as a file of its own.

    Beside them, as lines for people, for what none is found.
    """
    lines: list[str] = []
    without: list[str] = []
    lacking = [program for program in programs if program.missing]
    for number, program in enumerate(lacking):
        version = known.versions.get(program.path)
        assert isinstance(version, Version)
        setting = Setting(version.model, version.program, program.ground)
        found = propose(setting, program.missing)
        file = _beside(program.path, files)
        if len(lacking) > 1:
            lines += [""] if number else []
            lines.append(f"# {file.source.name if file else _name_of_tests(program.path)}")
        if found.made:
            # Below others an empty line sets them apart.
            lines += [""] if file else HEADER
        place = place_in(file.source) if file else Place(INDENTATION, frozenset(), True)
        lines += pasted(scenarios(setting, found, place.titles), place)
        without += not_found(setting, found)
        if found.made and file and not place.is_last:
            without.append(
                f"`{visible(file.source.name)}` does not end with its scenarios: put these among them"
            )
    return lines, without


def _beside(path: str, files: Sequence[FileResult]) -> FileResult | None:
    """The file of scenarios that goes with a program by its name, if it was played."""
    names = {name_of(os.path.splitext(path)[0] + suffix) for suffix in SUFFIXES}
    return next((file for file in files if name_of(file.source.name) in names), None)


def _name_of_tests(path: str) -> str:
    return os.path.splitext(path)[0] + SUFFIXES[0]
