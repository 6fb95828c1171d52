"""Two versions of a program, compared: `CASE/old.yaml` and `CASE/new.yaml` are reported as `CASE/expected.*`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tiercel.compiler.diff.change import Difference
from tiercel.compiler.diff.compare import compare
from tiercel.compiler.driver import compile_file
from tiercel.compiler.report import diff_json, diff_markdown, diff_text

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/old.yaml"))


def difference(old: Path, new: Path) -> Difference:
    before, after = (compile_file(path).program for path in (old, new))
    assert before is not None
    assert after is not None
    return compare(before, after, 1000 * 10**after.currency.decimals)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden) -> None:
    found = difference(case / "old.yaml", case / "new.yaml")
    golden(case / "expected.txt", diff_text.render(found))
    golden(case / "expected.json", diff_json.render(found))
    golden(case / "expected.md", diff_markdown.render(found, "main:shop.yaml", "shop.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_other_way_round_what_was_better_is_worse(case: Path) -> None:
    there = difference(case / "old.yaml", case / "new.yaml")
    back = difference(case / "new.yaml", case / "old.yaml")
    for one, other in zip(there.parts, back.parts, strict=True):
        assert sorted(map(str, (change.better for change in one.changes))) == sorted(
            str(None if change.better is None else not change.better) for change in other.changes
        )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_form(case: Path) -> None:
    found = difference(case / "old.yaml", case / "new.yaml")
    for part in found.parts:
        for change in part.changes:
            assert change.facts["better"] is change.better
            assert json.loads(json.dumps(change.facts)) == change.facts
            assert not change.text[0].isupper()
            assert not change.text.endswith(".")
            assert change.text.count("`") % 2 == 0
