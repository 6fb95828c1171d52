"""Checks program files one after the other, each though others are broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from ..compiler.diagnostics import Diagnostic
from ..compiler.model.tree import Program
from ..compiler.source import SourceFile
from .ending import NotDone
from .printing import print_diagnostics
from .programs import compile_program
from .selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from ..compiler.allow.suppress import Suppressed
    from ..compiler.driver import Compilation
    from .baseline import Baseline
    from .fixing import Fixer

# From about this many files on a check takes more than a moment.
MANY = 50


class Checked(NamedTuple):
    """A file that was checked: its text, what it means if it could be read that far, and what to report.

    `suppressed` is what would be reported if comments did not allow it, `held` what the baseline keeps from being so.
    """

    source: SourceFile
    program: Program | None
    diagnostics: list[Diagnostic]
    undecided: int
    suppressed: list[Suppressed]
    held: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class Checking:
    """How files are checked. Findings are printed to `stream` as they come, if there is one."""

    selection: Selection
    today: date | None
    baseline: Baseline | None
    fixer: Fixer | None
    stream: TextIO | None

    def check(self, paths: Sequence[str]) -> tuple[list[Checked], list[str]]:
        """What is found in each file; and of those that could not be read, or not be written, why."""
        checked: list[Checked] = []
        unread: list[str] = []
        for path in self._with_progress(paths):
            try:
                compilation = self._compiled(path)
            except NotDone as refused:
                refused.show()
                unread.append(refused.message)
                continue
            checked.append(self._checked(compilation))
            if self.stream:
                print_diagnostics(compilation.source, checked[-1].diagnostics, self.stream)
        return checked, unread

    def _compiled(self, path: str) -> Compilation:
        if self.fixer is None:
            return compile_program(path, self.today)
        return self.fixer.fixed(path, self.today, self._to_fix)

    def _to_fix(self, compilation: Compilation) -> list[Diagnostic]:
        """Of what is found, what would be reported: what somebody chose to live with is not mended behind their back."""
        found = list(filter(self.selection.takes, compilation.diagnostics))
        return self.baseline.unlisted(compilation.source, found) if self.baseline else found

    def _checked(self, compilation: Compilation) -> Checked:
        source, program = compilation.source, compilation.program
        found = list(filter(self.selection.takes, compilation.diagnostics))
        held: list[Diagnostic] = []
        if self.baseline:
            found, held = self.baseline.split(source, found, complete=program is not None)
        found.sort(key=lambda d: (d.span.start, d.name))
        allowed = [one for one in compilation.suppressed if self.selection.takes(one.finding)]
        return Checked(source, program, found, compilation.undecided, allowed, held)

    def _with_progress(self, paths: Sequence[str]) -> Iterator[str]:
        """The paths, with a progress bar where there are many and nothing else shows on the terminal."""
        shown = self.stream is not None and self.stream.isatty()
        if len(paths) < MANY or not sys.stderr.isatty() or shown:
            yield from paths
            return
        with click.progressbar(paths, label="files", file=sys.stderr) as bar:
            yield from bar
