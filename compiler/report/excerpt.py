"""Cuts the source lines of a span out of a file, with the marks that go under them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..source import SourceFile, Span
from .cells import Cell, cells

LINE_END = re.compile(r"[\r\n]")
CUT = "…"


class Row(NamedTuple):
    """A source line (`number` counts from 1), or with number 0 lines left out; `marks` go under the text."""

    number: int
    text: str
    marks: str


def excerpt(source: SourceFile, span: Span, mark: str, width: int) -> list[Row]:
    """The lines of a span, each at most `width` columns wide.

    Of a span over several lines, the first and the last are shown, with a row of number 0 for what is between.
    """
    span = visible_span(source, span)
    first, last = source.line(span.start), source.line(max(span.start, span.end - 1))
    if first == last:
        return [_row(source, span, mark, width)]
    head = Span(span.start, line_span(source, span.start).end)
    rows = [_row(source, head, mark, width)]
    if last > first + 1:
        rows.append(Row(0, "", ""))
    return [*rows, _row(source, _tail(source, span), mark, width)]


def position_span(source: SourceFile, span: Span) -> tuple[int, int, int, int]:
    """Line, column, end line and end column of a span, the end exclusive, blank space at its end left out."""
    start, end = visible_span(source, span)
    return (*source.position(start), *source.position(end))


def visible_span(source: SourceFile, span: Span) -> Span:
    """A span within the file, without blank space at its end."""
    start = min(span.start, len(source.text))
    text = source.text[start : span.end].rstrip()
    return Span(start, start + len(text))


def line_span(source: SourceFile, offset: int) -> Span:
    """The line that holds an offset, without its line end."""
    start = offset - source.position(offset)[1] + 1
    end = LINE_END.search(source.text, start)
    return Span(start, end.start() if end else len(source.text))


def _tail(source: SourceFile, span: Span) -> Span:
    line = line_span(source, span.end - 1)
    indent = len(source.text[line.start : span.end]) - len(source.text[line.start : span.end].lstrip())
    return Span(line.start + indent, span.end)


def _row(source: SourceFile, span: Span, mark: str, width: int) -> Row:
    line = line_span(source, span.start)
    shown = cells(source.text[line.start : line.end])
    start, end = span.start - line.start, min(span.end, line.end) - line.start
    number = source.line(span.start)
    if sum(cell.width for cell in shown) <= width:
        return Row(number, _text(shown), _marks(shown, start, end, mark))
    left, right = _window(shown, start, end, width - 2 * len(CUT))
    before, after = CUT if left else "", CUT if right < len(shown) else ""
    part = shown[left:right]
    marks = " " * len(before) + _marks(part, start - left, min(end, right) - left, mark)
    return Row(number, before + _text(part) + after, marks)


def _window(shown: list[Cell], start: int, end: int, budget: int) -> tuple[int, int]:
    """The cells to show of a line that is too long: around the span, as much on both sides, or from its start."""
    spare = max(budget - sum(cell.width for cell in shown[start:end]), budget // 10)
    left = _back(shown, start, spare // 2)
    right, used = left, 0
    while right < len(shown) and used + shown[right].width <= budget:
        used += shown[right].width
        right += 1
    return (left, right) if right < len(shown) else (_back(shown, right, budget), right)


def _back(shown: list[Cell], index: int, columns: int) -> int:
    while index > 0 and shown[index - 1].width <= columns:
        index -= 1
        columns -= shown[index].width
    return index


def _text(shown: list[Cell]) -> str:
    return "".join(cell.shown for cell in shown)


def _marks(shown: list[Cell], start: int, end: int, mark: str) -> str:
    """Marks under the cells `start..end`, at least one."""
    before = sum(cell.width for cell in shown[:start])
    under = sum(cell.width for cell in shown[start:end])
    return " " * before + mark * max(under, 1)
