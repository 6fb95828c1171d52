"""Writes diagnostics for people: the place, the message, the source with carets, further places, notes and help."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile, Span
from .cells import visible
from .excerpt import Row, excerpt

WIDTH = 120

BOLD, BLUE = "1", "1;34"
COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def render(source: SourceFile, diagnostic: Diagnostic, *, colour: bool = False, width: int = WIDTH) -> str:
    """One diagnostic as text that ends with a line end; source lines are at most `width` columns wide."""
    places = _places(source, diagnostic, width)
    gutter = len(str(max(row.number for rows, _, _ in places for row in rows)))
    lines = [_header(source, diagnostic, colour), _edge(gutter, "|", colour)]
    for rows, message, code in places:
        lines += _lines(rows, message, gutter, code, colour)
    lines += [
        remark(gutter, f"{word}: {visible(text)}", colour=colour) for word, text in _remarks(diagnostic)
    ]
    return "".join(line.rstrip() + "\n" for line in lines)


def quoted(source: SourceFile, span: Span, *, colour: bool, width: int) -> tuple[list[str], int]:
    """The lines of a span with carets below, as they stand in an error; and how wide the line numbers are."""
    rows = excerpt(source, span, "^", width)
    gutter = len(str(max(row.number for row in rows)))
    code = COLOURS[Severity.ERROR]
    return [_edge(gutter, "|", colour), *_lines(rows, "", gutter, code, colour)], gutter


def remark(gutter: int, text: str, *, colour: bool) -> str:
    """A line below a quoted place that says something about it."""
    return f"{_edge(gutter, '=', colour)} {text}"


def _header(source: SourceFile, diagnostic: Diagnostic, colour: bool) -> str:
    line, column = source.position(min(diagnostic.span.start, len(source.text)))
    place = paint(f"{visible(source.name)}:{line}:{column}:", BOLD, colour)
    severity = paint(f"{diagnostic.severity.value}:", COLOURS[diagnostic.severity], colour)
    return f"{place} {severity} {paint(visible(diagnostic.message), BOLD, colour)} [{diagnostic.name}]"


Place = tuple[list[Row], str, str]  # rows, message after their marks, colour of the marks


def _places(source: SourceFile, diagnostic: Diagnostic, width: int) -> list[Place]:
    first = (excerpt(source, diagnostic.span, "^", width), "", COLOURS[diagnostic.severity])
    return [first, *((excerpt(source, e.span, "-", width), e.message, BLUE) for e in diagnostic.labels)]


def _lines(rows: list[Row], message: str, gutter: int, code: str, colour: bool) -> Iterator[str]:
    for row in rows:
        if not row.number:
            yield paint("." * 3, BLUE, colour)
            continue
        yield f"{paint(f'{row.number:>{gutter}} |', BLUE, colour)} {row.text}"
        blank = len(row.marks) - len(row.marks.lstrip())
        marks = " " * blank + paint(row.marks.lstrip(), code, colour)
        yield f"{_edge(gutter, '|', colour)} {marks}" + (f" {visible(message)}" if row is rows[-1] else "")


def _remarks(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    for note in diagnostic.notes:
        yield "note", note
    if diagnostic.help is not None:
        yield "help", diagnostic.help
    for fix in diagnostic.fixes[:1]:
        yield "fix", f"{fix.message} (--fix{'' if fix.safe else ' --unsafe-fixes'})"


def _edge(gutter: int, char: str, colour: bool) -> str:
    return " " * gutter + " " + paint(char, BLUE, colour)


def paint(text: str, code: str, colour: bool) -> str:
    """A text in a colour (an SGR code), or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
