"""Which order rules are active when: the stretches of time between the moments at which that changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..node import Node, node
from .tree import Instant, Rule

_ALWAYS = -(10**30)
_NEVER = 10**30


@node
class Stretch(Node):
    """A half-open stretch of time, none where it is open, and how many of the rules are active all through it."""

    start: Instant | None
    end: Instant | None
    active: int


@node
class Timeline(Node):
    """The times of rules: `cuts` in order, and the number of rules active from each cut to the next."""

    rules: tuple[Rule, ...]
    cuts: tuple[Instant, ...]
    counts: tuple[int, ...]

    def within(self, start: Instant, end: Instant) -> Iterator[Stretch]:
        """The stretches of `start..end`, in order, cut off at its ends."""
        first = bisect_right(self.cuts, start) - 1
        for index in range(first, len(self.counts)):
            if self.cuts[index] >= end:
                return
            yield Stretch(max(start, self.cuts[index]), min(end, self.cuts[index + 1]), self.counts[index])

    def active_in(self, stretch: Stretch) -> list[Rule]:
        """The rules that are active all through one of the stretches."""
        return [rule for rule in self.rules if _covers(rule, stretch)]


def timeline(rules: Iterable[Rule]) -> Timeline:
    """The timeline of rules, from always to for ever."""
    found = tuple(rules)
    changes: dict[Instant, int] = {_ALWAYS: 0, _NEVER: 0}
    for rule in found:
        start = _ALWAYS if rule.starts is None else rule.starts.instant
        end = _NEVER if rule.ends is None else rule.ends.instant
        changes[start] = changes.get(start, 0) + 1
        changes[end] = changes.get(end, 0) - 1
    cuts = tuple(sorted(changes))
    counts: list[int] = []
    for cut in cuts[:-1]:
        counts.append((counts[-1] if counts else 0) + changes[cut])
    return Timeline(found, cuts, tuple(counts))


def _covers(rule: Rule, stretch: Stretch) -> bool:
    begun = rule.starts is None or (stretch.start is not None and rule.starts.instant <= stretch.start)
    return begun and (rule.ends is None or (stretch.end is not None and stretch.end <= rule.ends.instant))
