"""Writes diagnostics as GitLab's Code Quality report: a JSON list of findings."""

from __future__ import annotations

import json
from typing import Any, Final

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile
from .excerpt import position_span
from .findings import Findings, remarks

SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(findings: Findings) -> str:
    """All findings as a JSON list that ends with a line end; without findings, an empty list.

    Lines and columns count from 1, columns in code points, ends are exclusive.
    """
    return json.dumps([_entry(*found) for found in findings.each()], indent=2) + "\n"


def _entry(source: SourceFile, diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    line, column, end_line, end_column = position_span(source, diagnostic.span)
    return {
        # GitLab shows the description alone, so what to do belongs into it.
        "description": "\n".join((diagnostic.message, *remarks(diagnostic))),
        "check_name": diagnostic.name,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[diagnostic.severity],
        "location": {
            # A byte that is no UTF-8 would be an escape of JSON that GitLab refuses, and the whole report with it.
            "path": source.name.encode("utf-8", "backslashreplace").decode("utf-8"),
            "lines": {"begin": line, "end": end_line},
            "positions": {
                "begin": {"line": line, "column": column},
                "end": {"line": end_line, "column": end_column},
            },
        },
    }
