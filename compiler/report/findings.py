"""What a check found in some files: the input of every format that reports on all of them in one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..source import SourceFile


class Suppressed(NamedTuple):
    """A finding that the program's author allowed, and the reason given."""

    diagnostic: Diagnostic
    reason: str


class Checked(NamedTuple):
    """A file that was checked, what to report of it, and what its author allowed."""

    source: SourceFile
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, in the order in which it is reported.

    Names of files are relative to the root of the repository, with `/` between folders. `unread` says of each file
    that could not be read why not; `page` gives the Markdown page of a diagnostic's name.
    """

    files: tuple[Checked, ...]
    unread: tuple[str, ...] = ()
    page: Callable[[str], str] = str

    def each(self) -> Iterator[tuple[SourceFile, Diagnostic, str]]:
        """Every finding that is reported, with its file and its fingerprint."""
        from ..fingerprint import fingerprints  # JSON for programs has none

        for checked in self.files:
            prints = fingerprints(checked.source, checked.diagnostics)
            for diagnostic, fingerprint in zip(checked.diagnostics, prints, strict=True):
                yield checked.source, diagnostic, fingerprint


def remarks(diagnostic: Diagnostic) -> Iterator[str]:
    """What a diagnostic says beside its message and its places, a line each: `help: write …`."""
    yield from (f"note: {note}" for note in diagnostic.notes)
    if diagnostic.help is not None:
        yield f"help: {diagnostic.help}"
