"""Time, cut wherever rules or campaigns of either version start or end: what is at work in each stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..analysis.earning import ONCE
from ..model import words
from ..model.tree import Campaign, Instant, Moment, Program, Rule
from ..node import Node, node
from .pairing import Versions

ORDER = "order"


@node
class AtWork(Node):
    """The rules of one version on one activity that are active, and the campaign that runs."""

    rules: tuple[Rule, ...]
    campaign: Campaign | None

    @property
    def multiplier(self) -> Fraction:
        """That of the campaign, 1 without one."""
        return self.campaign.multiplier if self.campaign else ONCE


@node
class Stretch(Node):
    """A half-open stretch of time, each end none where it is open, and what is at work all through it.

    `usual`: the same is at work whenever no campaign runs.
    """

    start: Instant | None
    end: Instant | None
    old: AtWork
    new: AtWork
    usual: bool = False

    @property
    def is_one_campaign(self) -> bool:
        """Whether a campaign runs in both versions, and so says when this is."""
        return self.old.campaign is not None and self.new.campaign is not None

    @property
    def is_without(self) -> bool:
        """Whether no campaign runs in either version."""
        return self.old.campaign is None and self.new.campaign is None

    def in_words(self, program: Program) -> str | None:
        """The stretch in local time; none where it is all time but for campaigns."""
        if self.usual:
            return None
        return words.between(self.start, self.end, program.timezone)


def stretches(versions: Versions, activity: str) -> list[Stretch]:
    """The stretches in which something different is at work each, of those that are alike the first one."""
    found: list[Stretch] = []
    for start, end in _between(sorted(set(_cuts(versions, activity)))):
        old, new = (_at_work(p, activity, start, end) for p in (versions.old, versions.new))
        if found and (found[-1].old, found[-1].new) == (old, new):
            found[-1] = Stretch(found[-1].start, end, old, new)
        elif not any((each.old, each.new) == (old, new) for each in found):
            found.append(Stretch(start, end, old, new))
    without = [each for each in found if each.is_without]
    return [replace(each, usual=len(without) == 1 and each.is_without) for each in found]


def on(program: Program, activity: str) -> list[Rule]:
    """The active rules on an activity, orders among them."""
    return [rule for rule in program.rules if rule.active and rule.activity == activity]


def _cuts(versions: Versions, activity: str) -> Iterator[Instant]:
    for program in (versions.old, versions.new):
        declared: list[Rule | Campaign] = [*on(program, activity), *_campaigns(program, activity)]
        for each in declared:
            yield from (moment.instant for moment in (each.starts, each.ends) if moment)


def _campaigns(program: Program, activity: str) -> Sequence[Campaign]:
    """Campaigns multiply what orders earn, and nothing else."""
    return program.campaigns if activity == ORDER else ()


def _between(cuts: Sequence[Instant]) -> Iterable[tuple[Instant | None, Instant | None]]:
    return zip((None, *cuts), (*cuts, None), strict=True)


def _at_work(program: Program, activity: str, start: Instant | None, end: Instant | None) -> AtWork:
    rules = [rule for rule in on(program, activity) if _covers(rule.starts, rule.ends, start, end)]
    running = [c for c in _campaigns(program, activity) if _covers(c.starts, c.ends, start, end)]
    return AtWork(tuple(rules), running[0] if running else None)


def _covers(starts: Moment | None, ends: Moment | None, start: Instant | None, end: Instant | None) -> bool:
    begun = starts is None or (start is not None and starts.instant <= start)
    return begun and (ends is None or (end is not None and end <= ends.instant))
