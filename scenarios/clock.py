"""The clock of a scenario: when each step happens, in the time zone of the program."""

from __future__ import annotations

import re
from datetime import timedelta, tzinfo

from ..compiler.model.moments import BadMoment, instant_of
from ..runtime.instants import (
    FIRST,
    LAST,
    OUTSIDE,
    SECOND,
    format_instant,
    instant_of_local,
    local_day,
    local_time,
    parse_instant,
)
from .tree import When, Word

START = "2026-01-01"
_WITH_OFFSET = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt].*(?:[Zz]|[+-][0-9]{2}:[0-9]{2})")
_SECONDS = {"hours": 3600, "minutes": 60}
_DAYS = {"days": 1, "weeks": 7}
_MOST_DAYS = 366 * 1000
_DAY = 86_400 * SECOND


class Clock:
    """Where a scenario is in time; `now` is an instant. Raises `BadMoment` for times that do not exist."""

    def __init__(self, starts: Word | None, zone: tzinfo, zone_name: str) -> None:
        self.zone = zone
        self.zone_name = zone_name
        self.now = read_instant(starts.text if starts else START, zone, zone_name)

    def time_of(self, when: When | None) -> int:
        """The instant of a step: of a day without a time its first one, or now where that is on the day."""
        if when is None:
            return self.now
        if when.kind == "after":
            return self._later(when.amount, when.unit)
        instant = self.read(when.text)
        return self.now if is_day(when.text) and self._same_day(instant, self.now) else instant

    def read(self, text: str) -> int:
        """The instant of a moment, of a bare day its first one."""
        return read_instant(text, self.zone, self.zone_name)

    def move(self, instant: int) -> None:
        """Go on to an instant; never back, since an event can be late."""
        self.now = max(self.now, instant)

    def text(self, instant: int) -> str:
        """An instant as events have it."""
        return format_instant(instant, self.zone)

    def _same_day(self, one: int, other: int) -> bool:
        return local_day(one, self.zone) == local_day(other, self.zone)

    def _later(self, amount: int, unit: str) -> int:
        """So much later: by days at the same time of day, whatever the clocks did in between."""
        days = amount * _DAYS[unit] if unit in _DAYS else amount * _SECONDS[unit] // 86_400
        if days > _MOST_DAYS:
            raise BadMoment(f"`{amount} {unit}` is longer than any program runs")
        if self.now + days * _DAY >= LAST:
            raise BadMoment(f"`{amount} {unit}` later is {OUTSIDE}")
        if unit in _SECONDS:
            return self.now + amount * _SECONDS[unit] * SECOND
        local = local_time(self.now, self.zone) + timedelta(days=amount * _DAYS[unit])
        try:
            return instant_of_local(local) + self.now % SECOND
        except ValueError:  # a clock change skips that time of day: as much later as it would have been
            return self.now + days * _DAY


def read_instant(text: str, zone: tzinfo, zone_name: str) -> int:
    """The instant of a day, a local time, or an instant with an offset. Raises `BadMoment`."""
    if not _WITH_OFFSET.fullmatch(text):
        instant = instant_of(text, zone, zone_name)
        if not FIRST <= instant < LAST:
            raise BadMoment(f"`{text}` is {OUTSIDE}")
        return instant
    try:
        return parse_instant(text)
    except ValueError as error:
        raise BadMoment(f"`{text}` is {error}") from None


def is_day(text: str) -> bool:
    """Whether a moment is a day without a time."""
    return "T" not in text and "t" not in text


def same_moment(text: str, instant: int, zone: tzinfo, zone_name: str) -> bool:
    """Whether an instant is the moment as written: a bare day is any time of it. Raises `BadMoment`."""
    wanted = read_instant(text, zone, zone_name)
    if is_day(text):
        return local_day(wanted, zone) == local_day(instant, zone)
    return wanted == instant
