"""The `vip` section: the ladder of tiers, and how a tier is reached and kept."""

from __future__ import annotations

import re
from datetime import date

from ..diagnostics import Label
from ..source import Span
from ..syntax.tree import Mapping, Scalar
from .amounts import read_amount
from .context import Context
from .excerpts import shortened
from .mending import removal
from .moments import read_moment
from .quantities import whole
from .shaped import flag, key_span, mapping, mappings, required, scalar, text
from .tiers import read_tiers
from .tree import Amount, Moment, Vip, Window, WindowKind

_LONGEST_ROLLING = 1_830
_COMMON_YEAR = 2001
_MONTH_AND_DAY = re.compile("([0-9]{2})-([0-9]{2})")


def read_vip(node: Mapping, context: Context) -> Vip:
    """Read `vip`, with its defaults."""
    launches = scalar(node, "launches")
    not_yet = launches is not None and launches.text == "not_yet"
    window = _read_window(node, context)
    _check_closing(node, window, context)
    return Vip(
        node=node,
        launches=None if not_yet else _read_launch(launches, context),
        not_yet=not_yet,
        window=window,
        lasts_next_window=text(node, "lasts", "next_window") == "next_window",
        lapse_one_down=text(node, "lapse", "earned") == "one_down",
        count_refunds=text(node, "refunds", "count") == "count",
        skipped_tiers_all=text(node, "skipped_tiers", "all") == "all",
        spend=read_amount(mapping(node, "spend"), Amount()),
        notify=flag(node, "notify", False),
        tiers=read_tiers(mappings(node, "tiers"), _why_not_retain(node, window), context),
    )


def _read_launch(launches: Scalar | None, context: Context) -> Moment | None:
    return None if launches is None else read_moment(launches, context)


def _read_window(node: Mapping, context: Context) -> Window:
    written = node.get("window")
    if written is None:
        return Window(WindowKind.LIFETIME)
    if isinstance(written, Scalar):
        return Window(WindowKind(written.text))
    assert isinstance(written, Mapping)
    rolling, calendar = mapping(written, "rolling"), mapping(written, "calendar_year")
    if rolling is not None:
        days = whole(required(rolling, "days"), context.report, _LONGEST_ROLLING)
        return Window(WindowKind.ROLLING, days=days)
    starts = None if calendar is None else scalar(calendar, "starts")
    if starts is None:
        return Window(WindowKind.CALENDAR_YEAR)
    return Window(WindowKind.CALENDAR_YEAR, starts=_read_day_of_year(starts, context))


def _read_day_of_year(written: Scalar, context: Context) -> tuple[int, int]:
    match = _MONTH_AND_DAY.fullmatch(written.text)
    try:
        first = date(_COMMON_YEAR, int(match[1]), int(match[2])) if match else None
    except ValueError:
        first = None
    if first is None:
        message = f"{shortened(written.text)} is not a day of every year"
        help = 'write month and day, such as `"04-01"`; `02-29` cannot begin a year'
        context.report.error("bad-value", written.span, message, help=help)
        return 1, 1
    return first.month, first.day


def _check_closing(node: Mapping, window: Window, context: Context) -> None:
    if window.closes:
        return
    for key in ("lasts", "lapse"):
        if node.get(key) is not None:
            message = f"`{key}` needs a window that closes, and `{window.kind.value}` never does"
            context.report.error(
                "key-not-here",
                key_span(node, key),
                message,
                labels=_window_label(node),
                help=_CLOSING_WINDOWS,
                fixes=removal(context.source.text, node, node.entry(key)),
            )


_CLOSING_WINDOWS = "set `window` to `calendar_year` or `anniversary`, or leave the key out"


def _window_label(node: Mapping) -> list[Label]:
    written = node.get("window")
    return [] if written is None else [Label(written.span, "the window")]


def _why_not_retain(node: Mapping, window: Window) -> tuple[str, Span | None] | None:
    """Why a tier cannot state `retain`, and where that is decided; none where it can."""
    if not window.closes:
        written = node.get("window")
        reason = f"a window that closes, and `{window.kind.value}` never does"
        return reason, None if written is None else written.span
    lasts = scalar(node, "lasts")
    if lasts is not None and lasts.text == "this_window":
        return "`lasts: next_window`: nothing is kept into the next window", lasts.span
    return None
