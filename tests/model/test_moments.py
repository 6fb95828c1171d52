"""Moments: what instant they mean in a zone, what is refused, and stretches of time in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiercel.compiler.model.moments import BadMoment, instant_of, stretch
from tiercel.runtime.instants import SECOND, local_time, zone

MEANINGS = [
    # text, zone, end, the instant in UTC
    ("2026-11-27", "America/Toronto", False, "2026-11-27T05:00:00"),
    ("2026-11-27", "America/Toronto", True, "2026-11-28T05:00:00"),
    ("2026-11-27T09:30", "America/Toronto", False, "2026-11-27T14:30:00"),
    ("2026-11-27T09:30", "America/Toronto", True, "2026-11-27T14:30:00"),
    ("2026-11-27T09:30:15", "UTC", False, "2026-11-27T09:30:15"),
    # The clocks go back at 02:00: the hour from 01:00 occurs twice.
    ("2026-11-01T01:30:30", "America/Toronto", False, "2026-11-01T05:30:30"),
    # Midnight is skipped.
    ("2018-11-04", "America/Sao_Paulo", False, "2018-11-04T03:00:00"),
    ("2018-11-03", "America/Sao_Paulo", True, "2018-11-04T03:00:00"),
    ("2018-11-04T01:00", "America/Sao_Paulo", False, "2018-11-04T03:00:00"),
    # An hour around midnight is skipped: the day begins at 00:30.
    ("1919-03-31", "America/Toronto", False, "1919-03-31T04:30:00"),
    # The midnight at which the day ends is there twice, since the clocks go back by an hour: the day ends at the last.
    ("2018-02-17", "America/Sao_Paulo", True, "2018-02-18T03:00:00"),
    # Midnight occurs twice: the day begins at the first.
    ("2023-11-05", "America/Havana", False, "2023-11-05T04:00:00"),
    # A whole day is skipped; the day before ends where the day after begins.
    ("2011-12-29", "Pacific/Apia", True, "2011-12-30T10:00:00"),
    ("2011-12-31", "Pacific/Apia", False, "2011-12-30T10:00:00"),
    # As far as the calendar goes.
    ("0001-01-01", "Asia/Tokyo", False, "0001-01-01T00:00:00"),
    ("9999-12-31", "America/Toronto", False, "9999-12-31T00:00:00"),
    ("9999-12-31T23:59:59", "America/Toronto", False, "9999-12-31T23:59:59"),
]

REFUSED = [
    ("2026-03-08T02:30", "America/Toronto"),
    ("2018-11-04T00:00", "America/Sao_Paulo"),
    ("2018-11-04T00:59:59", "America/Sao_Paulo"),
    ("2011-12-30", "Pacific/Apia"),
    ("2011-12-30T12:00", "Pacific/Apia"),
    *[
        (text, "UTC")
        for text in (
            "",
            "2026",
            "2026-11",
            "2026-13-01",
            "2026-02-29",
            "0000-01-01",
            "2026-11-27T",
            "2026-11-27T9:30",
            "2026-11-27T24:00",
            "2026-11-27T23:60",
            "2026-11-27T23:59:60",
            "2026-11-27T09:30:00.5",
            "2026-11-27T09:30Z",
            "2026-11-27T09:30+01:00",
            "2026-11-27 09:30",
            "2026-11-27t09:30",
            " 2026-11-27",
            "2026-11-27\n",
            "+2026-11-27",
            "\uff12\uff10\uff12\uff16-11-27",
            "not_yet",
        )
    ],
]

ZONES = ["UTC", "America/Toronto", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Beirut", "Pacific/Apia"]


def in_utc(text: str) -> int:
    since = datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * SECOND


@pytest.mark.parametrize(("text", "name", "end", "utc"), MEANINGS)
def test_a_moment_means_an_instant(text: str, name: str, end: bool, utc: str) -> None:
    assert instant_of(text, zone(name), name, end=end) == in_utc(utc)


@pytest.mark.parametrize("name", ["UTC", "Asia/Tokyo", "America/Toronto"])
def test_the_last_day_of_the_calendar_has_an_end(name: str) -> None:
    end = instant_of("9999-12-31", zone(name), name, end=True)
    assert end == in_utc("9999-12-31T23:59:59") + SECOND
    assert (
        stretch(instant_of("2026-01-01", zone(name), name), end, zone(name))
        == "from 2026-01-01 through 9999-12-31"
    )


@pytest.mark.parametrize(("text", "name"), REFUSED)
@pytest.mark.parametrize("end", [False, True])
def test_no_instant_is_meant(text: str, name: str, end: bool) -> None:
    with pytest.raises(BadMoment):
        instant_of(text, zone(name), name, end=end)


LOCAL_TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).map(lambda d: d.replace(microsecond=0))


@given(LOCAL_TIMES, st.sampled_from(ZONES))
def test_a_time_is_shown_by_the_clocks_at_its_instant(local: datetime, name: str) -> None:
    try:
        instant = instant_of(local.isoformat(), zone(name), name)
    except BadMoment:
        shown = local.replace(tzinfo=zone(name)).astimezone(UTC).astimezone(zone(name))
        assert shown.replace(tzinfo=None) != local
    else:
        assert local_time(instant, zone(name)).replace(tzinfo=None) == local
        assert local_time(instant, zone(name)).fold == 0


@given(LOCAL_TIMES, st.sampled_from(ZONES))
@settings(max_examples=50)
def test_a_day_goes_from_its_first_instant_to_that_of_the_next(local: datetime, name: str) -> None:
    day = local.date()
    try:
        start = instant_of(day.isoformat(), zone(name), name)
    except BadMoment:
        assert (name, day.isoformat()) == ("Pacific/Apia", "2011-12-30")
        return
    end = instant_of(day.isoformat(), zone(name), name, end=True)
    assert local_time(start, zone(name)).date() == day
    assert local_time(start - SECOND, zone(name)).date() == day - timedelta(days=1) or name == "Pacific/Apia"
    assert local_time(end - SECOND, zone(name)).date() == day
    assert local_time(end, zone(name)).date() > day


STRETCHES = [
    (None, None, "at all times"),
    ("2026-11-15", None, "from 2026-11-15 on"),
    ("2026-11-15T09:30", None, "from 2026-11-15T09:30 on"),
    (None, "2026-11-15", "through 2026-11-15"),
    (None, "2026-11-15T09:30:01", "until 2026-11-15T09:30:01"),
    ("2026-11-15", "2026-11-15", "on 2026-11-15"),
    ("2026-11-15", "2026-11-16", "from 2026-11-15 through 2026-11-16"),
    ("2026-11-15T00:00", "2026-11-16T00:00", "on 2026-11-15"),
    ("2026-11-15", "2026-11-16T12:00", "from 2026-11-15T00:00 until 2026-11-16T12:00"),
    ("2026-11-15T08:00", "2026-11-15", "from 2026-11-15T08:00 until 2026-11-16T00:00"),
    ("2026-11-15T08:00", "9999-12-31", "from 2026-11-15T08:00 until 9999-12-31T23:59:59"),
]


@pytest.mark.parametrize(("start", "end", "words"), STRETCHES)
def test_a_stretch_in_words(start: str | None, end: str | None, words: str) -> None:
    tz = zone("America/Toronto")
    first = None if start is None else instant_of(start, tz, "America/Toronto")
    last = None if end is None else instant_of(end, tz, "America/Toronto", end=True)
    assert stretch(first, last, tz) == words
