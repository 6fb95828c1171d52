"""Writes failures for people: the place, what is otherwise there, the events that led to it, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.diagnostics import Severity
from ..compiler.report.cells import visible
from ..compiler.report.text import BOLD, COLOURS, WIDTH, paint, quoted, remark
from ..compiler.source import SourceFile
from .effect_lines import flow
from .outcomes import Failure
from .running import Result


def render(
    source: SourceFile, result: Result, failure: Failure, *, colour: bool = False, width: int = WIDTH
) -> str:
    """One failure as text that ends with a line end; lines of the file are at most `width` columns wide."""
    line, column = source.position(min(failure.span.start, len(source.text)))
    place = paint(f"{visible(source.name)}:{line}:{column}:", BOLD, colour)
    failed = paint("failed:", COLOURS[Severity.ERROR], colour)
    quote, gutter = quoted(source, failure.span, colour=colour, width=width)
    lines = [f"{place} {failed} {paint(visible(failure.message), BOLD, colour)}", *quote]
    for head, body in _remarks(result, failure):
        lines.append(remark(gutter, head, colour=colour))
        lines += (f"{' ' * gutter}     {each}" for each in body)
    return "".join(each.rstrip() + "\n" for each in lines)


def _remarks(result: Result, failure: Failure) -> Iterator[tuple[str, tuple[str, ...]]]:
    row = f" (row {result.row}: {flow(result.values)})" if result.row is not None else ""
    yield f"scenario: {visible(result.title)}{row}", ()
    if failure.difference:
        yield "what was written (-), and what is true now (+):", failure.difference
    if failure.since:
        yield "since the last expectation:", failure.since
    if failure.reasons:
        yield "why:", failure.reasons
    if failure.help:
        yield f"help: {visible(failure.help)}", ()
