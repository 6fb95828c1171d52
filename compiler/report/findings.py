"""What a check found in some files: the input of every format that reports on all of them in one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..diagnostics import Diagnostic
from ..source import SourceFile


class Suppressed(NamedTuple):
    """A finding that somebody chose to live with, in the file itself or elsewhere, and why."""

    diagnostic: Diagnostic
    reason: str
    kind: Literal["inSource", "external"] = "inSource"


class Checked(NamedTuple):
    """A file that was checked, what to report of it, and what is there and not to be reported."""

    source: SourceFile
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()


class Finding(NamedTuple):
    """A finding, its file and fingerprint; `suppressed` where it is not to be reported."""

    source: SourceFile
    diagnostic: Diagnostic
    fingerprint: str
    suppressed: Suppressed | None


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
        return (found[:3] for found in self.all() if found.suppressed is None)

    def all(self) -> Iterator[Finding]:
        """Every finding, reported or not, file by file and by place."""
        for checked in self.files:
            yield from _of_file(checked)


def _of_file(checked: Checked) -> Iterator[Finding]:
    from ..fingerprint import fingerprints  # JSON for programs has none

    found: list[tuple[Diagnostic, Suppressed | None]] = [(each, None) for each in checked.diagnostics]
    found += [(each.diagnostic, each) for each in checked.suppressed]
    found.sort(key=lambda each: (each[0].span.start, each[0].name))
    # What is suppressed counts, so that the fingerprints of others stay when it is.
    prints = fingerprints(checked.source, [diagnostic for diagnostic, _ in found])
    for (diagnostic, suppressed), fingerprint in zip(found, prints, strict=True):
        yield Finding(checked.source, diagnostic, fingerprint, suppressed)


def remarks(diagnostic: Diagnostic) -> Iterator[str]:
    """What a diagnostic says beside its message and its places, a line each: `help: write …`."""
    yield from (f"note: {note}" for note in diagnostic.notes)
    if diagnostic.help is not None:
        yield f"help: {diagnostic.help}"
