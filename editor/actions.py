"""What can be done about findings: the changes that mend them, and a comment that allows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..compiler.allow.suppress import ABOUT_ALLOWS
from ..compiler.diagnostics import Diagnostic, Edit, Severity
from ..compiler.node import Node, node
from ..compiler.source import Span
from .changes import changes
from .paths import found_at
from .view import Draft

_LINE_BREAK = re.compile(r"\r\n?|\n")


@node
class Action(Node):
    """Something to do: what it is called, the finding that it is about, and the changes. `preferred`: the usual one."""

    title: str
    about: Diagnostic
    edits: tuple[Edit, ...]
    preferred: bool = False


def actions(draft: Draft, findings: Iterable[Diagnostic], span: Span) -> list[Action]:
    """What can be done about the findings that touch a stretch of the text, what mends them first."""
    found = [d for d in findings if d.span.start <= span.end and span.start <= d.span.end]
    mending = [action for d in found for action in _fixes(d)]
    allowing = [_allow(draft, d) for d in found if _can_be_allowed(d)]
    # Several findings of one name on a line have one comment.
    return mending + list({action.edits: action for action in allowing}.values())


def mended(draft: Draft) -> list[Edit]:
    """The changes that make every safe fix, round by round as `check --fix` does; none where there is none to make."""
    return changes(draft.content, draft.mended) if has_safe_fixes(draft) else []


def has_safe_fixes(draft: Draft) -> bool:
    """Whether something is found in a program that has a safe fix."""
    return any(fix.safe for found in draft.compilation.diagnostics for fix in found.fixes)


def _fixes(finding: Diagnostic) -> Iterator[Action]:
    """The fixes of a finding. One that may change what customers get says so, and is never the usual one."""
    preferred = next((fix for fix in finding.fixes if fix.safe), None)
    for fix in finding.fixes:
        title = fix.message if fix.safe else f"{fix.message} (unsafe)"
        yield Action(title, finding, fix.edits, preferred=fix is preferred)


def _can_be_allowed(finding: Diagnostic) -> bool:
    return finding.severity is not Severity.ERROR and finding.name not in ABOUT_ALLOWS


def _allow(draft: Draft, finding: Diagnostic) -> Action:
    """A comment on a line of its own, above that on which the scalar begins that the finding is in.

    It has no reason yet, and until someone gives one it allows nothing: what is found stays in view.
    """
    found = found_at(draft.reading.tree.root, finding.span.start) if draft.reading else None
    start = found.scalar.span.start if found else finding.span.start
    text = draft.content
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    indent = text[line : len(text) - len(text[line:].lstrip(" "))]
    comment = f"{indent}# tiercel: allow[{finding.name}]: {line_break(text)}"
    return Action(f"allow `{finding.name}` here: say why", finding, (Edit(Span(line, line), comment),))


def line_break(text: str) -> str:
    """The line break of a text: its first one."""
    found = _LINE_BREAK.search(text)
    return found[0] if found else "\n"
