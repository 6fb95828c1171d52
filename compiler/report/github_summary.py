"""Writes diagnostics as a summary of a GitHub Actions job: a Markdown table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile
from .diff_markdown import markdown
from .findings import Findings

# GitHub takes 1 MiB a step, and nobody reads a longer table.
MOST_ROWS: Final = 200
ICONS: Final = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}  # noqa: RUF001  (as GitHub has it)


def render(findings: Findings) -> str:
    """A heading, and a table with a row for each finding, errors first."""
    return "".join(f"{line}\n" for line in _lines(findings))


def _lines(findings: Findings) -> Iterator[str]:
    found = sorted(findings.each(), key=lambda each: list(Severity).index(each[1].severity))
    yield from ("### Tiercel", "", f"{_counts(findings)}.")
    if findings.unread:
        yield from ("", *(f"- ❌ {markdown(message)}" for message in findings.unread))
    if found:
        yield from ("", "| | where | what | check |", "|---|---|---|---|")
        yield from (_row(source, diagnostic) for source, diagnostic, _ in found[:MOST_ROWS])
    if len(found) > MOST_ROWS:
        yield from ("", f"And {len(found) - MOST_ROWS} more.")
    yield ""


def _counts(findings: Findings) -> str:
    severities = [diagnostic.severity for _, diagnostic, _ in findings.each()]
    said = [_count(severities.count(each), each.value) for each in Severity if each in severities]
    return f"{', '.join(said) or 'nothing found'} in {_count(len(findings.files), 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _row(source: SourceFile, diagnostic: Diagnostic) -> str:
    place = (
        f"`{source.name.replace('`', chr(39))}:{source.line(min(diagnostic.span.start, len(source.text)))}`"
    )
    cells = (ICONS[diagnostic.severity], _cell(place), _cell(diagnostic.message), f"`{diagnostic.name}`")
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Markdown for a cell: there a bar ends the cell even within code, where nothing else needs a backslash."""
    written = markdown(text).split("`")
    return "`".join(part.replace("|", "\\|") if index % 2 else part for index, part in enumerate(written))
