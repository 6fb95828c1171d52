"""What holds for every file: nothing raises, spans are exact, both readers of YAML would agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax import from_yaml
from tiercel.compiler.syntax.from_bytes import decode
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.plain import plain
from tiercel.compiler.syntax.plain_scalars import kind_of_plain
from tiercel.compiler.syntax.shape import check_shape
from tiercel.compiler.syntax.tree import Document, Kind, Mapping, Node, Scalar, Sequence

ROOT = Path(__file__).parents[2]
FILES = [path.read_bytes() for path in sorted((ROOT / "programs").rglob("*.yaml"))]
FILES += [path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.yaml"))]

PIECES = [
    *(
        "a",
        "when",
        "b c",
        "1",
        "no",
        "2026-01-01",
        "true",
        "😀",
        "\\",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\0",
        "\x07",
    ),
    *(" ", "  ", "\n", "\r\n", "\t", ": ", ":", "- ", "? ", "# x", "#", ", ", "[", "]", "{", "}", "'", '"'),
    *(
        "|",
        ">",
        "|+2",
        "&a ",
        "*a",
        "!t ",
        "!",
        "---",
        "...",
        "%TAG",
        "<<",
        "@",
        "`",
        "=",
        "~",
        "\n  ",
        "\n- ",
        "\na: ",
    ),
]


def check(content: bytes) -> tuple[Document | None, Report]:
    source, diagnostics = decode("program.yaml", content)
    report = Report(source, diagnostics)
    document = None if diagnostics else read_document(source, report)
    if document is not None:
        check_shape(document, report)
    return document, report


def nodes(node: Node) -> Iterator[Node]:
    yield node
    children: list[Node] = []
    if isinstance(node, Mapping):
        children = [child for entry in node.entries for child in (entry.key, entry.value)]
    elif isinstance(node, Sequence):
        children = list(node.items)
    for child in children:
        yield from nodes(child)


def assert_places(report: Report) -> None:
    size = len(report.source.text)
    for found in report.diagnostics:
        for span in (found.span, *(label.span for label in found.labels)):
            assert 0 <= span.start <= span.end <= size + 1
        for text in (found.message, found.help or "", *found.notes):
            assert text.isprintable()
        assert found.message
        assert not found.message.endswith(".")


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xff\xfe\0\0a")
@example("a: \ufffe".encode())
def test_no_bytes_raise(content: bytes) -> None:
    document, report = check(content)
    assert_places(report)
    assert document is not None or report.has_errors


@settings(deadline=None, max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_text_raises(text: str) -> None:
    document, report = check(text.encode())
    assert_places(report)
    assert document is not None or report.has_errors


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_no_mutation_raises(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(FILES))
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 20)))
    piece = data.draw(st.sampled_from(PIECES).map(str.encode) | st.binary(max_size=4))
    _, report = check(content[:start] + piece + content[end:])
    assert_places(report)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "a: " + "".join(pieces)))
def test_the_parsers_agree(text: str) -> None:
    """Where there is no C parser, the one in Python reads the same trees and finds the same to be wrong."""
    source = SourceFile("program.yaml", text)
    found = []
    for parser in (yaml.CLoader, yaml.Loader):
        report = Report(source)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(from_yaml, "_PARSER", parser)
            document = read_document(source, report)
        found.append((document, document and [node.span for node in nodes(document.root)], report.has_errors))
    if None not in (found[0][0], found[1][0]):
        assert found[0] == found[1]


@settings(deadline=None, max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "a: " + "".join(pieces)))
@example("a: {b: [1, 'x\n y'], c: \"\\u263a\"}\nd:\n- e: >-\n    x\n    y\n\n# z\n- [f,\n g]")
def test_spans_slice_to_what_they_name(text: str) -> None:
    source = SourceFile("program.yaml", text)
    report = Report(source)
    document = read_document(source, report)
    if document is None or report.diagnostics:
        return
    for node in list(nodes(document.root))[1:]:
        written = text[node.span.start : node.span.end]
        assert written == written.strip()
        again = alone(text, node)
        if isinstance(node, Scalar) and isinstance(again, Scalar):  # line ends after a block are not shown
            assert (again.kind, again.text.rstrip()) == (node.kind, node.text.rstrip())
        elif "+" not in written:
            assert again == node
    for comment in document.comments:
        assert text[comment.span.start : comment.span.end] == comment.text


def alone(text: str, node: Node) -> Node | None:
    """What the slice of a node says where it stands for itself, in the column where it stood."""
    start = max(text.rfind("\n", 0, node.span.start), text.rfind("\r", 0, node.span.start)) + 1
    indent = " " * (node.span.start - start)
    inline = isinstance(node, Scalar) or text[node.span.start] in "[{"
    source = SourceFile(
        "slice.yaml", f"a: {'' if inline else chr(10) + indent}{text[node.span.start : node.span.end]}\n"
    )
    document = read_document(source, Report(source))
    return document and document.root.get("a")


_CORE = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


@settings(deadline=None, max_examples=1000)
@given(
    st.text("0123456789+-._:eExXoObBtTzZ ~=<nNyYaAfFiI", min_size=1, max_size=12).map(str.strip).filter(bool)
)
@example("1:30")
@example("0b1_0")
@example("2026-01-01 10:00:00 Z")
def test_text_is_text_to_both_versions_of_yaml(text: str) -> None:
    resolved = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False)).rpartition(":")[2]
    kind = kind_of_plain(text)
    if kind is Kind.TEXT:
        assert resolved == "str"
        assert not _CORE.fullmatch(text)
    elif kind is Kind.NUMBER:
        assert resolved in ("int", "float")
        assert Decimal(text) == Decimal(str(yaml.safe_load(text))) or "." in text
        assert _CORE.fullmatch(text)
    elif kind is Kind.DATE:
        assert not _CORE.fullmatch(text)


_values = st.recursive(
    st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda d: Decimal(f"{d:f}"))
    | st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufffe\uffff")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


def written(value: Any) -> str:
    """A value in YAML's JSON-like style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {written(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value).lower()


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), _values, max_size=4))
def test_plain_values_come_back(value: dict[str, Any]) -> None:
    source = SourceFile("program.yaml", written(value))
    report = Report(source)
    document = read_document(source, report)
    assert not report.diagnostics
    assert document is not None
    assert plain(document.root) == value
