"""Makes the fixes that come with findings, round by round: from a file's bytes to better ones, and what was done.

A round makes all fixes that do not touch each other, and compiles again. It counts only if each of its findings is
gone and nothing is worse than before; else it is tried with half of the fixes, down to the one that is to blame,
which is not tried again.
"""

from __future__ import annotations

import codecs
from bisect import bisect, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from .diagnostics import Diagnostic, Edit, Fix, Severity
from .driver import Compilation, compile_bytes
from .edits import edited
from .source import Span

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
    today: date | None = None,
    chosen: Callable[[Compilation], Iterable[Diagnostic]] = lambda compilation: compilation.diagnostics,
) -> Fixed:
    """Make the safe fixes of a program file, with `unsafe` all of them; of the `chosen` findings alone.

    Bytes outside of what is fixed stay as they are. What comments allow (`today`) is no finding, and stays.
    """
    compilation = compile_bytes(name, content, today=today)
    made: list[Made] = []
    refused: set[_Key] = set()
    for _ in range(MOST_ROUNDS):
        wanted = [choice for found in chosen(compilation) for choice in _fix_of(found, unsafe, refused)]
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
    spans: list[Span] = []
    for choice in choices:
        wanted = [edit.span for edit in choice[1].edits]
        if not any(_touches(span, spans) for span in wanted):
            taken.append(choice)
            for span in wanted:
                insort(spans, span)
    return taken


def _touches(span: Span, taken: list[Span]) -> bool:
    """Whether a span touches one of those taken, which are sorted and apart: then it is one right beside it."""
    at = bisect(taken, span)
    return any(_touch(span, other) for other in taken[max(at - 1, 0) : at + 1])


def _touch(one: Span, other: Span) -> bool:
    (start, end), (first, last) = one, other
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
    after = compile_bytes(before.source.name, changed, today=before.today)
    return (changed, after) if _Change(before, after, edits).is_better(choices) else None


class _Change:
    """What some edits make of the diagnostics of a file."""

    def __init__(self, before: Compilation, after: Compilation, edits: Sequence[Edit]) -> None:
        self.before, self.after, self.moved = before, after, Moved(edits)
        self._were = {(d.name, d.message, self.moved(d.span.start)) for d in before.diagnostics}
        self._are = {(d.name, d.message, d.span.start) for d in after.diagnostics}
        self._more = Counter((d.name, d.message) for d in after.diagnostics)
        self._more.subtract((d.name, d.message) for d in before.diagnostics)

    def is_better(self, choices: Sequence[Choice]) -> bool:
        """Whether each finding is gone, and nothing is worse."""
        if not all(self._is_gone(found) for found, _ in choices):
            return False
        new = self._new_errors()
        if self.before.program is not None:
            return not new and self._means_as_much(choices)
        if self.after.passed != self.before.passed:
            # What is new was found by a pass that had not been reached.
            return self.after.passed > self.before.passed
        first = min((_step_of(d), self.moved(min(e.span.start for e in fix.edits))) for d, fix in choices)
        # It may have been there all along, unseen: a later step finds it, or the same one behind where it had come to.
        return all((_step_of(error), error.span.end) >= first for error in new)

    def _means_as_much(self, choices: Sequence[Choice]) -> bool:
        """Whether a file that had a meaning still has one; the same, if all fixes are safe and it could be built."""
        if self.after.program is None:
            return False
        if self.before.has_errors or not all(fix.safe for _, fix in choices):
            return True
        return self.after.digest == self.before.digest

    def _is_gone(self, found: Diagnostic) -> bool:
        place = self.moved(found.span.start)
        return (
            self._more[found.name, found.message] < 0 or (found.name, found.message, place) not in self._are
        )

    def _new_errors(self) -> list[Diagnostic]:
        """Errors of the file as it is now that were not there: not at that place, nor as often."""
        errors = (d for d in self.after.diagnostics if d.severity is Severity.ERROR)
        return [
            d
            for d in errors
            if (d.name, d.message, d.span.start) not in self._were and self._more[d.name, d.message] > 0
        ]


def _step_of(found: Diagnostic) -> int:
    return next((i for i, names in enumerate(_STEPS) if found.name in names), len(_STEPS))


class Moved:
    """Where places of a text are after edits of it: of one in an edit, where what is written there begins."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits, key=lambda e: e.span)
        self._ends = [edit.span.end for edit in self._edits]
        by = (len(edit.text) - (edit.span.end - edit.span.start) for edit in self._edits)
        self._by = [0, *accumulate(by)]

    def __call__(self, offset: int) -> int:
        """The new place of an offset."""
        at = bisect(self._ends, offset)
        inside = at < len(self._edits) and self._edits[at].span.start < offset
        return (self._edits[at].span.start if inside else offset) + self._by[at]
