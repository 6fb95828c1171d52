"""A program's own text with a mark beside each line that scenarios decide about: covered, partly, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.report.cells import cells, visible
from ..compiler.report.excerpt import line_span
from ..compiler.source import line_starts
from .covered import Covered
from .target import Target

ALL, SOME, NONE, OTHER = "+", "~", "-", " "
LEGEND = f"{ALL} covered   {SOME} partly   {NONE} not at all"


def document(program: Covered) -> Iterator[str]:
    """A program with what the marks mean, and which program it is, without line ends."""
    yield visible(program.path)
    yield LEGEND
    yield ""
    yield from annotated(program)


def annotated(program: Covered) -> Iterator[str]:
    """All lines, without line ends: mark, number and text, and below a line what is missing of it."""
    source = program.ground.program.source
    by_line: dict[int, list[Target]] = {}
    for target in program.ground.counted:
        by_line.setdefault(source.line(target.span.start), []).append(target)
    starts = line_starts(source.text)
    width = len(str(len(starts)))
    for number, start in enumerate(starts, start=1):
        span = line_span(source, start)
        if start == len(source.text) and number > 1:
            return  # what follows the last line end
        targets = by_line.get(number, [])
        text = "".join(cell.shown for cell in cells(source.text[span.start : span.end]))
        yield f"{_mark(targets, program)} {number:>{width}} | {text}".rstrip()
        indent = " " * (len(text) - len(text.lstrip()))
        for target in targets:
            if target.key not in program.seen:
                yield f"  {'':>{width}} | {indent}^ missing: {target.says}"


def _mark(targets: list[Target], program: Covered) -> str:
    if not targets:
        return OTHER
    seen = sum(target.key in program.seen for target in targets)
    return NONE if not seen else ALL if seen == len(targets) else SOME
