"""Edits of a text, and where its places are afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Diagnostic, Edit, Fix, Severity
from tiercel.compiler.edits import edited
from tiercel.compiler.fixing import Moved, apart
from tiercel.compiler.source import Span


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(Span(start, end), text)


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([], "abcdef"),
        ([edit(1, 2, "X")], "aXcdef"),
        ([edit(4, 5, ""), edit(0, 1, "XY")], "XYbcdf"),
        ([edit(0, 0, "<"), edit(6, 6, ">")], "<abcdef>"),
        ([edit(2, 2, "1"), edit(2, 2, "2")], "ab12cdef"),
        ([edit(2, 4, "X"), edit(2, 2, "1")], "ab1Xef"),
        ([edit(0, 2, ""), edit(2, 4, "")], "ef"),
    ],
)
def test_edited(edits: list[Edit], after: str) -> None:
    assert edited("abcdef", edits) == after


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        edited("abcdef", [edit(0, 3, "x"), edit(2, 4, "y")])


@st.composite
def edits_apart(draw: st.DrawFn) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, 20), max_size=8, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [edit(start, end, draw(st.text("xyz", max_size=3))) for start, end in pairs]


@given(edits_apart(), st.integers(0, 19))
def test_what_is_not_edited_is_where_it_moved(edits: list[Edit], place: int) -> None:
    text = "ABCDEFGHIJKLMNOPQRST"
    if not any(e.span.start <= place < e.span.end for e in edits):
        assert edited(text, edits)[Moved(edits)(place)] == text[place]


def choice(*edits: Edit) -> tuple[Diagnostic, Fix]:
    return Diagnostic("x", Severity.ERROR, "x", Span(0, 1)), Fix("x", edits)


def test_fixes_that_touch_wait() -> None:
    first, second = choice(edit(0, 2, "x"), edit(6, 6, "y")), choice(edit(1, 3, "z"))
    third, fourth = choice(edit(6, 7, "")), choice(edit(3, 5, ""))
    assert apart([first, second, third, fourth]) == [first, fourth]
    assert len(apart([choice(edit(0, 2, "")), choice(edit(2, 4, ""))])) == 2
