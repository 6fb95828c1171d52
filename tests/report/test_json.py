"""Diagnostics as JSON: positions in code points, from 1, ends exclusive."""

from __future__ import annotations

import json

from tiercel.compiler.diagnostics import Diagnostic, Label, Severity
from tiercel.compiler.report import json as report
from tiercel.compiler.report.findings import Checked, Findings
from tiercel.compiler.source import SourceFile, Span

TEXT = "tiercel: 1\r\nprogram: {name: 🎁日}\r\nearn: []\r\n"
SOURCE = SourceFile("shop.yaml", TEXT)


def place(found: dict) -> tuple[int, int, int, int]:
    return found["line"], found["column"], found["end_line"], found["end_column"]


def test_whole_report() -> None:
    first = Span(TEXT.index("🎁"), TEXT.index("}"))
    second = Span(TEXT.index("program"), len(TEXT))
    label = Label(Span(len(TEXT), len(TEXT)), "here")
    found = (
        Diagnostic("a-name", Severity.ERROR, "m", first, (label,), ("note",), "do"),
        Diagnostic("b-name", Severity.INFO, "n", second),
    )
    said = json.loads(
        report.render(Findings((Checked(SOURCE, found), Checked(SourceFile("empty.yaml", ""), ()))))
    )
    assert said["version"] == 1
    assert said["files"] == ["shop.yaml", "empty.yaml"]
    assert said["summary"] == {"errors": 1, "warnings": 0, "infos": 1}
    error, info = said["diagnostics"]
    assert place(error) == (2, 17, 2, 19)
    assert place(error["related"][0]) == (4, 1, 4, 1)
    assert (error["notes"], error["hint"], error["file"]) == (["note"], "do", "shop.yaml")
    # Line ends after the last word of a block do not belong to what is marked.
    assert place(info) == (2, 1, 3, 9)
    assert (info["notes"], info["related"], info["hint"]) == ([], [], None)
