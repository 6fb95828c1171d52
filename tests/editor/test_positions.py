"""Between places of an editor and offsets: in every encoding, with every line end, with and without a mark."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.source import Span
from tiercel.editor.positions import MARK, Encoding, Place, Text
from tiercel.editor.shift import Shift

TEXTS = st.text(alphabet="ab é€🌳\u2028\x0b\x85\r\n", max_size=30)
ENCODINGS = st.sampled_from(Encoding)
WIDTHS = {Encoding.UTF8: ("utf-8", 1), Encoding.UTF16: ("utf-16-le", 2), Encoding.UTF32: ("utf-32-le", 4)}


def plain_place(text: str, offset: int, encoding: Encoding) -> Place:
    """The same, read off the definition of the protocol: lines end with LF, CRLF and CR, and nothing else."""
    ends = [found.end() for found in re.finditer(r"\r\n|\r|\n", text) if found.end() <= offset]
    codec, width = WIDTHS[encoding]
    line = text[ends[-1] if ends else 0 : offset]
    return Place(len(ends), len(line.encode(codec)) // width)


@given(TEXTS, ENCODINGS, st.integers(0, 30))
def test_an_offset_has_its_place(written: str, encoding: Encoding, offset: int) -> None:
    offset = min(offset, len(written))
    text = Text(written, encoding)
    found = text.place(offset)
    assert found == plain_place(written, offset, encoding)
    within_a_line_end = written[offset - 1 : offset + 1] == "\r\n" and offset > 0
    assert within_a_line_end or text.offset(found) == offset


@given(TEXTS, ENCODINGS, st.integers(0, 30), st.integers(0, 30), TEXTS)
def test_a_change_replaces_what_is_between(
    written: str, encoding: Encoding, one: int, other: int, new: str
) -> None:
    start, end = sorted((min(one, len(written)), min(other, len(written))))
    text = Text(written, encoding)
    first, last = (text.offset(text.place(at)) for at in (start, end))
    assert (
        text.changed(text.place(start), text.place(end), new).written
        == written[:first] + new + written[last:]
    )


@given(TEXTS, ENCODINGS, st.integers(0, 40), st.integers(0, 100))
def test_any_place_is_somewhere(written: str, encoding: Encoding, line: int, column: int) -> None:
    assert 0 <= Text(written, encoding).offset(Place(line, column)) <= len(written)


@pytest.mark.parametrize(
    ("encoding", "column"), [(Encoding.UTF8, 5), (Encoding.UTF16, 3), (Encoding.UTF32, 2)]
)
def test_columns_count_units(encoding: Encoding, column: int) -> None:
    text = Text("a🌳b", encoding)
    assert text.place(2) == Place(0, column)
    assert text.offset(Place(0, column)) == 2


def test_half_a_character_is_its_beginning() -> None:
    assert Text("a🌳b").offset(Place(0, 2)) == 1


def test_a_place_behind_a_line_is_its_end() -> None:
    assert Text("ab\r\ncd").offset(Place(0, 99)) == 2
    assert Text("ab\r\ncd").offset(Place(9, 0)) == 6


def test_a_mark_has_no_offset_but_a_column() -> None:
    text = Text(f"{MARK}ab")
    assert text.content == "ab"
    assert text.place(0) == Place(0, 1)
    assert text.offset(Place(0, 1)) == 0
    assert text.offset(Place(0, 0)) == 0
    assert text.changed(Place(0, 1), Place(0, 2), "x").written == f"{MARK}xb"


@given(TEXTS, TEXTS)
def test_what_is_outside_of_the_change_is_the_same_in_both_texts(old: str, new: str) -> None:
    shift = Shift.between(old, new)
    for offset in range(len(new)):
        there = shift.to_old(offset)
        if there is not None and (offset < shift.start or offset >= shift.new_end):
            assert old[there] == new[offset]


@given(TEXTS, TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_stretch_that_moves_says_what_it_said(old: str, new: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(old)), min(other, len(old))))
    moved = Shift.between(old, new).to_new(Span(start, end))
    assert moved is None or new[moved.start : moved.end] == old[start:end]


@given(TEXTS, TEXTS, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_what_lies_in_another_stretch_goes_on_to(
    old: str, new: str, one: int, two: int, three: int, four: int
) -> None:
    first, start, end, last = sorted(min(at, len(old)) for at in (one, two, three, four))
    shift = Shift.between(old, new)
    outer, inner = shift.around(Span(first, last)), shift.around(Span(start, end))
    assert 0 <= outer.start <= inner.start <= inner.end <= outer.end <= len(new)
