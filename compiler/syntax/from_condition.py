"""The tree of a condition, from the scalar that holds its text.

A text that is no condition gives one diagnostic, which names the slip where it is a known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..diagnostics import Edit, Fix, Label, Report
from ..source import SourceFile, Span
from .placed import PlacedText, place
from .tree import Binary, Expression, Membership, Scalar, Style, Unary

if TYPE_CHECKING:
    from .slip import Slip

MOST_CHARACTERS = 4_000
MOST_NESTED = 50

_COMMENT = re.compile(r"[ \t]+(?P<comment>#[^\r\n]*)")
# A parenthesis outside of quotes; an unclosed quote hides the rest.
_TEXT_OR_PARENTHESIS = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?|[()]", re.DOTALL)


def parse_condition(
    source: SourceFile, scalar: Scalar, report: Report, currency: str = ""
) -> Expression | None:
    """The condition in a text scalar, every span one in the file; none, and one error, if it is not one.

    Errors: `condition-syntax`, and `too-large` for length and nesting. `currency` is the code of the program's: its
    sign can be left out before an amount.
    """
    text = scalar.text.strip()
    if not text:
        report.error("condition-syntax", scalar.span, "the condition is empty", help="leave the key out")
        return None
    if len(text) > MOST_CHARACTERS:
        _report_length(scalar, len(text), report)
        return None
    placed = place(source, scalar)
    groups = list(_groups(placed.text))
    if _nested_too_deep(placed, groups, report):
        return None
    expression = _parsed(placed, source, scalar, report, currency)
    if expression is None or _nested_too_deep(placed, groups, report, expression):
        return None
    return expression


def _parsed(
    placed: PlacedText, source: SourceFile, scalar: Scalar, report: Report, currency: str
) -> Expression | None:
    from .condition_parser import Unparsable, parse

    try:
        return parse(placed)
    except Unparsable as unparsable:
        from .slips import explain

        slip = explain(placed.text, unparsable.words, unparsable.index)
    labels = [Label(placed.span(start, end), message) for start, end, message in slip.labels]
    fixes = _fixes(slip, placed, currency)
    span, help = placed.span(slip.start, slip.end), slip.help
    comment = _comment_behind(source, scalar) if _runs_to_the_end(slip, placed.text) else None
    if comment:
        labels.append(Label(comment, "to YAML, this is a comment"))
        help = "write the whole condition in quotes, for the `#` to be part of it"
        fixes = _with_the_comment(source, scalar, comment, slip, placed.text)
    report.error("condition-syntax", span, slip.message, labels=labels, help=help, fixes=fixes)
    return None


def _fixes(slip: Slip, placed: PlacedText, currency: str) -> list[Fix]:
    """What is to stand in the condition instead, as the condition has it rather than the file."""
    if slip.rewrite is None:
        return []
    from .slip import quoted as quoted_excerpt

    start, end, text, safe, sign = slip.rewrite
    message = (
        f"write {quoted_excerpt(text)}"
        if text.strip()
        else f"delete {quoted_excerpt(placed.text[start:end])}"
    )
    edit = Edit(placed.span(start, end), text)
    return [Fix(message, (edit,), safe and (not sign or currency in _CURRENCIES.get(sign, "")))]


# Which currencies' sign it can be, of those whose sign merchants type.
_CURRENCIES = {
    "$": "USD CAD AUD NZD SGD HKD MXN TWD CLP COP ARS BBD BMD BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD UYU",
    "€": "EUR", "£": "GBP FKP GIP SHP EGP", "¥": "JPY CNY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH",
    "₪": "ILS", "₫": "VND", "₱": "PHP", "฿": "THB", "₦": "NGN",
}  # fmt: skip


def _with_the_comment(source: SourceFile, scalar: Scalar, comment: Span, slip: Slip, text: str) -> list[Fix]:
    """The condition in quotes as far as its line goes, where that ends the text that the `#` cut short."""
    if (
        text[slip.start : slip.start + 1] not in ("'", '"')
        or text[slip.start] not in source.text[comment.start : comment.end]
    ):
        return []
    from .rewrites import quoted_condition

    whole = Span(scalar.span.start, comment.end)
    written = quoted_condition(source.text[whole.start : whole.end])
    return [Fix("write the whole condition in quotes", (Edit(whole, written),))]


def _runs_to_the_end(slip: Slip, text: str) -> bool:
    """Whether what is wrong may be that the text is cut short: nothing stands behind it, or a quote is open."""
    return slip.end >= len(text) or text[slip.start] in "\"'"


def _comment_behind(source: SourceFile, scalar: Scalar) -> Span | None:
    """The comment at the end of the line on which a text without quotes ends."""
    found = _COMMENT.match(source.text, scalar.span.end) if scalar.style is Style.PLAIN else None
    return Span(*found.span("comment")) if found else None


def _report_length(scalar: Scalar, length: int, report: Report) -> None:
    report.error(
        "too-large",
        scalar.span,
        f"the condition has {length:,} characters, and at most {MOST_CHARACTERS:,} are read",
        help="give lists of values to `in`, or mark the customers with a tag or an attribute",
    )


def _nested_too_deep(
    placed: PlacedText, groups: list[Span], report: Report, expression: Expression | None = None
) -> bool:
    """Whether more than 50 parentheses, `not`s and minus signs enclose some place; then it is reported."""
    enclosing = [placed.span(*group) for group in groups]
    if expression is not None:
        enclosing += _unary_spans(expression)
    if len(enclosing) <= MOST_NESTED:
        return False
    deepest = _first_too_deep(enclosing)
    if deepest is not None:
        report.error(
            "too-large",
            Span(deepest, deepest + 1),
            f"the condition is nested more than {MOST_NESTED} deep",
            help="`and` and `or` chains need no parentheses around each pair",
        )
    return deepest is not None


def _first_too_deep(enclosing: list[Span]) -> int | None:
    """Where the first span begins that lies in 50 others."""
    ends: list[int] = []
    for start, end in sorted(enclosing, key=lambda span: (span.start, -span.end)):
        while ends and ends[-1] <= start:
            ends.pop()
        ends.append(end)
        if len(ends) > MOST_NESTED:
            return start
    return None


def _groups(text: str) -> Iterator[Span]:
    """The offsets of each pair of parentheses; one that is not closed goes to the end."""
    opened: list[int] = []
    for match in _TEXT_OR_PARENTHESIS.finditer(text):
        if match.group() == "(":
            opened.append(match.start())
        elif match.group() == ")" and opened:
            yield Span(opened.pop(), match.end())
    for start in opened:
        yield Span(start, len(text))


def _unary_spans(expression: Expression) -> list[Span]:
    """The span of every `not` and minus sign with its operand."""
    found: list[Span] = []
    pending = [expression]
    while pending:
        match pending.pop():
            case Unary() as unary:
                found.append(unary.span)
                pending.append(unary.operand)
            case Binary() as binary:
                pending += (binary.left, binary.right)
            case Membership() as membership:
                pending.append(membership.operand)
            case _:
                pass
    return found
