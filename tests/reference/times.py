"""Instants, local days and program windows, each computed from its definition.

Instants are `Fraction` seconds since 1970-01-01T00:00Z, so that no clock arithmetic can round.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from tiercel.compiler.model.tree import Program, Window, WindowKind

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RFC_3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def parse_instant(text: str) -> Fraction:
    """The instant of an RFC 3339 text; ValueError where it is none, or lies outside the calendar."""
    found = RFC_3339.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(found[k]) for k in range(1, 7))
    local = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - EPOCH
    instant = local.days * 86400 + local.seconds - offset_seconds(found[8]) + Fraction("0" + (found[7] or ""))
    utc(instant)
    return instant


def offset_seconds(text: str) -> int:
    """Seconds east of UTC of `Z` or `+05:30`; ValueError for an hour or minute that no clock shows."""
    if text in "Zz":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(text)
    return (-1 if text[0] == "-" else 1) * (hours * 3600 + minutes * 60)


def from_nanoseconds(instant: int) -> Fraction:
    """An instant of the model."""
    return Fraction(instant, 10**9)


def utc(instant: Fraction) -> datetime:
    """The whole second that holds an instant; ValueError outside the calendar."""
    try:
        return EPOCH + timedelta(seconds=instant // 1)
    except OverflowError as error:
        raise ValueError(str(error)) from None


def local(instant: Fraction, zone: str) -> datetime:
    """The same, on the wall clock of a zone."""
    return utc(instant).astimezone(ZoneInfo(zone))


def day_of(instant: Fraction, zone: str) -> date:
    """The local calendar day of an instant."""
    return local(instant, zone).date()


@cache
def first_instant(day: date, zone: str) -> Fraction:
    """The first second whose local date is `day` or, where the zone skipped that day, a later one."""
    middle = (datetime(day.year, day.month, day.day, tzinfo=UTC) - EPOCH) // timedelta(seconds=1)
    before, after = middle - 2 * 86400, middle + 2 * 86400
    while after - before > 1:
        probe = (before + after) // 2
        if day_of(Fraction(probe), zone) >= day:
            after = probe
        else:
            before = probe
    return Fraction(after)


def written(instant: Fraction, zone: str) -> str:
    """An instant as effects state it: local, with offset, a fraction only where it is not zero."""
    text = local(instant, zone).isoformat()
    fraction = instant % 1
    if not fraction:
        return text
    digits = f"{fraction.numerator * 10**9 // fraction.denominator:09d}".rstrip("0")
    return f"{text[:19]}.{digits}{text[19:]}"


def window_of_program(program: Program) -> Window:
    """The window of a program; without tiers it is the lifetime."""
    return program.vip.window if program.vip else Window(WindowKind.LIFETIME)


def window_index(program: Program, joined: Fraction, instant: Fraction) -> int:
    """The number of the window that holds an instant."""
    window = window_of_program(program)
    if not window.closes:
        return 0
    day = day_of(instant, program.timezone)
    guess = (
        day.year
        if window.kind is WindowKind.CALENDAR_YEAR
        else day.year - day_of(joined, program.timezone).year
    )
    while first_day(program, joined, guess) > day:
        guess -= 1
    return guess


def first_day(program: Program, joined: Fraction, index: int) -> date:
    """The local day on which a window of a closing kind begins."""
    window = window_of_program(program)
    if window.kind is WindowKind.CALENDAR_YEAR:
        return date(index, *window.starts)
    start = day_of(joined, program.timezone)
    year = start.year + index
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (start.month, start.day) == (2, 29) and not leap:
        return date(year, 3, 1)
    return date(year, start.month, start.day)


def window_start(program: Program, joined: Fraction, index: int) -> Fraction:
    """The first instant of a window of a closing kind."""
    return first_instant(first_day(program, joined, index), program.timezone)
