"""Windows: which one holds an instant, and where each begins."""

from __future__ import annotations

from datetime import date, tzinfo

from .instants import first_instant, local_day
from .program import Window


def window_of(window: Window, instant: int, joined: int, tz: tzinfo) -> int:
    """The index of the window that holds an instant: a program year, whole years since `joined`, or 0.

    `joined` is the local day of joining.
    """
    if window.kind == "calendar_year":
        local = date.fromordinal(local_day(instant, tz))
        return local.year - ((local.month, local.day) < (window.month, window.day))
    if window.kind == "anniversary":
        day = local_day(instant, tz)
        years = date.fromordinal(day).year - date.fromordinal(joined).year
        return years - (day < _anniversary(joined, years))
    return 0


def first_of_window(window: Window, index: int, joined: int, tz: tzinfo) -> int:
    """The first instant of a calendar or anniversary window."""
    if window.kind == "calendar_year":
        return first_instant(date(index, window.month, window.day).toordinal(), tz)
    return first_instant(_anniversary(joined, index), tz)


def closes(window: Window) -> bool:
    """Whether windows of this kind end."""
    return window.kind in ("calendar_year", "anniversary")


def _anniversary(joined: int, years: int) -> int:
    """The day `years` after the day of joining; of 29 February, 1 March in common years."""
    day = date.fromordinal(joined)
    try:
        return day.replace(year=day.year + years).toordinal()
    except ValueError:
        return date(day.year + years, 3, 1).toordinal()
