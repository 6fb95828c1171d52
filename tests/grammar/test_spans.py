"""Every token of a condition has its exact place in the file, in all of YAML's styles and with all line ends."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.source import SourceFile
from tiercel.compiler.syntax.condition_text import condition_text, text_literal
from tiercel.compiler.syntax.from_condition import parse_condition
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.tree import (
    Binary,
    BooleanLiteral,
    DateLiteral,
    Expression,
    Membership,
    Name,
    NumberLiteral,
    Scalar,
    Style,
    TextLiteral,
    Unary,
)


def scalar_in(file: str) -> tuple[Scalar, Report]:
    """The value of the file's only key."""
    report = Report(SourceFile("f.yaml", file))
    document = read_document(report.source, report)
    assert document is not None
    assert report.diagnostics == []
    value = document.root.entries[0].value
    assert isinstance(value, Scalar)
    return value, report


def tree_in(file: str) -> tuple[Expression | None, Report]:
    scalar, report = scalar_in(file)
    return parse_condition(report.source, scalar, report), report


def nodes(expression: Expression) -> Iterator[Expression]:
    yield expression
    match expression:
        case Unary():
            yield from nodes(expression.operand)
        case Binary():
            yield from nodes(expression.left)
            yield from nodes(expression.right)
        case Membership():
            yield from nodes(expression.operand)
            for item in expression.items:
                yield from nodes(item)


# --- by example: what is between ⟦ and ⟧ has to be the span of the error --------------------------------------

ERRORS = {
    "plain": "k: spend ⟦=⟧ 5\n",
    "plain in flow": "{k: spend ⟦=⟧ 5}\n",
    "single": "k: 'spend ⟦=⟧ 5'\n",
    "double": 'k: "spend ⟦=⟧ 5"\n',
    "single with a doubled quote": "k: 'order.channel == ''web'' and spend ⟦=⟧ 5'\n",
    "double with escapes": 'k: "order.channel == \\"w\\u0065b\\" and \\x73pend\\tor\\nspend ⟦=⟧ 5"\n',
    "an escaped operator": 'k: "spend ⟦\\x3D⟧ 5"\n',
    "double with an escaped line break": 'k: "spend \\\n   ⟦=⟧ 5"\n',
    "folded double": 'k: "spend\n\n   ⟦=⟧ 5"\n',
    "folded single": "k: 'spend\n   ⟦=⟧ 5'\n",
    "plain on two lines": "k: spend > 1\n  and orders ⟦=⟧ 5\n",
    "literal": "k: |\n  spend > 1\n  and orders ⟦=⟧ 5\n",
    "literal, stripped": "k: |-\n    spend\n\n      ⟦=⟧ 5\n",
    "literal, kept": "k: |+\n  spend ⟦=⟧ 5\n\n\n",
    "literal, stated indentation": "k: |2\n    spend\n  ⟦=⟧ 5\n",
    "literal with a comment": "k: |  # = here\n  spend ⟦=⟧ 5\n",
    "folded": "k: >\n  spend > 1\n  and\n\n  orders ⟦=⟧ 5\n",
    "folded, more indented": "k: >-\n  spend > 1\n    and orders\n  ⟦=⟧ 5\n",
    "CRLF": "k: |\r\n  spend > 1\r\n  and orders ⟦=⟧ 5\r\n",
    "CRLF plain": "k: spend > 1\r\n  and orders ⟦=⟧ 5\r\n",
    "emoji": "k: order.channel == '😀' and spend ⟦=⟧ 5\n",
    "emoji escaped": "k: \"order.channel == '\\U0001F600' and spend ⟦=⟧ 5\"\n",
    "emoji before": "# 😀😀\nk: spend ⟦=⟧ 5\n",
    "end of input": "k: spend >=⟦⟧\n",
    "end of input, quoted": "k: 'spend >=⟦⟧  '\n",
    "end of input in a block": "k: |\n  spend\n  >=⟦⟧\n\n",
    "end of input in a folded block": "k: >\n  spend\n  >=⟦⟧\n",
    "end of input, escaped": 'k: "spend \\x3e\\x3D⟦⟧"\n',
    "unclosed parenthesis": "k: |\n  (spend > 1\n   and orders > 5⟦⟧\n",
}


@pytest.mark.parametrize("marked", ERRORS.values(), ids=ERRORS.keys())
def test_span_of_an_error(marked: str) -> None:
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    _, report = tree_in(marked.replace("⟦", "").replace("⟧", ""))
    (found,) = report.diagnostics
    assert tuple(found.span) == (start, end)


def test_parentheses_belong_to_what_they_hold() -> None:
    file = "k: not (a or b) and (c) == 1\n"
    tree, _ = tree_in(file)
    assert isinstance(tree, Binary)
    assert isinstance(tree.left, Unary)
    assert isinstance(tree.right, Binary)
    spans = [tree.span, tree.left.span, tree.left.operand.span, tree.right.span, tree.right.left.span]
    assert [file[slice(*span)] for span in spans] == [
        "not (a or b) and (c) == 1", "not (a or b)", "(a or b)", "(c) == 1", "c",
    ]  # fmt: skip
    assert file[slice(*tree.operator_span)] == "and"


# --- by property ----------------------------------------------------------------------------------------------

WORD = st.sampled_from(["a", "spend", "customer.tags", "order.total", "x_1", "customer.and"])
# Texts of one word: folding would change white space within a text.
TEXT = st.text(st.sampled_from("abé😀'\"\\#:,[]{}&*!|>%@`-"), max_size=5)
NUMBER = st.builds(lambda n, d: f"{n}{d}", st.integers(0, 9999), st.sampled_from(["", ".5", ".25"]))
DATE = st.dates().map(lambda day: f'date("{day.isoformat()}")')
LITERAL = st.one_of(NUMBER, TEXT.map(text_literal), DATE, st.sampled_from(["true", "false"]))
LIST = st.lists(st.one_of(LITERAL, NUMBER.map(lambda n: f"-{n}")), min_size=1, max_size=3).map(", ".join)


def _extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    comparison = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "has"])
    return st.one_of(
        st.builds(lambda sides, op: f"({sides[0]}) {op} ({sides[1]})", two, comparison),
        st.builds(lambda sides, op: f"{sides[0]} {op} {sides[1]}", two, st.sampled_from(["and", "or"])),
        st.builds(lambda sides, op: f"({sides[0]}) {op} ({sides[1]})", two, st.sampled_from("+-*")),
        st.builds(lambda side, op: f"{op} ({side})", inner, st.sampled_from(["not", "-"])),
        st.builds(
            lambda side, op, items: f"({side}) {op} [{items}]", inner, st.sampled_from(["in", "not in"]), LIST
        ),
    )


CONDITION = st.recursive(st.one_of(WORD, LITERAL), _extended, max_leaves=8)


@st.composite
def written(draw: st.DrawFn, text: str) -> str:
    """A file with the text as its value, in any style, on one line or several."""
    style = draw(st.sampled_from(["", "'", '"', "|", "|-", "|2", ">", ">-"]))
    if draw(st.booleans()):
        text = re.sub(" ", lambda _: draw(st.sampled_from([" ", "\n", " \n"])), text)
    if style[:1] in ("|", ">") and style:
        body = textwrap.indent(text, "  ", lambda _: True)
        file = f"k: {style}\n{body}\n"
    elif style == "'":
        file = f"k: '{_indented(text.replace(chr(39), chr(39) * 2))}'\n"
    elif style == '"':
        file = f'k: "{_indented(_escaped(draw, text))}"\n'
    else:
        file = f"k: {_indented(text)}\n"
    return file.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def _escaped(draw: st.DrawFn, text: str) -> str:
    def escaped(character: str) -> str:
        if character in '"\\':
            return "\\" + character
        if character == "\n" or draw(st.integers(0, 5)):
            return character
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\U{code:08X}"

    return "".join(map(escaped, text))


@given(CONDITION.flatmap(lambda text: st.tuples(st.just(text), written(text))))
def test_every_style_gives_the_same_tree_with_exact_spans(case: tuple[str, str]) -> None:
    text, file = case
    report = Report(SourceFile("f.yaml", file))
    document = read_document(report.source, report)
    assume(document is not None and not report.diagnostics)  # not every condition can go without quotes
    scalar, report = scalar_in(file)
    assume(scalar.text.split() == text.split())  # one with ` #` or `: ` in it is cut short
    tree, report = tree_in(file)
    alone, _ = tree_in("k: |\n  " + text + "\n")
    assert alone is not None
    assert tree == alone
    assert tree_in("k: |\n  " + condition_text(alone) + "\n")[0] == alone
    for node in nodes(tree):
        assert_span(node, file, scalar)


def assert_span(node: Expression, file: str, scalar: Scalar) -> None:
    """The node's slice of the file, read as YAML would, is its text."""
    assert scalar.span.start <= node.span.start < node.span.end <= scalar.span.end
    slice_ = file[node.span.start : node.span.end]
    if scalar.style is Style.SINGLE:
        slice_ = slice_.replace("''", "'")
    if scalar.style is Style.DOUBLE:
        slice_ = scalar_in(f'k: "{slice_}"\n')[0].text
    assert slice_ == slice_.strip()
    match node:
        case NumberLiteral():
            assert slice_ == node.text
        case Name():
            assert slice_ == node.path
        case BooleanLiteral():
            assert slice_ == ("true" if node.value else "false")
        case DateLiteral():
            assert slice_ == f'date("{node.text}")'
        case TextLiteral():
            assert slice_ == text_literal(node.value)
        case _:
            again, _ = tree_in("k: |\n  " + " ".join(slice_.split()) + "\n")
            assert again == node
