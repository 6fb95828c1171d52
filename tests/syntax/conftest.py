"""What the tests of the syntax share: from bytes to a document, and diagnostics as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tiercel.compiler.diagnostics import Diagnostic, Report
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.from_bytes import decode
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.tree import Document

Read = Callable[[bytes], tuple[Document | None, Report]]


def read_bytes(content: bytes) -> tuple[Document | None, Report]:
    """The document of a file, and what was reported."""
    source, diagnostics = decode("program.yaml", content)
    report = Report(source, diagnostics)
    return (None if diagnostics else read_document(source, report)), report


def place(source: SourceFile, span: Span) -> str:
    return "{}:{}-{}:{}".format(*source.position(span.start), *source.position(span.end))


def lines_of(source: SourceFile, found: Diagnostic) -> Iterator[str]:
    yield f"{place(source, found.span)} {found.name} {found.message}"
    yield from (f"    {place(source, label.span)} {label.message}" for label in found.labels)
    yield from (f"    note: {note}" for note in found.notes)
    if found.help:
        yield f"    help: {found.help}"


def render_lines(report: Report) -> str:
    """All diagnostics, with their places as `line:column-line:column`."""
    return "".join(f"{line}\n" for found in report.sorted() for line in lines_of(report.source, found))


@pytest.fixture(scope="session")
def read() -> Read:
    """From bytes to the document and the report."""
    return read_bytes


@pytest.fixture(scope="session")
def rendered() -> Callable[[Report], str]:
    """The report as lines of text."""
    return render_lines
