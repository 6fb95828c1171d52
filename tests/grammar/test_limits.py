"""How long a condition may be and how deep it may nest; nothing that is written ends in a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.from_condition import MOST_CHARACTERS, MOST_NESTED, parse_condition
from tiercel.compiler.syntax.tree import Expression, Kind, Scalar, Style


def parse(text: str, style: Style = Style.PLAIN) -> tuple[Expression | None, Report]:
    report = Report(SourceFile("condition", text))
    scalar = Scalar(Kind.TEXT, text, Span(0, len(text)), style)
    return parse_condition(report.source, scalar, report), report


def nested(prefix: str, depth: int, suffix: str = "") -> str:
    return prefix * depth + "a" + suffix * depth


@pytest.mark.parametrize(
    ("prefix", "suffix"), [("(", ")"), ("not ", ""), ("-", ""), ("not (", ")"), ("-(", ")")]
)
def test_nesting(prefix: str, suffix: str) -> None:
    most = MOST_NESTED if len(prefix.replace("not", "-").replace(" ", "")) == 1 else MOST_NESTED // 2
    assert parse(nested(prefix, most, suffix))[0] is not None
    expression, report = parse(nested(prefix, most + 1, suffix))
    assert expression is None
    assert [d.name for d in report.diagnostics] == ["too-large"]


def test_groups_side_by_side_do_not_nest() -> None:
    assert parse(" and ".join(["(not a)"] * 200))[0] is not None
    assert parse(" or ".join(['a == "("'] * 200))[0] is not None


@pytest.mark.parametrize(
    "text",
    [
        " and ".join(["a"] * 660),
        " or ".join(["a"] * 790),
        "+".join(["1"] * 1990) + ">a",
        "*".join(["1"] * 1990) + ">a",
    ],
    ids=["and", "or", "sum", "product"],
)
def test_long_chains(text: str) -> None:
    assert len(text) <= MOST_CHARACTERS
    assert parse(text)[0] is not None


@pytest.mark.parametrize(
    "text", ["(" * 2000, "not " * 990, "-" * 3990, "[" * 3990, "a in [" + "1," * 1990, '"' * 3999]
)
def test_long_nonsense(text: str) -> None:
    expression, report = parse(text)
    assert expression is None
    assert len(report.diagnostics) == 1


def test_length() -> None:
    longest = "a" * MOST_CHARACTERS
    assert parse(longest)[0] is not None
    assert parse(longest + " \n")[0] is not None
    expression, report = parse(longest + "a")
    assert expression is None
    assert [d.name for d in report.diagnostics] == ["too-large"]
    assert "4,001" in report.diagnostics[0].message


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_empty(text: str) -> None:
    _, report = parse(text, Style.DOUBLE)
    (found,) = report.diagnostics
    assert (found.name, found.message) == ("condition-syntax", "the condition is empty")


WORDS = r"""and or not in has true false date ( ) [ ] , + - * == != < <= > >= = && || ! spend customer.tags order. 5 0.5 007
1,000 1e3 $ % / "a" 'b' " ' \ “ ” # é 😀 is between contains . : ** <> 2026-01-31"""
PIECES = st.sampled_from([*WORDS.split(), "\u00a0", "\x85", "\0"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12), st.sampled_from(["", " "]))
def test_no_text_raises(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    expression, report = parse(text)
    assert (expression is None) == (len(report.diagnostics) == 1)
    for diagnostic in report.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert "\n" not in diagnostic.message
        assert not diagnostic.message.endswith(".")
        assert all(0 <= label.span.start < label.span.end <= len(text) for label in diagnostic.labels)
