"""Says amounts, times, rewards and settings of a program in a few words, texts of its author as they were written."""

from __future__ import annotations

import re
from fractions import Fraction

from ...runtime import instants
from ...runtime.money import money_text
from . import moments
from .condition import Condition
from .tree import Amount, Currency, Instant, Limit, Moment, Program, Reward, Rule, Vip, Window, WindowKind

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def money(minor: int, currency: Currency) -> str:
    """Minor units as an amount: `49.95`."""
    return money_text(minor, currency.decimals)


def decimal(number: Fraction) -> str:
    """A number exactly: as a decimal where it is one (`1.25`), else as a fraction (`100/3`)."""
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
        if digits > 30:
            return f"{number.numerator}/{number.denominator}"
    scaled = str(abs(number.numerator * 10**digits // number.denominator)).rjust(digits + 1, "0")
    cut = len(scaled) - digits
    return ("-" if number < 0 else "") + scaled[:cut] + ("." + scaled[cut:] if digits else "")


def points(number: Fraction, program: Program) -> str:
    """`1 point`, `1.25 points`, in the program's own words."""
    one, many = program.points
    return f"{decimal(number)} {one if number == 1 else many}"


def rate(number: Fraction, rule: Rule, program: Program) -> str:
    """What a rule gives at a rate: `2 points per 1.00`, `50 points per order`, `20 points`."""
    if rule.per is not None:
        return f"{points(number, program)} per {money(rule.per, program.currency)}"
    return points(number, program) + (" per order" if rule.on_orders else "")


def condition(stated: Condition) -> str:
    """A condition as written, on one line."""
    return re.sub(r"\s+", " ", stated.text).strip()


def stretch(starts: Moment | None, ends: Moment | None, zone: str) -> str:
    """A stretch of local time: `from 2026-11-27 through 2026-11-29`, `before 2026-12-01T09:30`."""
    first, last = (None if m is None else m.instant for m in (starts, ends))
    return between(first, last, zone)


def between(start: Instant | None, end: Instant | None, zone: str) -> str:
    """The same from one instant to another, none being open."""
    return moments.stretch(start, end, instants.zone(zone))


def instant(moment: Instant, zone: str) -> str:
    """An instant as events and effects write it: `2026-11-27T00:00:00-05:00`."""
    return instants.format_instant(moment, instants.zone(zone))


def reward(given: Reward, program: Program) -> str:
    """`250 points`, `15% off`, `gift card of 10.00 (Birthday treat)`."""
    return _reward(given, program) + (f" ({given.name})" if given.name else "")


def _reward(given: Reward, program: Program) -> str:
    if given.points is not None:
        return points(Fraction(given.points), program)
    if given.percent is not None:
        return f"{given.percent}% off"
    if given.product is not None:
        return f"free product: {given.product}"
    if given.amount is None:
        return given.type.replace("_", " ")
    amount = money(given.amount, program.currency)
    return f"gift card of {amount}" if given.type == "gift_card" else f"{amount} off"


def amount(counted: Amount) -> str:
    """`with tax, without shipping, after discounts`."""
    tax = "with" if counted.tax else "without"
    shipping = "with" if counted.shipping else "without"
    return f"{tax} tax, {shipping} shipping, {'after' if counted.deduct_discounts else 'before'} discounts"


def limit(stated: Limit) -> str:
    """`once in a calendar year`, `3 times in 7 days`, `once ever`."""
    times = "once" if stated.times == 1 else f"{stated.times} times"
    if stated.per_calendar_year:
        return f"{times} in a calendar year"
    if stated.days is not None:
        return f"{times} in a day" if stated.days == 1 else f"{times} in {stated.days} days"
    return f"{times} ever"


def window(counted: Window) -> str:
    """Over what time metrics are counted: `all time since joining`, `the 90 days that end with today`."""
    match counted.kind:
        case WindowKind.LIFETIME:
            return "all time since joining"
        case WindowKind.ANNIVERSARY:
            return "years from the day of joining"
        case WindowKind.ROLLING:
            return f"the {counted.days} days that end with today"
    month, day = counted.starts
    return f"years that begin on {day} {MONTHS[month - 1]}"


def lasts(vip: Vip) -> str:
    """How long a tier lasts: `to the end of the next year`."""
    if not vip.window.closes:
        return "for as long as its condition holds"
    return (
        "to the end of the next year" if vip.lasts_next_window else "to the end of the year it was earned in"
    )


def lapse(vip: Vip) -> str:
    """Where a tier that was not earned again falls: `one tier down at most`."""
    return "one tier down at most" if vip.lapse_one_down else "down to the tier that the closed year earned"


def refunds(vip: Vip) -> str:
    """What refunds do to the metrics."""
    if vip.count_refunds:
        return "lower the metrics, and can undo an upgrade"
    return "leave the metrics as they are"


def skipped_tiers(vip: Vip) -> str:
    """What a jump over tiers pays: `the entry rewards of all tiers on the way`."""
    return f"the entry rewards of {'all tiers on the way' if vip.skipped_tiers_all else 'the highest tier alone'}"


def launch(vip: Vip, zone: str) -> str:
    """When customers are first placed in tiers: `always`, `from 2026-03-01 on`, `not yet`."""
    if vip.not_yet:
        return "not yet"
    return "always" if vip.launches is None else stretch(vip.launches, None, zone)
