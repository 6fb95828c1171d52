"""Makes the fixes that come with findings, round by round: from a file's bytes to better ones, and what was done.

A round makes all fixes that do not touch each other, and compiles again. It counts only if each of its findings is
gone and nothing is worse than before; else it is tried with half of the fixes, down to the one that is to blame,
which is not tried again.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .diagnostics import Diagnostic, Edit, Fix, Severity
from .driver import Compilation, compile_bytes
from .edits import edited

MOST_ROUNDS = 50

# The steps within the passes: each has a say where the ones before found nothing. Everything else comes last.
_STEPS = (
    frozenset({"encoding", "too-large"}),
    frozenset({"yaml-syntax", "yaml-feature", "duplicate-key", "ambiguous-scalar"}),
    frozenset({"unknown-key", "missing-key", "wrong-type", "key-not-here"}),
    frozenset({"condition-syntax"}),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A fix that was made: the name of the finding, what was done, and the line it was on at that time."""

    name: str
    message: str
    line: int
    safe: bool


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after its fixes: its bytes, what was done in which order, and what compiling it says now."""

    content: bytes
    made: tuple[Made, ...]
    compilation: Compilation


Choice = tuple[Diagnostic, Fix]
_Key = tuple[str, str, str]


def fix_bytes(
    name: str,
    content: bytes,
    *,
    unsafe: bool = False,
    chosen: Callable[[Diagnostic], bool] = lambda _: True,
) -> Fixed:
    """Make the safe fixes of a program file, with `unsafe` all of them; of the `chosen` findings alone.

    Bytes outside of what is fixed stay as they are.
    """
    compilation = compile_bytes(name, content)
    made: list[Made] = []
    refused: set[_Key] = set()
    for _ in range(MOST_ROUNDS):
        wanted = [
            choice for d in compilation.diagnostics if chosen(d) for choice in _fix_of(d, unsafe, refused)
        ]
        better = _round(content, compilation, apart(wanted), refused)
        if better is None:
            break
        done, content, after = better
        made += (Made(d.name, f.message, compilation.source.line(d.span.start), f.safe) for d, f in done)
        compilation = after
    return Fixed(content, tuple(made), compilation)


def _fix_of(found: Diagnostic, unsafe: bool, refused: set[_Key]) -> list[Choice]:
    """The best fix of a finding that may be made, if there is one."""
    fitting = (f for f in found.fixes if (f.safe or unsafe) and _key((found, f)) not in refused)
    return [(found, fix) for fix in fitting][:1]


def _key(choice: Choice) -> _Key:
    return choice[0].name, choice[0].message, choice[1].message


def apart(choices: Iterable[Choice]) -> list[Choice]:
    """The first of the fixes, and each further one that touches none of those before it."""
    taken: list[Choice] = []
    spans: list[Edit] = []
    for choice in choices:
        if not any(_touch(edit, other) for edit in choice[1].edits for other in spans):
            taken.append(choice)
            spans += choice[1].edits
    return taken


def _touch(one: Edit, other: Edit) -> bool:
    (start, end), (first, last) = one.span, other.span
    return (start < last and first < end) or (
        (start == end or first == last) and start <= last and first <= end
    )


Better = tuple[list[Choice], bytes, Compilation]


def _round(content: bytes, before: Compilation, choices: list[Choice], refused: set[_Key]) -> Better | None:
    """What comes of as many of the fixes as can be made at once; those that must not be made become refused."""
    waiting = [choices]
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        better = attempt(content, before, part)
        if better is not None:
            return part, *better
        if len(part) == 1:
            refused.add(_key(part[0]))
        else:
            waiting += (part[len(part) // 2 :], part[: len(part) // 2])
    return None


def attempt(
    content: bytes, before: Compilation, choices: Sequence[Choice]
) -> tuple[bytes, Compilation] | None:
    """The file with some fixes made, compiled; none where a finding stays, or the file is worse than before."""
    edits = [edit for _, fix in choices for edit in fix.edits]
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    changed = mark + edited(before.source.text, edits).encode("utf-8", "surrogatepass")
    after = compile_bytes(before.source.name, changed)
    return (changed, after) if _is_better(before, after, choices, edits) else None


def _is_better(
    before: Compilation, after: Compilation, choices: Sequence[Choice], edits: Sequence[Edit]
) -> bool:
    if not all(_is_gone(found, before, after, edits) for found, _ in choices):
        return False
    if before.program is not None:
        return _means_as_much(before, after, choices) and not _new_errors(before, after, edits)
    if after.passed != before.passed:
        return after.passed > before.passed  # what is new was found by a pass that had not been reached
    return all(_was_hidden(error, choices, edits) for error in _new_errors(before, after, edits))


def _means_as_much(before: Compilation, after: Compilation, choices: Sequence[Choice]) -> bool:
    """Whether a file that had a meaning still has one; the same, if all fixes are safe and it could be built."""
    if after.program is None:
        return False
    return before.has_errors or after.digest == before.digest or not all(fix.safe for _, fix in choices)


def _is_gone(found: Diagnostic, before: Compilation, after: Compilation, edits: Sequence[Edit]) -> bool:
    alike = [d for d in after.diagnostics if (d.name, d.message) == (found.name, found.message)]
    fewer = len(alike) < sum((d.name, d.message) == (found.name, found.message) for d in before.diagnostics)
    return fewer or moved(found.span.start, edits) not in {d.span.start for d in alike}


def _new_errors(before: Compilation, after: Compilation, edits: Sequence[Edit]) -> list[Diagnostic]:
    """Errors of the file as it is now that were not there: not at that place, nor as often."""
    places = {(d.name, d.message, moved(d.span.start, edits)) for d in before.diagnostics}
    fewer = Counter((d.name, d.message) for d in after.diagnostics)
    fewer.subtract((d.name, d.message) for d in before.diagnostics)
    errors = [d for d in after.diagnostics if d.severity is Severity.ERROR]
    return [
        d for d in errors if (d.name, d.message, d.span.start) not in places and fewer[d.name, d.message] > 0
    ]


def _was_hidden(error: Diagnostic, choices: Sequence[Choice], edits: Sequence[Edit]) -> bool:
    """Whether an error may have been there all along, unseen for what a fix has mended.

    A later step of a pass may find it, or the same one behind the place up to which it had come.
    """
    for found, fix in choices:
        reached = moved(min(edit.span.start for edit in fix.edits), edits)
        if (_step_of(error), error.span.end) >= (_step_of(found), reached):
            return True
    return False


def _step_of(found: Diagnostic) -> int:
    return next((i for i, names in enumerate(_STEPS) if found.name in names), len(_STEPS))


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where a place of a text is after edits of it; the beginning of an edit that it lies in."""
    by = 0
    for edit in sorted(edits, key=lambda e: e.span):
        if edit.span.end <= offset:
            by += len(edit.text) - (edit.span.end - edit.span.start)
        elif edit.span.start < offset:
            return edit.span.start + by
    return offset + by
