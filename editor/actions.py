"""What can be done about findings: the changes that mend them, and a comment that allows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..compiler.diagnostics import Diagnostic, Edit, Severity
from ..compiler.node import Node, node
from ..compiler.source import Span
from .paths import found_at
from .view import Draft

REASON = "say here why it is meant"


@node
class Action(Node):
    """Something to do: what it is called, the finding that it is about, and the changes. `preferred`: the usual one."""

    title: str
    about: Diagnostic
    edits: tuple[Edit, ...]
    preferred: bool = False


def actions(draft: Draft, span: Span) -> list[Action]:
    """What can be done about the findings that touch a stretch of the text."""
    found = [
        d for d in draft.compilation.diagnostics if d.span.start <= span.end and span.start <= d.span.end
    ]
    return [action for d in found for action in _about(draft, d)]


def _about(draft: Draft, finding: Diagnostic) -> Iterator[Action]:
    for number, fix in enumerate(finding.fixes):
        yield Action(fix.message, finding, fix.edits, preferred=number == 0 and fix.safe)
    if _is_lint(finding):
        title = f"allow `{finding.name}` here, with a reason"
        yield Action(title, finding, (_allow(draft, finding),))


def _is_lint(finding: Diagnostic) -> bool:
    """Whether it is about something legal, which can be meant."""
    if finding.severity is not Severity.ERROR:
        return True
    from ..compiler.lint import LINTS

    return any(lint.name == finding.name for lint in LINTS)


def _allow(draft: Draft, finding: Diagnostic) -> Edit:
    """The comment on a line of its own above that on which the scalar begins that the finding is in."""
    found = found_at(draft.reading.tree.root, finding.span.start) if draft.reading else None
    start = found.scalar.span.start if found else finding.span.start
    text = draft.content
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    indent = text[line : len(text) - len(text[line:].lstrip(" "))]
    comment = f"# tiercel: allow[{finding.name}]: {REASON}"
    return Edit(Span(line, line), f"{indent}{comment}{line_break(text)}")


def line_break(text: str) -> str:
    """The line break of a text: that of its first line."""
    return next((each for each in ("\r\n", "\n", "\r") if each in text.partition("\n")[0] + "\n"), "\n")


def mended(findings: Iterable[Diagnostic]) -> list[Edit]:
    """The changes of every safe fix, the first of each finding; of two that overlap, the first in the file."""
    chosen: list[Edit] = []
    for finding in findings:
        fix = next((fix for fix in finding.fixes if fix.safe), None)
        if fix and not any(_meet(one, other) for one in fix.edits for other in chosen):
            chosen += fix.edits
    return chosen


def _meet(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end
