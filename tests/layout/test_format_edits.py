"""The edits that editors ask for."""

from __future__ import annotations

from tiercel.compiler.edits import edited
from tiercel.compiler.layout.format_edits import format_edits
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_bytes import MAX_BYTES

MESSY = "tiercel: 1\n\nprogram:\n  currency: 'CAD'\n  name: Maple\n\nvip:\n  window:  rolling\n"
TIDY = "tiercel: 1\n\nprogram:\n  name: Maple\n  currency: CAD\n\nvip:\n  window: rolling\n"


def test_edits_are_whole_lines_and_only_those_that_change() -> None:
    source = SourceFile("a.yaml", MESSY)
    edits = format_edits(source)
    assert edits is not None
    assert edited(MESSY, edits) == TIDY
    assert all(edit.text.endswith("\n") or not edit.text for edit in edits)
    assert all(MESSY[edit.span.start - 1] == "\n" for edit in edits)
    assert min(edit.span.start for edit in edits) >= MESSY.index("  currency")


def test_none_are_needed_in_canonical_layout() -> None:
    assert format_edits(SourceFile("a.yaml", TIDY)) == []


def test_line_ends_are_kept() -> None:
    text = MESSY.replace("\n", "\r\n")
    edits = format_edits(SourceFile("a.yaml", text))
    assert edits is not None
    assert edited(text, edits) == TIDY.replace("\n", "\r\n")


def test_scenarios_have_an_order_of_their_own() -> None:
    text = "scenarios: []\ntiercel-test: 1\n"
    edits = format_edits(SourceFile("a.test.yaml", text))
    assert edits is not None
    assert edited(text, edits) == "tiercel-test: 1\n\nscenarios: []\n"


def test_a_file_with_errors_in_its_yaml_cannot_be_laid_out() -> None:
    assert format_edits(SourceFile("a.yaml", "tiercel: [\n")) is None
    assert format_edits(SourceFile("a.yaml", "")) is None


def test_a_file_that_would_be_too_large_cannot_be_laid_out() -> None:
    perks = ",".join(["a"] * (MAX_BYTES // 3))
    assert format_edits(SourceFile("a.yaml", f"tiercel: 1\nvip: {{tiers: [{{perks: [{perks}]}}]}}\n")) is None
