"""What the allows of a file leave of its findings, and what became of each allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from ..diagnostics import Diagnostic, Severity
from ..source import SourceFile, Span
from ..syntax.tree import Document
from .comment import Allow, AllowedName, Slip, read
from .places import Lines, lines_of, targets

ABOUT_ALLOWS: Final = frozenset({"bad-allow", "expired-allow", "unknown-allow", "unused-allow"})


class Suppressed(NamedTuple):
    """A finding that is not reported, and the comment that allows it."""

    finding: Diagnostic
    allow: Allow


class Allowed(NamedTuple):
    """What became of the findings of a file and of its allows.

    `spent` are the names of allows that found something to allow, by where they stand. What an allow found that has
    expired is reported: it is in `remaining`, and in `overdue` as well. `severities` are those of all names of diagnostics. Where some
    question was left open (`decided` is false), an allow may be right though it found nothing.
    """

    source: SourceFile
    remaining: tuple[Diagnostic, ...]
    overdue: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...]
    allows: tuple[Allow, ...]
    slips: tuple[Slip, ...]
    spent: frozenset[Span]
    severities: Mapping[str, Severity]
    today: date | None
    decided: bool

    @property
    def about_allows(self) -> frozenset[str]:
        """The names of findings about allows."""
        return ABOUT_ALLOWS

    def can_be_allowed(self, name: str) -> bool:
        """Whether a name is that of a warning or info about the program itself."""
        return self.severities.get(name, Severity.ERROR) is not Severity.ERROR and name not in ABOUT_ALLOWS


class _Candidate(NamedTuple):
    """A name of an allow; of several for one finding, that with the lowest rank counts."""

    rank: int
    name: AllowedName
    allow: Allow
    behind: bool  # what it is about, rather than on a line of its own


_Candidates = dict[tuple[str, int], list[_Candidate]]


def suppress(
    source: SourceFile,
    document: Document,
    found: Iterable[Diagnostic],
    severities: Mapping[str, Severity],
    today: date | None = None,
    *,
    decided: bool = True,
) -> Allowed:
    """Take out of the findings what the comments of the document allow. Errors are never allowed.

    Of several allows for one finding the first counts, those that have expired last.
    """
    pairs = [(comment, read(comment)) for comment in document.comments]
    allows = tuple(allow for _, allow in pairs if isinstance(allow, Allow))
    slips = tuple(slip for _, slip in pairs if isinstance(slip, Slip))
    candidates = _candidates(source, document, allows, today)
    names = {name for name, _ in candidates}
    remaining, overdue, suppressed, spent = [], [], [], set()
    for finding in found:
        chosen = None
        if finding.name in names and finding.severity is not Severity.ERROR:
            chosen = _chosen(candidates, finding.name, lines_of(source, document, finding.span))
        if chosen:
            spent.add(chosen.name.span)
        if chosen and not chosen.allow.expired(today):
            suppressed.append(Suppressed(finding, chosen.allow))
            continue
        remaining.append(finding)
        overdue += [finding] if chosen else []
    return Allowed(
        source,
        tuple(remaining),
        tuple(overdue),
        tuple(suppressed),
        allows,
        slips,
        frozenset(spent),
        severities,
        today,
        decided,
    )


def _candidates(
    source: SourceFile, document: Document, allows: tuple[Allow, ...], today: date | None
) -> _Candidates:
    """What may allow a finding, by its name and line."""
    about = targets(source, document.comments)
    found: _Candidates = defaultdict(list)
    for rank, allow in enumerate(sorted(allows, key=lambda allow: allow.expired(today))):
        line = about[allow.span]
        behind = line == source.line(allow.span.start)
        for name in allow.names:
            found[name.text, line].append(_Candidate(rank, name, allow, behind))
    return found


def _chosen(candidates: _Candidates, name: str, lines: Lines) -> _Candidate | None:
    fitting = [c for line in lines.first for c in candidates.get((name, line), ())]
    if lines.last is not None:
        fitting += [c for c in candidates.get((name, lines.last), ()) if c.behind]
    return min(fitting, key=lambda c: c.rank, default=None)
