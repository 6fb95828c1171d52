"""How tiers are counted, kept and lost: window, how long a tier lasts, lapse, refunds, launch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import words
from ..model.tree import Program, Vip, Window, WindowKind
from .change import Change, Findings, refused, setting
from .pairing import Versions
from .retaining import retaining


def retention(versions: Versions) -> Findings:
    """What differs in the settings that decide how long members keep a tier."""
    window = tuple(_window(versions))
    kept, decided = retaining(versions)
    notes = [refused("window")] if window else []
    notes += [] if decided else ["not every `retain` could be decided: the conditions are too involved"]
    return Findings((*window, *_settings(versions), *kept), tuple(notes), not decided)


def _window(versions: Versions) -> Iterator[Change]:
    old, new = _counted(versions.old), _counted(versions.new)
    if old != new:
        yield setting(
            "vip.window",
            f"metrics are counted over {words.window(new)}, was {words.window(old)}",
            _written(old),
            _written(new),
        )


def _counted(program: Program) -> Window:
    return program.vip.window if program.vip else Window(WindowKind.LIFETIME)


def _written(window: Window) -> Any:
    """A window as a file states it."""
    if window.kind is WindowKind.ROLLING:
        return {"rolling": {"days": window.days}}
    if window.kind is WindowKind.CALENDAR_YEAR:
        return {"calendar_year": {"starts": "{:02}-{:02}".format(*window.starts)}}
    return window.kind.value


def _settings(versions: Versions) -> Iterator[Change]:
    """Where tiers are new or gone as a whole, nothing here can be compared."""
    old, new = versions.old.vip, versions.new.vip
    if old and new:
        if old.window.closes and new.window.closes:
            yield from _lasts(old, new)
            yield from _lapse(old, new)
        yield from _refunds(old, new)
        yield from _launch(old, new, versions)


def _lasts(old: Vip, new: Vip) -> Iterator[Change]:
    if old.lasts_next_window != new.lasts_next_window:
        named = {True: "next_window", False: "this_window"}
        yield setting(
            "vip.lasts",
            f"a tier lasts {words.lasts(new)}, was {words.lasts(old)}",
            named[old.lasts_next_window],
            named[new.lasts_next_window],
            new.lasts_next_window,
        )


def _lapse(old: Vip, new: Vip) -> Iterator[Change]:
    if old.lapse_one_down != new.lapse_one_down:
        named = {True: "one_down", False: "earned"}
        yield setting(
            "vip.lapse",
            f"who did not earn a tier again falls {words.lapse(new)}, was {words.lapse(old)}",
            named[old.lapse_one_down],
            named[new.lapse_one_down],
            new.lapse_one_down,
        )


def _refunds(old: Vip, new: Vip) -> Iterator[Change]:
    if old.count_refunds != new.count_refunds:
        named = {True: "count", False: "ignore"}
        yield setting(
            "vip.refunds",
            f"refunds: {words.refunds(new)}; was: {words.refunds(old)}",
            named[old.count_refunds],
            named[new.count_refunds],
            not new.count_refunds,
        )


def _launch(old: Vip, new: Vip, versions: Versions) -> Iterator[Change]:
    before, after = _launched(old), _launched(new)
    if before != after:
        zones = versions.old.timezone, versions.new.timezone
        yield setting(
            "vip.launches",
            f"launch: {words.launch(new, zones[1])}, was {words.launch(old, zones[0])}{versions.zones}",
            _launches(old, zones[0]),
            _launches(new, zones[1]),
            after < before,
        )


def _launched(vip: Vip) -> tuple[int, int]:
    """What sorts launches by when customers are placed: always, from an instant on, not yet."""
    if vip.not_yet:
        return 2, 0
    return (0, 0) if vip.launches is None else (1, vip.launches.instant)


def _launches(vip: Vip, zone: str) -> str | None:
    """The launch as a moment with its offset, `not_yet`, or none for always."""
    if vip.not_yet:
        return "not_yet"
    return None if vip.launches is None else words.instant(vip.launches.instant, zone)
