"""The instant that a moment of the file means in the program's time zone, and how to say a stretch of time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from ...runtime.instants import SECOND, first_instant, instant_of_local, local_day, local_time
from ...runtime.instants import zone as zone_of
from ..diagnostics import Label
from ..syntax.tree import Scalar
from .context import Context
from .excerpts import shortened
from .mending import moment_in_full
from .tree import Instant, Moment

_DAY = 86_400 * SECOND
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?")
_WITH_SPACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ t]+([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")
_WITH_OFFSET = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+?) *(?:[Zz]|[+-][0-9]{1,2}(?::?[0-9]{2})?)"
)
# No event lies outside of these years: there a moment may as well be read in UTC, where the calendar has no edges.
_YEARS = range(3, 9989)
_NEAR = range(
    (date(3, 1, 1).toordinal() - _EPOCH_DAY) * _DAY, (date(9989, 1, 1).toordinal() - _EPOCH_DAY) * _DAY
)

_LAST = (date.max.toordinal() + 1 - _EPOCH_DAY) * _DAY - SECOND


class BadMoment(ValueError):
    """A moment that means no instant; the message says why, `help` what to write."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


def read_moment(scalar: Scalar, context: Context, *, end: bool = False) -> Moment | None:
    """A moment as a start, or as an end; none where it is refused."""
    try:
        instant = instant_of(scalar.text, context.zone, context.timezone, end=end)
    except BadMoment as bad:
        fixes = moment_in_full(scalar.text, scalar.span, context.timezone)
        context.report.error("bad-moment", scalar.span, str(bad), help=bad.help, fixes=fixes)
        return None
    return Moment(instant, scalar.text, "T" not in scalar.text, scalar.span)


def check_order(starts: Moment, ends: Moment, context: Context) -> bool:
    """Whether an end lies after its start; it is reported where it does not."""
    if starts.instant < ends.instant:
        return True
    message = f"`{ends.text}` is not after `{starts.text}`: no time is left in between"
    context.report.error("bad-moment", ends.span, message, labels=[Label(starts.span, "the start")])
    return False


def instant_of(text: str, zone: tzinfo, zone_name: str, *, end: bool = False) -> Instant:
    """The instant of a moment in a zone; a bare date as an end is the first instant of the next day.

    Raises BadMoment.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise BadMoment(f"{shortened(text)} is not a moment", _hint(text))
    day = _day(match[1])
    if match[2] is None:
        return _instant_of_day(day, zone, zone_name, end)
    return _instant_of_time(day, _time(text, match[2]), zone, zone_name)


def _hint(text: str) -> str:
    if match := _WITH_SPACE.fullmatch(text):
        return f"write a `T` between day and time: `{match[1]}T{match[2]}`"
    if _WITH_OFFSET.fullmatch(text):
        return "leave the offset out: moments are in the program's time zone"
    return "write a day such as `2026-11-27`, or a local time such as `2026-11-27T09:30`"


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadMoment(f"`{written}` is not a day of the calendar") from None


def _time(text: str, written: str) -> time:
    hour, minute, second, *_ = (int(part) for part in f"{written}:00".split(":"))
    try:
        return time(hour, minute, second)
    except ValueError:
        raise BadMoment(f"`{text}` is not a time of day", "a day goes from `T00:00` to `T23:59:59`") from None


def _instant_of_day(day: date, zone: tzinfo, zone_name: str, end: bool) -> Instant:
    ordinal = day.toordinal()
    if day.year not in _YEARS:
        return (ordinal + end - _EPOCH_DAY) * _DAY
    if local_day(first_instant(ordinal, zone), zone) != ordinal:
        raise BadMoment(f"`{day}` does not exist in `{zone_name}`: the calendar skips it there")
    return first_instant(ordinal + end, zone)


def _instant_of_time(day: date, clock: time, zone: tzinfo, zone_name: str) -> Instant:
    local = datetime.combine(day, clock, zone if day.year in _YEARS else UTC)
    try:
        return instant_of_local(local)
    except ValueError:
        message = f"`{_local_text(local)}` does not exist in `{zone_name}`: a clock change skips it"
        raise BadMoment(
            message, f"after the change the clocks show `{_local_text(_as_shown(local))}`"
        ) from None


def _as_shown(skipped: datetime) -> datetime:
    # With fold 0 a skipped time is read by the offset before the change: how long after it, as the clocks show it.
    return skipped.replace(fold=0).astimezone(UTC).astimezone(skipped.tzinfo)


def stretch(start: Instant | None, end: Instant | None, zone: tzinfo) -> str:
    """A half-open stretch of time in words, whole days by their dates, the last one included; none is open."""
    if start is None and end is None:
        return "at all times"
    days = (start is None or starts_a_day(start, zone)) and (end is None or starts_a_day(end, zone))
    first = None if start is None else local_text(start, zone)[: 10 if days else None]
    if end is None:
        return f"from {first} on"
    last = local_text(end - SECOND, zone)[:10] if days else local_text(end, zone)
    if first is None:
        return f"through {last}" if days else f"until {last}"
    if first == last:
        return f"on {first}"
    return f"from {first} {'through' if days else 'until'} {last}"


def starts_a_day(instant: Instant, zone: tzinfo) -> bool:
    """Whether an instant is the first one of a local day."""
    if instant not in _NEAR:
        return instant % _DAY == 0
    return first_instant(local_day(instant, zone), zone) == instant


def days_between(
    starts: Instant | None, ends: Instant | None, zone_name: str
) -> tuple[int | None, int | None]:
    """The first and the last local day of a half-open stretch of time, as ordinals; none where it is open."""
    first, last = (
        None if i is None else local_day(min(max(i, _NEAR.start), _LAST), zone_of(zone_name))
        for i in (starts, None if ends is None else ends - 1)
    )
    return first, last


def local_text(instant: Instant, zone: tzinfo) -> str:
    """An instant in local time as a moment is written, with seconds only where they are not 0."""
    if instant in _NEAR:
        return _local_text(local_time(instant, zone))
    return _local_text(local_time(min(instant, _LAST), UTC))


def _local_text(local: datetime) -> str:
    return local.replace(tzinfo=None).isoformat(timespec="seconds" if local.second else "minutes")
