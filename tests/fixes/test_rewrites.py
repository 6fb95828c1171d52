"""Texts as fixes write them are read as those texts, and entries that fixes delete are gone alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Edit, Report
from tiercel.compiler.edits import edited
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.fixes_of_refusals import plain_number
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.rewrites import (
    as_text,
    in_scalar,
    new_entry,
    quoted,
    quoted_condition,
    without_entry,
)
from tiercel.compiler.syntax.tree import Kind, Mapping, Scalar, Style

# What YAML takes for something of its own, and what may stand anywhere.
TEXTS = st.text(st.sampled_from("ab 019:#-,[]{}&*!|>'\"%@`\\?~.=_eE+é🎁\t\n\u200b"), max_size=12) | st.text(
    max_size=12
)


def read(text: str) -> Mapping:
    source = SourceFile("x.yaml", text)
    report = Report(source)
    document = read_document(source, report)
    assert document is not None, (text, report.diagnostics)
    assert not report.diagnostics, (text, report.diagnostics)
    return document.root


@given(TEXTS, st.sampled_from([as_text, quoted]))
def test_a_text_is_read_as_it_was(value: str, write) -> None:
    if any(0xD800 <= ord(c) < 0xE000 for c in value):
        return  # no file holds these
    root = read(f"a: {write(value)}\nb: {{c: {write(value)}, d: [{write(value)}]}}\n")
    inner = root.get("b")
    assert isinstance(inner, Mapping)
    for scalar in (root.get("a"), inner.get("c"), inner.get("d").items[0]):  # type: ignore[union-attr]
        assert isinstance(scalar, Scalar)
        assert (scalar.kind, scalar.text) == (Kind.TEXT, value)


@given(
    st.lists(
        st.sampled_from(["spend", ">=", "5", '"a"', "'b'", "\\\\", "#", ":", "[x]"]), min_size=1, max_size=6
    )
)
def test_a_condition_is_read_as_it_was(words: list[str]) -> None:
    scalar = read(f"a: {quoted_condition('  '.join(words))}\n").get("a")
    assert isinstance(scalar, Scalar)
    assert scalar.text == " ".join(words)


@given(
    st.sampled_from(["aa bb", '"aa bb"', "'aa bb'", "|\n  aa bb", ">-\n  aa\n  bb", "aa\n  bb"]),
    st.text(st.sampled_from("x \"'\\:#[]{},"), max_size=6).map(str.strip),
)
def test_a_part_of_a_scalar_is_read_as_it_is_meant(written: str, text: str) -> None:
    before = f"k: {written}\n"
    scalar = read(before).get("k")
    assert isinstance(scalar, Scalar)
    at = before.index("bb")
    edits = in_scalar(before, scalar.span, (Edit(Span(at, at + 2), text),))
    after = read(edited(before, edits)).get("k")
    assert isinstance(after, Scalar)
    wanted = f"aa {text}"
    literal = scalar.style in (Style.LITERAL, Style.FOLDED, Style.SINGLE, Style.DOUBLE)
    assert (after.text.rstrip() if literal else " ".join(after.text.split())) == (
        wanted.rstrip() if literal else " ".join(wanted.split())
    )


FILES = [
    "a: 1\nb: 2\nc: 3\n",
    "a: 1  # one\n\n# two\nb:\n  - x\n  - z\n\nc: 3",
    "{a: 1, b: {x: 1}, c: 3}\n",
    "{a: 1, b: [x, z] , c: 3 }",
    "a: 1\r\nb: |\r\n  two\r\n  lines\r\nc: 3\r\n",
    "a: 1\nb: >-\n  two\n\n  lines\n\nc: 3\n",
]


@pytest.mark.parametrize("text", FILES)
@pytest.mark.parametrize("key", ["a", "b", "c"])
def test_an_entry_goes_alone(text: str, key: str) -> None:
    root = read(text)
    entry = root.entry(key)
    assert entry is not None
    edits = without_entry(text, root, entry)
    assert edits is not None
    after = edited(text, edits)
    assert read(after).entries == tuple(e for e in root.entries if e.key.text != key)
    kept = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line.startswith("#")] == kept


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\n\nb: 2\n\nc: 3\n", "a: 1\n\nc: 3\n"),
        ("a: 1\r\n\r\nb: 2\r\n  \r\nc: 3\r\n", "a: 1\r\n\r\nc: 3\r\n"),
        ("a: 1\nb: 2\n\nc: 3\n", "a: 1\n\nc: 3\n"),
        ("a: 1\n\nb: 2\nc: 3\n", "a: 1\n\nc: 3\n"),
        ("a: 1\n\nb: 2\n", "a: 1\n"),
        ("a: 1\n\nb: 2", "a: 1"),
        ("# one\n\nb: 2\n\n# two\na: 1\n", "# one\n\n# two\na: 1\n"),
    ],
)
def test_empty_lines_around_an_entry_are_not_doubled(text: str, after: str) -> None:
    root = read(text)
    entry = root.entry("b")
    assert entry is not None
    edits = without_entry(text, root, entry)
    assert edits is not None
    assert edited(text, edits) == after


@pytest.mark.parametrize("text", FILES)
def test_an_entry_comes_last(text: str) -> None:
    root = read(text)
    after = read(edited(text, [new_entry(text, root, "d: {e: 1}")]))
    assert after.entries[:-1] == root.entries
    assert after.entries[-1].key.text == "d"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("+5", "5"), ("1_000", "1000"), (".5", "0.5"), ("-.5", "-0.5"), ("1e3", "1000"), ("+1.5e1", "15"),
        ("010", None), ("0x1F", None), ("0o17", None), ("0b1", None), ("12:30:00", None), (".inf", None), (".", None),
        ("+", None), ("1e99", None), ("007.5", None), ("~", None),
    ],
)  # fmt: skip
def test_plain_numbers(written: str, plain: str | None) -> None:
    assert plain_number(written) == plain
