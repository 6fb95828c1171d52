"""What the model pass refuses: `cases/NAME.yaml` is a file of the right shape, `NAME.out` what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiercel.compiler.diagnostics import Diagnostic, Report
from tiercel.compiler.model.from_syntax import resolve
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.from_bytes import decode
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.shape import check_shape

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def place(source: SourceFile, span: Span) -> str:
    return "{}:{}-{}:{}".format(*source.position(span.start), *source.position(span.end))


def shown(source: SourceFile, diagnostic: Diagnostic) -> str:
    lines = [f"{place(source, diagnostic.span)} {diagnostic.name}: {diagnostic.message}"]
    lines += [f"    {place(source, label.span)}: {label.message}" for label in diagnostic.labels]
    lines += [f"    note: {note}" for note in diagnostic.notes]
    lines += [f"    help: {diagnostic.help}"] if diagnostic.help else []
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, golden) -> None:
    source, diagnostics = decode(path.name, path.read_bytes())
    report = Report(source, diagnostics)
    document = read_document(source, report)
    assert document is not None
    check_shape(document, report)
    assert not report.diagnostics, "the case is for another pass"
    assert resolve(document, source, report) is None
    golden(path.with_suffix(".out"), "".join(shown(source, found) for found in report.sorted()))
