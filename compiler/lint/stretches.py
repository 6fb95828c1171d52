"""Stretches of time, with the moments of the file that bound them, and how findings write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..model.tree import Instant, Moment, Rule
from ..node import Node, node


@node
class Stretch(Node):
    """From `start` up to `end`, half-open; each none where it is open."""

    start: Moment | None
    end: Moment | None

    def common(self, other: Stretch) -> Stretch | None:
        """What the two have in common, none where that is nothing."""
        starts = [m for m in (self.start, other.start) if m]
        ends = [m for m in (self.end, other.end) if m]
        start = max(starts, key=_instant, default=None)
        end = min(ends, key=_instant, default=None)
        return None if start and end and start.instant >= end.instant else Stretch(start, end)

    @property
    def always(self) -> bool:
        """Whether it has neither a start nor an end."""
        return self.start is None and self.end is None


def stretch_of(rule: Rule) -> Stretch:
    """When a rule applies."""
    return Stretch(rule.starts, rule.ends)


def described(stretch: Stretch) -> str:
    """A stretch in the local notation of the file: `on 2026-11-30`, `from 2026-11-27T09:30 on`, `at all times`."""
    start, end = stretch.start, stretch.end
    if start is None or end is None:
        if start is not None:
            return f"from {start.text} on"
        return "at all times" if end is None else _end(end)
    if start.bare and end.bare and start.text == end.text:
        return f"on {start.text}"
    return f"from {start.text} {_end(end)}"


def _end(moment: Moment) -> str:
    return f"through {moment.text}" if moment.bare else f"until {moment.text}"


def _instant(moment: Moment) -> Instant:
    return moment.instant


def together(rules: Sequence[Rule]) -> Iterator[tuple[Stretch, list[Rule]]]:
    """The longest stretches in which at each moment more than one of the rules is active, with those rules."""
    active = {rule.index: rule for rule in rules if rule.starts is None}
    start: Moment | None = None
    seen = dict(active)
    for _, changes in groupby(_changes(rules), key=lambda change: change.moment.instant):
        before, at_once = len(active), list(changes)
        for change in at_once:
            change.apply(active)
        if before > 1 >= len(active):
            yield Stretch(start, at_once[0].moment), _in_file_order(seen)
        elif before <= 1 < len(active):
            start, seen = at_once[-1].moment, dict(active)
        else:
            seen |= active
    if len(active) > 1:
        yield Stretch(start, None), _in_file_order(seen)


@node
class _Change(Node):
    """A rule starts or ends."""

    moment: Moment
    starts: bool
    rule: Rule

    def apply(self, active: dict[int, Rule]) -> None:
        if self.starts:
            active[self.rule.index] = self.rule
        else:
            del active[self.rule.index]


def _changes(rules: Sequence[Rule]) -> list[_Change]:
    """All starts and ends in time; at one instant the ends first."""
    starts = [_Change(rule.starts, True, rule) for rule in rules if rule.starts]
    ends = [_Change(rule.ends, False, rule) for rule in rules if rule.ends]
    return sorted(ends + starts, key=lambda c: (c.moment.instant, c.starts))


def _in_file_order(rules: Mapping[int, Rule]) -> list[Rule]:
    return [rules[index] for index in sorted(rules)]
