"""What is remembered of a customer, and what a condition reads of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tiercel.compiler.model.tree import Attribute, Program, WindowKind

from .orders import Order, Worth
from .times import day_of, window_of_program
from .values import Invalid, attribute_value, default_of

NONE = -1  # no tier


@dataclass
class Credit:
    """A change of the metrics, on the day and in the window of the order or activity that it comes from."""

    day: date
    window: int
    spend: int
    orders: int
    points_earned: int
    in_window: bool = (
        True  # a refund that `refunds: ignore` keeps out of the window counts for ever all the same
    )


@dataclass
class Paid:
    """A recorded order: as it was paid, its refunds, and what its evaluation went by."""

    program: Program
    at: Fraction
    tier: int
    member: dict[str, Any]
    order: Order
    excluded: bool
    credited: dict[str, int]  # by rule
    spend: int = 0
    is_counted: bool = False
    refunds: list[Order] = field(default_factory=list)


@dataclass
class Use:
    """An order (or, where none, an activity) from which a rule with a limit earned."""

    rule: str
    day: date
    order: str | None


@dataclass
class Customer:
    """A member. Tiers are indexes in the ladder of `program`, the version that last placed them."""

    key: str
    email: str
    joined: Fraction
    program: Program
    clock: Fraction
    window: int
    launched: bool
    attributes: dict[str, Any] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    country: str = ""
    tier: int = NONE
    given: int = NONE
    given_until: int | None = None
    kept: int = NONE
    cap: int | None = None
    high: int = NONE
    previous: tuple[int | None, int] | None = (
        None  # of the window closed last: its cap, what was secured in it
    )
    pending: int = NONE
    balance: int = 0
    credits: list[Credit] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    orders: dict[str, Paid] = field(default_factory=dict)


def day(customer: Customer, instant: Fraction) -> date:
    """The local day of an instant."""
    return day_of(instant, customer.program.timezone)


def metrics(customer: Customer) -> dict[str, int]:
    """The metrics of the current window; for a rolling one, of the days that end with the clock's."""
    window = window_of_program(customer.program)
    if window.kind is not WindowKind.ROLLING:
        return window_metrics(customer, customer.window)
    today = day(customer, customer.clock)
    return total([c for c in customer.credits if c.in_window and 0 <= (today - c.day).days < window.days])


def window_metrics(customer: Customer, window: int) -> dict[str, int]:
    """The metrics of one window by number."""
    return total([c for c in customer.credits if c.in_window and c.window == window])


def total(credits: list[Credit]) -> dict[str, int]:
    return {name: sum(getattr(c, name) for c in credits) for name in ("spend", "orders", "points_earned")}


def facts(customer: Customer, now: dict[str, int]) -> dict[str, Any]:
    """What conditions read of a customer, `now` being the metrics."""
    read = {**now, **{f"lifetime.{name}": number for name, number in total(customer.credits).items()}}
    read |= {"customer.tags": customer.tags, "customer.country": customer.country}
    read["customer.joined"] = day(customer, customer.joined).isoformat()
    for attribute in customer.program.attributes:
        read[f"customer.{attribute.name}"] = given_value(customer, attribute)
    return read


def given_value(customer: Customer, attribute: Attribute) -> Any:
    """An attribute's value; one that the declaration does not admit counts as not given, as long as it does not."""
    try:
        return attribute_value(attribute, customer.attributes[attribute.name], customer.program)
    except (KeyError, Invalid):
        return default_of(attribute)


def facts_at(customer: Customer, instant: Fraction) -> dict[str, Any]:
    """The same with the current metrics and the days since joining."""
    days = (day(customer, instant) - day(customer, customer.joined)).days
    return {**facts(customer, metrics(customer)), "customer.days_since_joined": days}


def credit(customer: Customer, at: Fraction, window: int, worth: Worth, qualified: int) -> None:
    """Count a paid order or an activity."""
    customer.credits.append(Credit(day(customer, at), window, worth.spend, int(worth.spend > 0), qualified))
