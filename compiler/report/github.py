"""Writes diagnostics as workflow commands, from which GitHub Actions makes annotations."""

from __future__ import annotations

from typing import Final

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile
from .cells import visible
from .excerpt import position_span
from .findings import Findings, remarks

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Findings) -> str:
    """A command for each finding, and for each file that could not be read, a line each.

    Lines and columns count from 1, columns in code points, ends are exclusive.
    """
    unread = (_command("error", {"title": "unreadable"}, message) for message in findings.unread)
    found = (_annotation(source, diagnostic) for source, diagnostic, _ in findings.each())
    return "".join(f"{line}\n" for line in (*unread, *found))


def _annotation(source: SourceFile, diagnostic: Diagnostic) -> str:
    line, column, end_line, end_column = position_span(source, diagnostic.span)
    where: dict[str, str | int] = {"file": source.name, "line": line, "endLine": end_line}
    if line == end_line:
        # The runner takes columns of one line alone.
        where |= {"col": column, "endColumn": end_column}
    labels = (f"line {source.line(label.span.start)}: {label.message}" for label in diagnostic.labels)
    said = (visible(each) for each in (diagnostic.message, *labels, *remarks(diagnostic)))
    return _command(COMMANDS[diagnostic.severity], {**where, "title": diagnostic.name}, "\n".join(said))


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {given}::{_text(message)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
