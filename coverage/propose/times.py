"""When a scenario starts and when its last event happens, so that dates, days and windows come out as asked."""

from __future__ import annotations

from datetime import date

from ...compiler.analysis.evaluate import Values
from ...compiler.analysis.space import EVENT_DAY
from ...compiler.model.tree import Moment, Rule, WindowKind
from ...compiler.node import Node, node
from ...runtime.instants import SECOND, first_instant
from ...runtime.windows import first_of_window, window_of
from .stage import Setting, Unplayable

FIRST_DAY = date(2026, 1, 1).toordinal()
LONG = 800  # days that lie two windows of a year apart


@node
class Times(Node):
    """Instants: when the member joins, when earlier orders are paid (none: there are none), and the last event."""

    joined: int
    earlier: int | None
    now: int


def times_of(
    setting: Setting, values: Values, rule: Rule | None = None, earlier: bool = False, at: int | None = None
) -> Times:
    """The times at which the values can be had: of an event that the rule is open for, or at an instant `at`."""
    tz = setting.program.tz
    now = _event(setting, values, rule) if at is None else at
    joined = _joined(setting, values)
    days = values.get("customer.days_since_joined")
    if joined is None and now is None:
        joined = _base(setting)
    if joined is None:
        assert now is not None
        back = days if isinstance(days, int) else LONG if earlier else 0
        joined = first_instant(setting.program.day(now) - back, tz) if back else now
    if now is None:
        now = first_instant(setting.program.day(joined) + days, tz) if isinstance(days, int) else joined
        now = _next_window(setting, joined) if earlier and not isinstance(days, int) else now
    if now < joined:
        raise Unplayable("before joining")
    if earlier and not _apart(setting, joined, now):
        raise Unplayable("no window before")
    return Times(joined, joined if earlier else None, now)


def _base(setting: Setting) -> int:
    """The first day that scenarios start on: once tiers are launched."""
    vip = setting.model.vip
    base = first_instant(FIRST_DAY, setting.program.tz)
    return max(base, vip.launches.instant) if vip and vip.launches else base


def _joined(setting: Setting, values: Values) -> int | None:
    joined = values.get("customer.joined")
    if not isinstance(joined, str) or not joined:
        return None
    return first_instant(date.fromisoformat(joined).toordinal(), setting.program.tz)


def _event(setting: Setting, values: Values, rule: Rule | None) -> int | None:
    """When the event has to be, where a rule's times, or a day that is asked for, say so."""
    day, joined, days = (values.get(p) for p in (EVENT_DAY, "customer.joined", "customer.days_since_joined"))
    if isinstance(day, int):
        return first_instant(day, setting.program.tz)
    if isinstance(days, int) and isinstance(joined, str) and joined:
        return first_instant(date.fromisoformat(joined).toordinal() + days, setting.program.tz)
    if rule is None or not (rule.starts or rule.ends):
        return None
    return open_at(setting, rule.starts, rule.ends)


def open_at(setting: Setting, starts: Moment | None, ends: Moment | None) -> int:
    """An instant from a start until an end: the base where that is one."""
    base = _base(setting)
    now = base if starts is None else max(base, starts.instant)
    if ends is None or now < ends.instant:
        return now
    if starts is not None:
        return starts.instant
    return first_instant(setting.program.day(ends.instant - SECOND), setting.program.tz)


def _next_window(setting: Setting, instant: int) -> int:
    return after_windows(setting, instant, instant, 1)


def after_windows(setting: Setting, joined: int, instant: int, windows: int) -> int:
    """The first instant of the window that comes so many after that of an instant."""
    window = setting.program.tables.window
    tz, day = setting.program.tz, setting.program.day(joined)
    if window.kind == "rolling":
        return first_instant(setting.program.day(instant) + window.days * windows, tz)
    if window.kind == "lifetime":
        raise Unplayable("the window is all time")
    index = window_of(window, instant, day, tz)
    return first_of_window(window, index + windows, day, tz)


def _apart(setting: Setting, earlier: int, now: int) -> bool:
    """Whether what happens at the one instant is in no way in the window of the other."""
    kind = setting.model.vip.window.kind if setting.model.vip else WindowKind.LIFETIME
    return kind is not WindowKind.LIFETIME and after_windows(setting, earlier, earlier, 1) <= now
