"""Holds the findings that a baseline file lists, tells which of them are gone, and writes it anew."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import click

from ..compiler.baseline import BaselineError, Held, parse, render
from ..compiler.diagnostics import Diagnostic, Severity
from ..compiler.fingerprint import marks
from ..compiler.report.cells import visible
from ..compiler.source import SourceFile
from .ending import NotDone
from .files import STDIN, expect_other_file, expect_writable, read_bytes, whole_file
from .printing import count

# More findings than anybody lives with, and no more than a moment to read.
MOST_BYTES = 2**26
MOST_LISTED = 10


@dataclass
class Baseline:
    """A baseline while files are checked: what it lists, what of it was found again, and in which files it would be.

    With `writing` it holds every warning and info that is found. `takes` is whether findings of a name are asked for.
    """

    path: str
    writing: bool
    listed: frozenset[Held]
    takes: Callable[[str], bool]
    found: set[Held] = field(default_factory=set)
    looked_at: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._known = {_identity(held) for held in self.listed}

    def split(
        self, source: SourceFile, diagnostics: Sequence[Diagnostic], *, complete: bool
    ) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """What is to be reported of a file, and what the baseline holds. Errors are never held.

        `complete` is whether lints had a program to look at: only then what they do not find is gone.
        """
        if complete:
            self.looked_at.add(self._relative(source.name))
        reported = [d for d in diagnostics if d.severity is Severity.ERROR]
        held: list[Diagnostic] = []
        for finding, here in self._lints(source, diagnostics):
            if self.writing or self._lists(here):
                self.found.add(here)
                held.append(finding)
            else:
                reported.append(finding)
        return reported, held

    def unlisted(self, source: SourceFile, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Of what is found in a file, what is not listed; errors never are."""
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        return errors + [
            finding for finding, here in self._lints(source, diagnostics) if not self._lists(here)
        ]

    def _lints(
        self, source: SourceFile, diagnostics: Sequence[Diagnostic]
    ) -> Iterator[tuple[Diagnostic, Held]]:
        """The warnings and infos, each with how a baseline lists it."""
        file = self._relative(source.name)
        lints = [d for d in diagnostics if d.severity is not Severity.ERROR]
        for finding, mark in zip(lints, marks(source, lints, file), strict=True):
            yield finding, Held(file, finding.name, *mark)

    def _lists(self, held: Held) -> bool:
        return _identity(held) in self._known

    def gone(self) -> list[Held]:
        """What the baseline lists and is found no more, sorted; of what this check has looked for."""
        found = {_identity(held) for held in self.found}
        return sorted(h for h in self.listed if self._was_looked_for(h) and _identity(h) not in found)

    def finish(self) -> None:
        """Write the baseline, or say on standard error what of it is gone."""
        gone = self.gone()
        if self.writing:
            self._write()
        for held in gone[:MOST_LISTED]:
            _say(
                f"{held.file}: {held.name} at `{held.at}` is gone"
                if held.at
                else f"{held.file}: {held.name} is gone"
            )
        if len(gone) > MOST_LISTED:
            _say(f"{len(gone) - MOST_LISTED} more are gone")
        if gone and not self.writing:
            _say(f"take what is gone out of {self.path} with --write-baseline")

    def _write(self) -> None:
        """What was found, and what this check has not looked for."""
        kept = {held for held in self.listed if not self._was_looked_for(held)}
        written = self.found | kept
        with whole_file(self.path) as stream:
            stream.write(render(written).encode("ascii"))
        _say(f"wrote {self.path}, which holds {count(len(written), 'finding')}")

    def _was_looked_for(self, held: Held) -> bool:
        """Whether a finding would be there by now: its file was checked for such findings, or is no more."""
        if held.file in self.looked_at:
            return self.takes(held.name)
        return not os.path.lexists(os.path.join(os.path.dirname(self.path), held.file))

    def _relative(self, path: str) -> str:
        try:
            return os.path.relpath(path, os.path.dirname(self.path) or ".").replace(os.sep, "/")
        except ValueError:  # on another drive
            return os.path.abspath(path).replace(os.sep, "/")


def open_baseline(path: str, writing: bool, inputs: Iterable[str], takes: Callable[[str], bool]) -> Baseline:
    """The baseline in a file, which has to be there unless it is to be written. Raises `NotDone` where it is none."""
    inputs = list(inputs)
    if STDIN in (path, *inputs):
        raise click.UsageError("a baseline is about files by their names, and standard input has none")
    if writing:
        expect_other_file(path, *inputs)
        expect_writable(path)
        if not os.path.lexists(path):
            return Baseline(path, writing, frozenset(), takes)
    return Baseline(path, writing, _read(path), takes)


def _read(path: str) -> frozenset[Held]:
    content = read_bytes(path, MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotDone(f"cannot read the baseline `{path}`: it has more than {MOST_BYTES // 2**20} MiB")
    try:
        return parse(content)
    except BaselineError as error:
        raise NotDone(f"cannot read the baseline `{path}`: {error}") from error


def _identity(held: Held) -> tuple[str, str, str]:
    return held.file, held.name, held.fingerprint


def _say(text: str) -> None:
    print(visible(text), file=sys.stderr)
