"""Spans, kinds, comments and limits of what is read, style by style."""

from __future__ import annotations

import pytest

from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.from_bytes import MAX_BYTES, decode
from tiercel.compiler.syntax.tree import Kind, Mapping, Node, Scalar, Sequence, Style


def value(document, key: str) -> Node:
    node = document.root.get(key)
    assert node is not None
    return node


def slice_of(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


STYLES = [
    ("a: text\n", Style.PLAIN, "text", "text"),
    ("a: 😀 text # 🍁\n", Style.PLAIN, "😀 text", "😀 text"),
    ("a: one\n  two\nb: 1\n", Style.PLAIN, "one two", "one\n  two"),
    ("😀: 1\r\na: one\r\n  two\r\n", Style.PLAIN, "one two", "one\r\n  two"),
    ("a: 'it''s' # x\n", Style.SINGLE, "it's", "'it''s'"),
    ('a: "\\u263a # 😀"  \n', Style.DOUBLE, "☺ # 😀", '"\\u263a # 😀"'),
    ('a: "one\n\n  two"\n', Style.DOUBLE, "one\ntwo", '"one\n\n  two"'),
    ("a: |\n  one # no\n  two\n\n\n# x\nb: 1\n", Style.LITERAL, "one # no\ntwo\n", "|\n  one # no\n  two"),
    ("a: >- # x\n  one\n  two\n", Style.FOLDED, "one two", ">- # x\n  one\n  two"),
    ("a: |+\n  one\n\nb: 1\n", Style.LITERAL, "one\n\n", "|+\n  one"),
    ("a: |2\n    one\nb: 1\n", Style.LITERAL, "  one\n", "|2\n    one"),
    ("a: >\r\n  one\r\nb: 1\r\n", Style.FOLDED, "one\n", ">\r\n  one"),
    ("{b: 1, a: x y }", Style.PLAIN, "x y", "x y"),
    ("a:\n  text", Style.PLAIN, "text", "text"),
    ("\ufeffa: text", Style.PLAIN, "text", "text"),
]


@pytest.mark.parametrize(("text", "style", "meant", "written"), STYLES)
def test_scalars(read, text: str, style: Style, meant: str, written: str) -> None:
    document, report = read(text.encode())
    assert not report.diagnostics
    scalar = value(document, "a")
    assert isinstance(scalar, Scalar)
    assert (scalar.style, scalar.text, scalar.kind) == (style, meant, Kind.TEXT)
    assert slice_of(report.source.text, scalar) == written


COLLECTIONS = [
    ("a:\n  b: 1\n  c: 2\n\n# x\n\nd: 3\n", "b: 1\n  c: 2"),
    ("a:\n- 1\n- x y\n\nd: 3\n", "- 1\n- x y"),
    ("a:\n  - b: 1\n  -   c: |\n        x\n\n\n\nd: 1\n", "- b: 1\n  -   c: |\n        x"),
    ("a: [1, {b: 2}, ] # x\n", "[1, {b: 2}, ]"),
    ("a: {b: [1],\n  c: 2}\n", "{b: [1],\n  c: 2}"),
    ("a: []\n", "[]"),
    ("a:\n  {}\n", "{}"),
    ("a: [b: 1 , c: 2]\n", "[b: 1 , c: 2]"),
]


@pytest.mark.parametrize(("text", "written"), COLLECTIONS)
def test_collections_end_with_their_last_child(read, text: str, written: str) -> None:
    document, report = read(text.encode())
    assert not report.diagnostics
    assert slice_of(text, value(document, "a")) == written


KINDS = [
    (Kind.NUMBER, ["0", "-0", "12", "-3", "49.95", "0.50", "-0.0", "123456789012345678901234567890"]),
    (Kind.BOOLEAN, ["true", "false"]),
    (Kind.DATE, ["2026-11-27", "2026-1-7", "2026-11-27T09:30", "2026-11-27T09:30:00", "2026-02-20 10:00"]),
    (
        Kind.DATE,
        ["2026-02-20T10:00Z", "2026-02-20 10:00:00 +02:00", "2026-02-20t10:00:00.5-05:30", "2026-99-99"],
    ),
    (
        Kind.TEXT,
        ["x", "5%", "1,000", "1.2.3", "04-01", "2026-11", "12:99", "+", ".", "-x", "nope", "2026-11-27 sale"],
    ),
    (Kind.TEXT, ["spend >= 500", "5 or 6", "trues", "1 2", "--1", "e3", "0x", "09:30", "tRUE"]),
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS for text in texts])
def test_kinds(read, kind: Kind, text: str) -> None:
    document, report = read(f"a: {text}\n".encode())
    assert not report.diagnostics
    scalar = value(document, "a")
    assert isinstance(scalar, Scalar)
    assert (scalar.kind, scalar.text) == (kind, text)


def test_quotes_make_text(read) -> None:
    document, _ = read(b"a: ['12', \"true\", '2026-01-01', \"no\", ~x, '']\n")
    items = value(document, "a")
    assert isinstance(items, Sequence)
    assert all(isinstance(item, Scalar) and item.kind is Kind.TEXT for item in items.items)


COMMENTS = """# first
a: x # second
b: "# no" # third
c: |  # fourth
  # no
  text # no
# fifth
d: x#no
e: 'it''s # no' #sixth
f: [1, # seventh
  "2"]# eighth
g: >-
  # no

   # ninth
h: one
  two#no
  # tenth 😀"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_comments(read, end: str) -> None:
    document, report = read(COMMENTS.replace("\n", end).encode())
    assert not report.diagnostics
    words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "tenth 😀"]
    assert [comment.text.lstrip("# ") for comment in document.comments] == words
    for comment in document.comments:
        assert slice_of(report.source.text, comment) == comment.text
        assert comment.text.startswith("#")


def test_a_refused_value_stands_in_at_the_reported_place(read) -> None:
    document, report = read(b"a: no\nb: *x\nc:\nd: [y, ]\n")
    found = {d.span for d in report.diagnostics}
    items = value(document, "d")
    assert isinstance(items, Sequence)
    assert {value(document, key).span for key in "abc"} | {items.items[0].span} == found


def nested(text: str, levels: int) -> bytes:
    return f"a: {text[0] * (levels - 1)}{text[1] * (levels - 1)}".encode()


def test_depth(read) -> None:
    assert not read(nested("[]", 32))[1].diagnostics
    (found,) = read(nested("[]", 33))[1].diagnostics
    assert found.name == "too-large"
    assert found.span.start == 3 + 31


def test_nodes(read) -> None:
    # The top, its key and the list are nodes too.
    assert not read(b"a: [" + b"1," * 99_997 + b"]")[1].diagnostics
    (found,) = read(b"a: [" + b"1," * 99_998 + b"]")[1].diagnostics
    assert found.name == "too-large"


def test_size() -> None:
    full = b"a: x".ljust(MAX_BYTES)
    assert decode("p.yaml", full)[1] == []
    source, (found,) = decode("p.yaml", full + b"\n")
    assert (found.name, source.position(found.span.start)) == ("too-large", (1, 1))


@pytest.mark.parametrize(
    "unit",
    ["[", "{", "- ", "? ", "{a: ", "[? ", "!a ", "&a ", "'", '"', "a: ", "a:\n ", "|\n", "? - ", "*a "],
)
@pytest.mark.parametrize("size", [60_000, MAX_BYTES])
def test_repetition_is_a_diagnostic(read, unit: str, size: int) -> None:
    document, report = read((unit * size)[:size].encode())
    assert report.diagnostics
    assert document is None or isinstance(document.root, Mapping)


def test_the_text_of_bytes_that_are_no_text_can_be_shown() -> None:
    source, (found,) = decode("p.yaml", b"\xef\xbb\xbfa: 1\nb: caf\xe9\nc: \xff\n")
    assert source.text == "a: 1\nb: caf\ufffd\nc: \ufffd\n"
    assert source.position(found.span.start) == (2, 7)
    assert source.text[found.span.start : found.span.end] == "\ufffd"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(codec: str) -> None:
    source, (found,) = decode("p.yaml", "tiercel: 1\n".encode(codec))
    assert codec[:6].upper() in found.message
    assert source == SourceFile("p.yaml", "tiercel: 1\n")


def test_a_pair_in_a_list_ends_with_its_value(read) -> None:
    text = "a: [b: 1 , c]\n"
    document, _ = read(text.encode())
    items = value(document, "a")
    assert isinstance(items, Sequence)
    assert [slice_of(text, item) for item in items.items] == ["b: 1", "c"]
