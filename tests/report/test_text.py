"""Diagnostics as text: `cases/NAME.yaml` holds the places of a diagnostic, `NAME.out` what it looks like."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tiercel.compiler.diagnostics import Diagnostic, Label, Severity
from tiercel.compiler.report import text
from tiercel.compiler.source import SourceFile, Span

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
# A case marks its spans: ⟦…⟧ the place of the diagnostic, ⟪…⟫ its labels.
MARKS = re.compile("[⟦⟧⟪⟫]")


def read_case(path: Path) -> tuple[SourceFile, Diagnostic]:
    marked = path.read_bytes().decode()
    source = SourceFile(f"{path.stem}.yaml", MARKS.sub("", marked))
    opened: list[int] = []
    spans: dict[str, list[Span]] = {"⟦": [], "⟪": []}
    for removed, match in enumerate(MARKS.finditer(marked)):
        if match[0] in spans:
            opened.append(match.start() - removed)
        else:
            spans["⟦" if match[0] == "⟧" else "⟪"].append(Span(opened.pop(), match.start() - removed))
    labels = tuple(Label(span, f"label {n}") for n, span in enumerate(spans["⟪"], 1))
    place = spans["⟦"][0]
    return source, Diagnostic(
        "a-name", Severity.WARNING, "the message", place, labels, ("a note",), "some help"
    )


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, golden) -> None:
    source, diagnostic = read_case(path)
    golden(path.with_suffix(".out"), text.render(source, diagnostic, width=60))


def test_colour_changes_nothing_but_colour() -> None:
    source, diagnostic = read_case(CASES[0])
    coloured = text.render(source, diagnostic, colour=True)
    assert "\x1b[1;33m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == text.render(source, diagnostic)


def test_messages_cannot_write_to_the_terminal() -> None:
    source = SourceFile("a\x1b[2J.yaml", "x: \x1b[31m\u202e\n")
    hostile = "do `\x1b]0;x\x07\r\n\u202e`"
    diagnostic = Diagnostic(
        "a-name", Severity.ERROR, hostile, Span(0, 9), (Label(Span(0, 1), hostile),), (hostile,), hostile
    )
    rendered = text.render(source, diagnostic)
    assert not set(rendered) & {"\x1b", "\x07", "\r", "\u202e"}
    assert rendered.count("\\x1b]0;x\\x07\\r\\n\\u202e") == 4


@pytest.mark.parametrize("content", ["", "\n", "a", "a\n", "a\r\nb", "\ta\r", "é\u0301\n\n"])
def test_every_span_can_be_shown(content: str) -> None:
    source = SourceFile("x.yaml", content)
    for start in range(len(content) + 2):
        for end in range(start, len(content) + 2):
            rendered = text.render(source, Diagnostic("a-name", Severity.INFO, "m", Span(start, end)))
            assert "^" in rendered
