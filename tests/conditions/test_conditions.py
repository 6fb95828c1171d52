"""What conditions mean, and the errors of those that mean nothing: every chunk of the `*.txt` files here.

A chunk is a condition, after lines that say where it stands (`place: TIER`; a rule on orders) and in which currency
(`currency: JPY 0`; CAD). `### name "message"` at the end of a line is an error in it, with what its help has to say
as a second text.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.model.condition import Condition, Type
from tiercel.compiler.model.from_expression import resolve_condition
from tiercel.compiler.model.scope import Place
from tiercel.compiler.model.tree import Attribute, Currency
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.tree import Kind, Scalar

HERE = Path(__file__).parent
TEXT = r'"(?:[^"\\]|\\.)*"'
EXPECTATION = re.compile(rf" *### ([a-z-]+) ({TEXT})(?: ({TEXT}))?")
SETTING = re.compile(r"^(place|currency|attributes): (.*)\n", re.MULTILINE)

TYPES = {
    "wholesale": Type.BOOLEAN,
    "size": Type.ONE_OF,
    "since": Type.DATE,
    "visits": Type.INTEGER,
    "score": Type.DECIMAL,
    "credit": Type.MONEY,
    "nick": Type.TEXT,
}
ATTRIBUTES = tuple(
    Attribute(name, type, ("small", "large") if type is Type.ONE_OF else (), Span(0, 0), Span(0, 0))
    for name, type in TYPES.items()
)


def chunks() -> list[object]:
    return [
        pytest.param(chunk.rstrip("\n"), id=f"{path.stem}-{number}")
        for path in sorted(HERE.glob("*.txt"))
        for number, chunk in enumerate(path.read_text(encoding="utf-8").split("\n---\n"), 1)
    ]


def resolve(text: str, settings: dict[str, str]) -> tuple[Condition | None, Report]:
    source = SourceFile("condition", text)
    report = Report(source)
    code, decimals = settings.get("currency", "CAD 2").split()
    condition = resolve_condition(
        source,
        Scalar(Kind.TEXT, text, Span(0, len(text))),
        Place[settings.get("place", "RULE_ON_ORDERS")],
        () if settings.get("attributes") == "none" else ATTRIBUTES,
        Currency(code, int(decimals)),
        report,
    )
    return condition, report


def expectations(chunk: str) -> list[tuple[int, str, str, str]]:
    """Line, name, message and help of each error that a chunk states."""
    return [
        (number, name, json.loads(message), json.loads(help or '""'))
        for number, line in enumerate(chunk.split("\n"), 1)
        for name, message, help in EXPECTATION.findall(line)
    ]


@pytest.mark.parametrize("chunk", chunks())
def test_chunk(chunk: str) -> None:
    settings = dict(SETTING.findall(chunk))
    chunk = SETTING.sub("", chunk)
    expected = expectations(chunk)
    condition, report = resolve(EXPECTATION.sub("", chunk), settings)
    assert (condition is None) == bool(expected)
    found = report.sorted()
    assert [(report.source.line(d.span.start), d.name) for d in found] == [e[:2] for e in expected]
    for diagnostic, (_, _, message, help) in zip(found, expected, strict=True):
        assert message in diagnostic.message
        assert help in (diagnostic.help or "")
        assert not diagnostic.message.endswith(".")
        assert "\n" not in diagnostic.message


LITERALS = ["5", "0.505", '"small"', '"CA"', "true", 'date("2026-01-31")', 'date("x")']
NAMES = [
    *(f"customer.{name}" for name in TYPES),
    "spend",
    "orders",
    "order.tags",
    "customer.country",
    "item.sku",
    "spnd",
]
OPERATORS = ["and", "or", "==", "<", "has", "+", "-", "*"]
TEXTS = st.recursive(
    st.sampled_from(LITERALS + NAMES),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(OPERATORS), inner),
        st.builds("({} {})".format, st.sampled_from(["not", "-"]), inner),
        st.builds("({} in [{}, {}])".format, inner, st.sampled_from(LITERALS), st.sampled_from(LITERALS)),
        st.builds("({} not in {})".format, inner, st.sampled_from(NAMES)),
    ),
    max_leaves=6,
)


@given(TEXTS, st.sampled_from(Place))
def test_whatever_parses_has_a_meaning_or_errors(text: str, place: Place) -> None:
    condition, report = resolve(text, {"place": place.name})
    assert (condition is None) == report.has_errors
    for diagnostic in report.diagnostics:
        assert diagnostic.name != "condition-syntax"
        assert 0 <= diagnostic.span.start < diagnostic.span.end <= len(text)
        assert len(report.diagnostics) == len(set(report.diagnostics))
