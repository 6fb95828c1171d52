"""What the tests of the model share: from the text of a program to its meaning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.model.from_syntax import resolve
from tiercel.compiler.model.tree import Program
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_yaml import read_document

Resolve = Callable[[str], tuple[Program | None, Report]]
Meant = Callable[[str], Program]


def resolve_text(text: str) -> tuple[Program | None, Report]:
    """The program that a text of the right shape means, and what was reported."""
    source = SourceFile("program.yaml", text)
    report = Report(source)
    document = read_document(source, report)
    assert document is not None
    assert not report.diagnostics, report.diagnostics
    return resolve(document, source, report), report


@pytest.fixture(scope="session")
def resolved() -> Resolve:
    """From text to the program, or to what is refused in it. The shape of the text is not checked."""
    return resolve_text


@pytest.fixture(scope="session")
def meant() -> Meant:
    """From text to the program that it means."""

    def meaning(text: str) -> Program:
        program, report = resolve_text(text)
        assert program is not None, report.diagnostics
        return program

    return meaning
