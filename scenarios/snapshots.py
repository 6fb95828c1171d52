"""The text of a snapshot: all that came about since the last expectation, and every member; and how to write it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from ..compiler.diagnostics import Edit
from ..compiler.report.cells import visible
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.tree import Scalar, Style
from ..runtime import Customer, Ledger
from .effect_lines import flow, scalar
from .outcomes import Happened
from .told import told

# A key that begins its line, perhaps behind dashes: its value can be a block of lines.
_OWN_LINE = re.compile(r"(?P<indent> *)(?:- +)*(?P<key>[^\s{\[,]+ *: +)")


def snapshot(since: Sequence[Happened], ledger: Ledger) -> str:
    """Events with their effects, then the members by name. Every line is printable, and none ends in a space."""
    lines = [*told(since, len(since)), *(_member(ledger, customer) for customer in ledger.members())]
    return "\n".join(line.rstrip() for line in lines) + "\n" if lines else ""


def _member(ledger: Ledger, customer: Customer) -> str:
    summary = ledger.summary(customer)
    state = {"tier": summary["tier"], "balance": summary["balance"], **summary["window"]}
    if summary["lifetime"] != summary["window"]:
        state["lifetime"] = summary["lifetime"]
    return f"{visible(scalar(customer.key))}: {flow(state)}"


def snapshot_edit(source: SourceFile, written: Scalar, text: str) -> Edit:
    """The change that writes a snapshot in place of another; as a block of lines where there is room for one."""
    line = source.text[: written.span.start].rpartition("\n")[2].rpartition("\r")[2]
    own = _OWN_LINE.fullmatch(line)
    if not text or own is None or text[0].isspace():
        return Edit(written.span, json.dumps(text, ensure_ascii=False))
    break_ = "\r\n" if "\r\n" in source.text else "\n"
    indent = " " * (own.start("key") + 2)
    lines = (f"{break_}{indent}{line}" for line in text.splitlines())
    return Edit(written.span, "|" + "".join(lines))


def differences(source: SourceFile, written: Scalar, now: str) -> tuple[Span, list[str]]:
    """The first line of a snapshot that is another, and all lines that are: `-` was written, `+` is now."""
    from difflib import ndiff

    before, after = written.text.rstrip().splitlines(), now.rstrip().splitlines()
    lines = [visible(line.rstrip()) for line in ndiff(before, after) if line[0] in "+-"]
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    return _line_of(source, written, same), lines


def _line_of(source: SourceFile, written: Scalar, index: int) -> Span:
    """The place of a line of a block of text; of other texts, and past the end, the whole or its first line."""
    if written.style is not Style.LITERAL:
        return written.span
    start = written.span.start
    for number, found in enumerate(re.finditer(r"[^\r\n]+", source.text[start : written.span.end])):
        if number == index + 1:
            text = found[0]
            return Span(start + found.start() + len(text) - len(text.lstrip()), start + found.end())
    return Span(start, start + 1)
