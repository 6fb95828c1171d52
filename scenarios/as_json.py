"""Writes what came of scenarios for programs: one JSON object over all files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..compiler.report.excerpt import position_span
from ..compiler.report.json import diagnostic_object
from ..compiler.source import SourceFile
from .outcomes import Failure
from .running import Broken, FileResult, Result, summary

VERSION = 1


def document(
    files: Sequence[FileResult], broken: Sequence[Broken], coverage: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The object: scenarios in file order, then errors of files and programs, then how many there are of each outcome.

    `coverage` is what they cover, where that was measured.
    """
    errors = [(one.source, one.errors) for one in broken] + [(one.source, one.errors) for one in files]
    return {
        "version": VERSION,
        "files": [file.source.name for file in files],
        "scenarios": [_scenario(file.source, result) for file in files for result in file.results],
        "diagnostics": [diagnostic_object(source, error) for source, found in errors for error in found],
        "summary": summary(files),
        **({} if coverage is None else {"coverage": coverage}),
    }


def render(
    files: Sequence[FileResult], broken: Sequence[Broken], coverage: dict[str, Any] | None = None
) -> str:
    """The object as a JSON text that ends with a line end."""
    return json.dumps(document(files, broken, coverage), indent=2) + "\n"


def _scenario(source: SourceFile, result: Result) -> dict[str, Any]:
    return {
        "file": source.name,
        "title": result.title,
        "row": result.row,
        "values": result.values,
        "line": source.line(result.span.start),
        "outcome": result.outcome,
        "why": result.why,
        "failures": [_failure(source, failure) for failure in result.failures],
    }


def _failure(source: SourceFile, failure: Failure) -> dict[str, Any]:
    line, column, end_line, end_column = position_span(source, failure.span)
    return {
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": failure.message,
        "expected": failure.expected,
        "actual": failure.actual,
        "difference": list(failure.difference),
        "since": list(failure.since),
        "reasons": list(failure.reasons),
        "hint": failure.help,
    }
