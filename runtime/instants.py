"""Instants, local days and their first instants, exactly.

An instant is a whole number of nanoseconds since 1970-01-01T00:00Z; a day is a proleptic ordinal as of
`datetime.date.toordinal`. Texts are RFC 3339 (https://www.rfc-editor.org/rfc/rfc3339#section-5.6).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = 1_000_000_000
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Of hours and offsets the ranges too, since `datetime.fromisoformat` takes `24:00:00` or `+00:60` in some versions.
_RFC3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]((?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?"
    r"([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
OUTSIDE = "outside of the years 2 to 9989"
# Far enough from the ends of the calendar that no zone, window or rolling day of an accepted instant leaves it.
FIRST = (date(2, 1, 1).toordinal() - _EPOCH_DAY) * 86_400 * SECOND
LAST = (date(9990, 1, 1).toordinal() - _EPOCH_DAY) * 86_400 * SECOND


def parse_instant(text: str) -> int:
    """The instant of an RFC 3339 text with offset, of up to nine decimals of a second.

    Raises ValueError with a reason that reads well behind `at: `.
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError("not an RFC 3339 instant with an offset, such as `2026-01-31T09:30:00Z`")
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if offset in 'Zz' else offset}")
    except ValueError:
        raise ValueError("no such day or time of day") from None
    since = moment - _EPOCH
    instant = (since.days * 86_400 + since.seconds) * SECOND + _nanoseconds(fraction)
    if not FIRST <= instant < LAST:
        raise ValueError(OUTSIDE)
    return instant


def _nanoseconds(fraction: str | None) -> int:
    if fraction is None:
        return 0
    if fraction[9:].strip("0"):
        raise ValueError("more than nine decimals of a second")
    return int(fraction[:9].ljust(9, "0"))


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The IANA zone of that name. Raises ZoneInfoNotFoundError for none."""
    return UTC if name == "UTC" else ZoneInfo(name)


def local_time(instant: int, tz: tzinfo) -> datetime:
    """The local time of an instant, to the second below."""
    return (_EPOCH + timedelta(seconds=instant // SECOND)).astimezone(tz)


def local_day(instant: int, tz: tzinfo) -> int:
    """The local calendar day that holds an instant."""
    if tz is UTC:
        return instant // (86_400 * SECOND) + _EPOCH_DAY
    return local_time(instant, tz).toordinal()


def format_instant(instant: int, tz: tzinfo) -> str:
    """An instant in local time with its offset, to the second; a fraction only where it is not zero."""
    text = local_time(instant, tz).isoformat()
    if len(text) != 25:  # before zones had whole minutes RFC 3339 has no form for the offset: UTC it is
        text = local_time(instant, UTC).isoformat()
    fraction = instant % SECOND
    if not fraction:
        return text
    return f"{text[:19]}.{fraction:09d}".rstrip("0") + text[19:]


@lru_cache(maxsize=4096)
def first_instant(day: int, tz: tzinfo) -> int:
    """The first instant of a local day; where a clock change skips midnight, the instant of the change."""
    midnight = datetime.fromordinal(day).replace(tzinfo=tz)
    instant = _instant_of(midnight)
    if local_time(instant, tz).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return instant
    return _first_of_day(day, instant - 86_400 * SECOND, instant + 86_400 * SECOND, tz)


def _first_of_day(day: int, before: int, after: int, tz: tzinfo) -> int:
    # Midnight does not exist: the day begins at the change, which is found by halving to the second.
    while after - before > SECOND:
        middle = (before + after) // 2 // SECOND * SECOND
        if local_day(middle, tz) < day:
            before = middle
        else:
            after = middle
    return after


def _instant_of(moment: datetime) -> int:
    since = moment.astimezone(UTC) - _EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND


def instant_of_local(moment: datetime) -> int:
    """The instant of an aware local time; of one that occurs twice, the first.

    Raises ValueError where the local time does not exist.
    """
    assert moment.tzinfo is not None
    instant = _instant_of(moment.replace(fold=0, microsecond=0))
    if local_time(instant, moment.tzinfo).replace(tzinfo=None, fold=0) != moment.replace(tzinfo=None, fold=0):
        raise ValueError("this local time does not exist: a clock change skips it")
    return instant


def iso_day(day: int) -> str:
    """A day as text, `2026-01-31`."""
    return date.fromordinal(day).isoformat()


def day_of_iso(text: str) -> int:
    """The day of a text such as `2026-01-31`. Raises ValueError for no day."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise ValueError("not a date such as `2026-01-31`")
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise ValueError("no such day") from None
