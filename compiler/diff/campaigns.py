"""The bonus campaigns that are new, gone, renamed, moved, or multiply by another number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import words
from ..model.tree import Campaign, Program
from .change import Change, Findings, change
from .pairing import Versions


def campaigns(versions: Versions) -> Findings:
    """Campaigns that are in one version alone, and what differs in those that are in both."""
    return Findings(tuple(_changes(versions)))


def _changes(versions: Versions) -> Iterator[Change]:
    for old, new in versions.campaigns.both:
        yield from _of_campaign(old, new, versions)
    for each in versions.campaigns.removed:
        facts = _facts("removed", each, _whole(each, versions.old), None, False)
        yield change(f"`{each.id}` is gone: {_said(each, versions.old)}", facts)
    for each in versions.campaigns.added:
        facts = _facts("added", each, None, _whole(each, versions.new), True)
        yield change(f"`{each.id}` is new: {_said(each, versions.new)}", facts)


def _of_campaign(old: Campaign, new: Campaign, versions: Versions) -> Iterator[Change]:
    if old.id != new.id:
        yield change(
            f"`{old.id}` is now `{new.id}`, and else as it was",
            _facts("renamed", new, old.id, new.id, None),
        )
    if old.multiplier != new.multiplier:
        yield change(
            f"`{new.id}`: {_times(new)} what orders earn, was {_times(old)}",
            _facts(
                "multiplier",
                new,
                words.decimal(old.multiplier),
                words.decimal(new.multiplier),
                new.multiplier > old.multiplier,
            ),
        )
    if _ends(old) != _ends(new):
        yield change(
            f"`{new.id}`: {_stretch(new, versions.new)}, was {_stretch(old, versions.old)}{versions.zones}",
            _facts("times", new, _span(old, versions.old), _span(new, versions.new), _longer(old, new)),
        )


def _facts(kind: str, campaign: Campaign, old: Any, new: Any, better: bool | None) -> dict[str, Any]:
    return {"kind": kind, "campaign": campaign.id, "old": old, "new": new, "better": better}


def _ends(campaign: Campaign) -> tuple[int, int]:
    return campaign.starts.instant, campaign.ends.instant


def _longer(old: Campaign, new: Campaign) -> bool | None:
    """Better where nobody loses a moment of it, worse where nobody gains one."""
    (old_start, old_end), (new_start, new_end) = _ends(old), _ends(new)
    if new_start <= old_start and new_end >= old_end:
        return True
    if new_start >= old_start and new_end <= old_end:
        return False
    return None


def _times(campaign: Campaign) -> str:
    return f"{words.decimal(campaign.multiplier)} times"


def _stretch(campaign: Campaign, program: Program) -> str:
    return words.stretch(campaign.starts, campaign.ends, program.timezone)


def _said(campaign: Campaign, program: Program) -> str:
    return f"{_times(campaign)} what orders earn, {_stretch(campaign, program)}"


def _span(campaign: Campaign, program: Program) -> dict[str, str]:
    starts, ends = (words.instant(moment, program.timezone) for moment in _ends(campaign))
    return {"starts": starts, "ends": ends}


def _whole(campaign: Campaign, program: Program) -> dict[str, str]:
    return {"multiplier": words.decimal(campaign.multiplier), **_span(campaign, program)}
