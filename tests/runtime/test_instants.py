"""Instants, local days and first instants."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.runtime.instants import (
    SECOND,
    first_instant,
    format_instant,
    instant_of_local,
    local_day,
    parse_instant,
    zone,
)

ZONES = [
    "UTC",
    "America/Toronto",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Havana",
]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-01-31T09:30:00Z", "2026-01-31T09:30:00+00:00"),
        ("2026-01-31t09:30:00z", "2026-01-31T09:30:00+00:00"),
        ("2026-01-31T09:30:00.000+05:30", "2026-01-31T04:00:00+00:00"),
        ("2026-01-31T09:30:00.1200-00:00", "2026-01-31T09:30:00.12+00:00"),
        ("2026-01-31T09:30:00.123456789000Z", "2026-01-31T09:30:00.123456789+00:00"),
    ],
)
def test_reading(text: str, same: str) -> None:
    assert format_instant(parse_instant(text), UTC) == same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-31",
        "2026-01-31T09:30:00",
        "2026-01-31 09:30:00Z",
        "2026-01-31T09:30Z",
        "2026-02-30T09:30:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T09:30:60Z",
        "2026-01-31T09:30:00.Z",
        "2026-01-31T09:30:00+24:00",
        "2026-01-31T09:30:00+00:60",
        "2026-01-31T09:30:00-01:99",
        "2026-01-31T09:30:00.1234567891Z",
        "٢٠٢٦-01-31T09:30:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        " 2026-01-31T09:30:00Z",
        "2026-W05-6T09:30:00Z",
    ],
)
def test_refusing(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_instant(text)


@given(st.integers(-60_000_000_000, 200_000_000_000), st.sampled_from(ZONES))
def test_what_is_written_is_read(seconds: int, name: str) -> None:
    instant = seconds * SECOND + 5
    assert parse_instant(format_instant(instant, zone(name))) == instant


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_a_day_begins_at_its_first_instant(day: date, name: str) -> None:
    tz = zone(name)
    start = first_instant(day.toordinal(), tz)
    # Where a zone skipped a whole day (Samoa, 30 December 2011), the day begins where the next one does.
    assert local_day(start, tz) >= day.toordinal()
    assert local_day(start - 1, tz) < day.toordinal()


def test_midnight_that_a_clock_change_skips() -> None:
    tz = ZoneInfo("America/Sao_Paulo")
    start = first_instant(date(2018, 11, 4).toordinal(), tz)
    assert format_instant(start, tz) == "2018-11-04T01:00:00-02:00"


def test_local_times_that_do_not_exist_or_occur_twice() -> None:
    tz = ZoneInfo("America/Toronto")
    with pytest.raises(ValueError, match="does not exist"):
        instant_of_local(datetime(2026, 3, 8, 2, 30, tzinfo=tz))
    first = instant_of_local(datetime(2026, 11, 1, 1, 30, tzinfo=tz))
    assert format_instant(first, tz) == "2026-11-01T01:30:00-04:00"


def test_all_zones_have_first_instants() -> None:
    for name in sorted(available_timezones()):
        first_instant(date(2026, 3, 29).toordinal(), zone(name))
