"""Where metrics are credited: the current window, the window before, a rolling day, or lifetime alone."""

from __future__ import annotations

from bisect import bisect_left

from .compiled import Compiled
from .customer import Customer, DaySums
from .tiers import decide_kept_again


def credit(
    program: Compiled,
    customer: Customer,
    at: int,
    spend: int,
    orders: int,
    points_earned: int,
    *,
    window: bool = True,
    after_refund: bool = False,
) -> None:
    """Add to the metrics of the window that holds the instant, and to `lifetime`; amounts may be negative.

    Called once the customer has been brought to the event. Without `window` the window's metrics stay.
    """
    lifetime = customer.lifetime
    lifetime.spend += spend
    lifetime.orders += orders
    lifetime.points_earned += points_earned
    if program.closes and at != customer.clock:
        behind = customer.window - program.window_at(customer, at)
        if behind:
            if behind == 1 and customer.previous is not None:
                if window:
                    metrics = customer.previous.metrics
                    metrics.spend += spend
                    metrics.orders += orders
                    metrics.points_earned += points_earned
                decide_kept_again(program, customer, after_refund=after_refund)
            return
    if not window or (
        program.rolling_days and not _credit_day(program, customer, at, spend, orders, points_earned)
    ):
        return
    customer.spend += spend
    customer.orders += orders
    customer.points_earned += points_earned


def _credit_day(program: Compiled, customer: Customer, at: int, spend: int, orders: int, points: int) -> bool:
    """Add to the sums of the instant's day; false where that day has left the window."""
    day = program.day(at)
    if day <= program.day(customer.clock) - program.rolling_days:
        return False
    days = customer.days
    index = bisect_left(days, day, key=lambda sums: sums.day)
    if index == len(days) or days[index].day != day:
        days.insert(index, DaySums(day))
    sums = days[index]
    sums.spend += spend
    sums.orders += orders
    sums.points_earned += points
    return True
