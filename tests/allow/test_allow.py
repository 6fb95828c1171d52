"""Comments that allow findings: what they leave, and what follows their fixes. Cases are in tests/lint/*-allow."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tiercel.compiler.allow.suppress import ABOUT_ALLOWS
from tiercel.compiler.diagnostics import Diagnostic
from tiercel.compiler.driver import Compilation, compile_bytes
from tiercel.compiler.edits import edited
from tiercel.compiler.lint import ALLOW_LINTS

CASES = Path(__file__).parents[1] / "lint"
TODAY = date(2027, 6, 30)
HEAD = "tiercel: 1\nprogram: {name: Corner Shop, currency: CAD}\nearn:\n"
ALLOWED = (
    HEAD
    + "  - {id: a, activity: review, points: 20, active: false} # tiercel: allow[inactive-rule]: spring\n"
)
UNTIL = ALLOWED.replace("]: spring", "] until 2027-01-31: spring")


def compiled(text: str, today: date | None = None, *, lint: bool = True) -> Compilation:
    return compile_bytes("p.yaml", text.encode(), lint=lint, today=today)


def names(compilation: Compilation) -> list[str]:
    return [d.name for d in compilation.diagnostics]


def without_allows(text: str) -> str:
    return text.replace("tiercel:allow", "tiercel:xxxxx").replace("tiercel: allow", "tiercel: xxxxx")


def cases(kind: str) -> list[Path]:
    return sorted(CASES.glob(f"*-allow/{kind}/*.yaml"))


def test_the_names_of_findings_about_allows() -> None:
    assert {lint.name for lint in ALLOW_LINTS} == ABOUT_ALLOWS


def test_what_is_suppressed_stands_beside_its_reason() -> None:
    compilation = compiled(ALLOWED)
    assert not compilation.diagnostics
    [(finding, allow)] = compilation.suppressed
    assert (finding.name, allow.reason, allow.until) == ("inactive-rule", "spring", None)
    assert compilation.source.text[slice(*allow.span)] == "# tiercel: allow[inactive-rule]: spring"


def test_days_are_compared_where_it_is_said_which_day_it_is() -> None:
    assert not compiled(UNTIL).diagnostics
    assert not compiled(UNTIL, date(2027, 1, 31)).diagnostics
    late = compiled(UNTIL, date(2027, 2, 1))
    assert names(late) == ["inactive-rule", "expired-allow"]
    assert not late.suppressed


def test_without_lints_nothing_is_said_of_allows() -> None:
    unused = ALLOWED.replace("active: false", "active: true").replace("]: spring", "]")
    assert names(compiled(unused)) == ["bad-allow"]
    assert not names(compiled(unused, lint=False))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("path", cases("ok"), ids=lambda path: path.stem)
def test_line_ends_are_no_matter(path: Path, end: str) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", end)
    assert not compile_bytes("p.yaml", text.encode(), today=TODAY).diagnostics


@pytest.mark.parametrize("path", cases("ok"), ids=lambda path: path.stem)
def test_without_its_allows_each_finding_is_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    allowed = compiled(text, TODAY)
    bare = compiled(without_allows(text), TODAY)
    assert Counter(names(bare)) == Counter(found.name for found, _ in allowed.suppressed)


@pytest.mark.parametrize("path", cases("ok"), ids=lambda path: path.stem)
def test_allows_change_nothing_of_what_is_built(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert compiled(text).module == compiled(without_allows(text)).module is not None


def fixes() -> list[tuple[str, Diagnostic, int]]:
    found = []
    for path in cases("bad"):
        text = path.read_text(encoding="utf-8")
        for finding in compiled(text, TODAY).diagnostics:
            if finding.name in ABOUT_ALLOWS:
                found += [(text, finding, which) for which in range(len(finding.fixes))]
    return found


@pytest.mark.parametrize(("text", "finding", "which"), fixes())
def test_after_a_fix_the_finding_is_gone_and_the_meaning_is_the_same(
    text: str, finding: Diagnostic, which: int
) -> None:
    before, after = compiled(text, TODAY), compiled(edited(text, finding.fixes[which].edits), TODAY)
    same = [(d.name, d.message) for d in before.diagnostics].count((finding.name, finding.message))
    assert [(d.name, d.message) for d in after.diagnostics].count((finding.name, finding.message)) == same - 1
    assert after.program == before.program


def test_fixes_leave_what_is_around_them() -> None:
    text = HEAD + "  - {id: a, activity: review, points: 20} # tiercel: allow[inactive-rule]: spring"
    [finding] = compiled(text).diagnostics
    assert edited(text, finding.fixes[0].edits) == HEAD + "  - {id: a, activity: review, points: 20}"
    text = text.replace(" # tier", "\r\n  # tier") + "\r\n"
    [finding] = compiled(text).diagnostics
    assert edited(text, finding.fixes[0].edits) == HEAD + "  - {id: a, activity: review, points: 20}\r\n"
