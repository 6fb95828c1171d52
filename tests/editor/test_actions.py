"""What can be done about findings, over every finding that the tests of the lints and of the fixes have."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.allow.suppress import ABOUT_ALLOWS
from tiercel.compiler.diagnostics import Diagnostic, Severity
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.edits import edited
from tiercel.compiler.source import Span
from tiercel.editor.actions import actions, line_break, mended
from tiercel.editor.changes import changes
from tiercel.editor.positions import Text
from tiercel.editor.view import Draft

from .views import ROOT

LINTED = sorted((ROOT / "tests" / "lint").glob("*/bad/*.yaml"))
FIXED = sorted((ROOT / "tests" / "fixes").glob("*.yaml"))
LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\u2028", "\n", "d"]), max_size=12).map("".join)


def draft_of(text: str) -> Draft:
    """A text as the editor has it."""
    return Draft("program.yaml", Text(text))


def read(path: Path) -> str:
    """A file as an editor reads it."""
    return path.read_bytes().decode("utf-8")


def names(text: str) -> Counter[str]:
    """How often each name of a finding comes up."""
    return Counter(d.name for d in compile_bytes("program.yaml", text.encode()).diagnostics)


def allowed(draft: Draft, finding: Diagnostic) -> str | None:
    """The text with the comment that would allow a finding; none where there is no such action."""
    title = f"allow `{finding.name}` here: say why"
    found = [
        action
        for action in actions(draft, draft.compilation.diagnostics, finding.span)
        if action.title == title
    ]
    return edited(draft.content, found[0].edits) if found else None


@pytest.mark.parametrize("path", LINTED, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_an_allow_holds_once_it_has_a_reason(path: Path) -> None:
    draft = draft_of(read(path))
    before = names(draft.content)
    firsts = {found.name: found for found in draft.compilation.diagnostics}
    for name, found in firsts.items():
        text = allowed(draft, found)
        if found.severity is Severity.ERROR or name in ABOUT_ALLOWS:
            assert text is None
            continue
        assert text is not None
        assert names(text) == before + Counter(["bad-allow"])  # nothing is out of view yet
        gone = before - names(text.replace(f"allow[{name}]: \n", f"allow[{name}]: it is meant\n", 1))
        assert gone.keys() == {name}


@pytest.mark.parametrize("path", [*LINTED, *FIXED], ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_fix_is_offered_and_the_first_safe_one_is_the_usual_one(path: Path) -> None:
    draft = draft_of(read(path))
    for found in draft.compilation.diagnostics:
        offered = [a for a in actions(draft, draft.compilation.diagnostics, found.span) if a.about == found]
        for fix in found.fixes:
            assert any(a.edits == fix.edits and a.title.startswith(fix.message) for a in offered)
        preferred = [a.edits for a in offered if a.preferred]
        assert preferred == [fix.edits for fix in found.fixes if fix.safe][:1]
        assert not any(a.preferred and "(unsafe)" in a.title for a in offered)


@pytest.mark.parametrize("path", FIXED, ids=lambda path: path.stem)
def test_every_safe_fix_at_once(path: Path) -> None:
    draft = draft_of(read(path))
    expected = read(path.with_suffix(".fixed")).removeprefix("\ufeff")
    assert edited(draft.content, mended(draft)) == expected


def test_without_a_safe_fix_there_is_nothing_to_do_at_once() -> None:
    draft = draft_of(read(ROOT / "tests" / "fixes" / "rule-for-each.yaml"))
    assert draft.compilation.diagnostics
    assert mended(draft) == []


@given(LINES, LINES)
def test_changes_make_one_text_another(old: str, new: str) -> None:
    found = changes(old, new)
    assert edited(old, found) == new
    spans = [edit.span for edit in found]
    assert all(one.end < other.start for one, other in pairwise(spans))
    assert all(Span(0, 0) <= span for span in spans)


def test_a_line_ends_as_the_first_one_does() -> None:
    assert [line_break(text) for text in ("a\r\nb\n", "a\nb\r\n", "a\rb", "a")] == ["\r\n", "\n", "\r", "\n"]


def test_one_comment_allows_all_of_a_name_on_a_line() -> None:
    text = read(ROOT / "programs" / "maple.yaml").replace(
        "when: spend >= 300 or orders >= 6", "when: spend >= 300 and spend >= 5 and spend >= 6 or orders >= 6"
    )
    draft = draft_of(text)
    line = Span(text.index("spend >= 300"), text.index(" or orders"))
    assert [d.name for d in draft.compilation.diagnostics] == ["dead-clause", "dead-clause"]
    titles = [action.title for action in actions(draft, draft.compilation.diagnostics, line)]
    assert titles == [
        "delete `spend >= 5` (unsafe)",
        "delete `spend >= 6` (unsafe)",
        "allow `dead-clause` here: say why",
    ]
