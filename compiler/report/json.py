"""Writes diagnostics for programs: one JSON object over all files that were checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ..diagnostics import Diagnostic, Fix, Severity
from ..source import SourceFile, Span
from .excerpt import position_span
from .findings import Findings

VERSION = 1


def render(findings: Findings) -> str:
    """All diagnostics of some files as a JSON text that ends with a line end.

    Lines and columns count from 1, columns in code points, ends are exclusive. Files and diagnostics come in
    the order given. `hint` is null where there is no help. Of `fixes`, the best comes first; the edits of one are
    made together, each of the text as it is now.
    """
    report = {
        "version": VERSION,
        "files": [checked.source.name for checked in findings.files],
        "diagnostics": [
            diagnostic_object(file.source, d) for file in findings.files for d in file.diagnostics
        ],
        "summary": summary(checked.diagnostics for checked in findings.files),
    }
    return json.dumps(report, indent=2) + "\n"


def summary(found: Iterable[Sequence[Diagnostic]]) -> dict[str, int]:
    """How many errors, warnings and infos there are in lists of diagnostics."""
    counts = Counter(d.severity for diagnostics in found for d in diagnostics)
    return {f"{severity.value}s": counts[severity] for severity in Severity}


def diagnostic_object(source: SourceFile, diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as a JSON object."""
    return {
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "file": source.name,
        **_place(source, diagnostic.span),
        "related": [{"message": e.message, **_place(source, e.span)} for e in diagnostic.labels],
        "notes": list(diagnostic.notes),
        "hint": diagnostic.help,
        "fixes": [_fix(source, fix) for fix in diagnostic.fixes],
    }


def _fix(source: SourceFile, fix: Fix) -> dict[str, Any]:
    edits = [{**_exact_place(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"message": fix.message, "safe": fix.safe, "edits": edits}


def _exact_place(source: SourceFile, span: Span) -> dict[str, int]:
    """A place with all that is in it, blank space at its end too."""
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _place(source: SourceFile, span: Span) -> dict[str, int]:
    line, column, end_line, end_column = position_span(source, span)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
