"""What is wrong with a file of scenarios: what in it cannot be read, and what does not come as it is expected to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from ..compiler.diagnostics import Diagnostic, Severity
from ..compiler.driver import Compilation, compile_file
from ..compiler.source import SourceFile, Span
from ..scenarios.outcomes import Failure
from ..scenarios.running import Result, Versions, run_file
from .view import Draft


def scenario_findings(draft: Draft, programs: Mapping[str, Draft]) -> list[Diagnostic]:
    """The findings of a file of scenarios, in file order; `programs` are those that are open, by path.

    Other programs are read from disk.
    """

    def compiled(path: str) -> Compilation:
        there = programs.get(os.path.normpath(path))
        return there.compilation if there else compile_file(path)

    played = run_file(draft.name, draft.data, Versions(compiled))
    failures = [_failure(result, failure) for result in played.results for failure in result.failures]
    unplayed = [_unplayed(played.source, result) for result in played.results if result.why and played.broken]
    return sorted([*played.errors, *failures, *unplayed], key=lambda found: (found.span, found.message))


def _failure(result: Result, failure: Failure) -> Diagnostic:
    notes = tuple(_notes(result, failure))
    return Diagnostic(
        "failed-expectation",
        Severity.ERROR,
        failure.message,
        failure.span,
        notes=notes,
        help=failure.help,
    )


def _notes(result: Result, failure: Failure) -> Iterator[str]:
    if result.row is not None:
        yield f"in {result.label}"
    for head, lines in (
        ("what was written (-), and what is true now (+):", failure.difference),
        ("since the last expectation:", failure.since),
        ("why:", failure.reasons),
    ):
        if lines:
            yield "\n  ".join([head, *lines])


def _unplayed(source: SourceFile, result: Result) -> Diagnostic:
    """A scenario of a program with errors, at the line on which it begins."""
    start = result.span.start
    end = start + len(source.text[start : result.span.end].splitlines()[0])
    return Diagnostic("not-played", Severity.ERROR, result.why or "", Span(start, end))
