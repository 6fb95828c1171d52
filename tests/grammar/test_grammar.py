"""Conditions as they parse, and the message for each that does not: every chunk of the `*.txt` files here.

A chunk is a condition; `### "message"` on a line of it says that the line is wrong and how, and a second text what the
help has to say. Chunks are apart by `---`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.condition_text import condition_text
from tiercel.compiler.syntax.from_condition import parse_condition
from tiercel.compiler.syntax.tree import Expression, Kind, Scalar, Style

HERE = Path(__file__).parent
TEXT = r'"(?:[^"\\]|\\.)*"'
EXPECTATION = re.compile(rf"[ ]*### ({TEXT})(?: ({TEXT}))?$", re.MULTILINE)


def chunks() -> list[object]:
    return [
        pytest.param(chunk.rstrip("\n"), id=f"{path.stem}-{number}")
        for path in sorted(HERE.glob("*.txt"))
        if path.stem != "precedence"
        for number, chunk in enumerate(path.read_text(encoding="utf-8").split("\n---\n"), 1)
    ]


def precedences() -> list[tuple[str, ...]]:
    lines = (HERE / "precedence.txt").read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(part.strip() for part in line.split(" ~ ")) for line in lines]


def parse(text: str) -> tuple[Expression | None, Report]:
    """The tree of a text that is a file's only content, and what was reported."""
    source = SourceFile("condition", text)
    report = Report(source)
    scalar = Scalar(Kind.TEXT, text, Span(0, len(text)), Style.PLAIN)
    return parse_condition(source, scalar, report), report


@pytest.mark.parametrize("chunk", chunks())
def test_chunk(chunk: str) -> None:
    expected = EXPECTATION.search(chunk)
    text = EXPECTATION.sub("", chunk)
    expression, report = parse(text)
    if expected is None:
        assert report.diagnostics == []
        assert expression is not None
        return
    assert expression is None
    (found,) = report.diagnostics
    assert found.name == "condition-syntax"
    assert json.loads(expected[1]) in found.message
    assert json.loads(expected[2] or '""') in (found.help or "")
    assert report.source.line(found.span.start) == chunk.count("\n", 0, expected.start()) + 1
    assert found.message[0] in "`“" or found.message[0].islower()
    assert not found.message.endswith(".")
    assert "\n" not in found.message


@pytest.mark.parametrize(("short", "long"), precedences())
def test_precedence(short: str, long: str) -> None:
    one, other = parse(short)[0], parse(long)[0]
    assert one is not None
    assert one == other
    assert parse(condition_text(one))[0] == one
