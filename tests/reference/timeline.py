"""What happens to a customer before an event: launches, windows that close, days that age, other versions."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from tiercel.compiler.model.tree import Program, WindowKind

from .customer import NONE, Customer, day, metrics, window_metrics
from .placing import Effects, change, decide_kept, give, highest, is_excluded, ladder, place, tier_id
from .times import first_instant, from_nanoseconds, window_index, window_of_program, window_start


def prepare(customer: Customer, program: Program, at: Fraction, effects: Effects) -> None:
    """Everything that happens before an event at `at`: another version, launch, closed windows, ageing."""
    migrate(customer, program, effects)
    if launches(customer, at):
        vip = ladder(customer)
        assert vip.launches is not None
        moment = from_nanoseconds(vip.launches.instant)
        advance(customer, moment, effects)
        launch(customer, moment, effects)
    advance(customer, at, effects)


def launches(customer: Customer, at: Fraction) -> bool:
    """Whether an event at `at` is the one that launches a customer. A late one goes by the clock, as placing does."""
    vip = customer.program.vip
    if vip is None or customer.launched or vip.launches is None:
        return False
    return max(at, customer.clock) >= from_nanoseconds(vip.launches.instant)


def launch(customer: Customer, moment: Fraction, effects: Effects) -> None:
    customer.launched = True
    if customer.pending != NONE:
        give(customer, customer.pending)
        customer.pending = NONE
    if is_excluded(customer, moment):
        target = customer.given
    else:
        target = max(customer.given, customer.kept, highest(customer, metrics(customer), customer.cap))
    if target != customer.tier:
        change(customer, target, "launch", moment, effects)
    customer.high = target


def advance(customer: Customer, to: Fraction, effects: Effects) -> None:
    """Close the windows that end, and age the days that leave, up to `to`."""
    if to <= customer.clock:
        return
    while customer.window < window_index(customer.program, customer.joined, to):
        close(customer, effects)
    age(customer, to, effects)
    customer.clock = to


def close(customer: Customer, effects: Effects) -> None:
    """Close the current window."""
    closing, cap, end = (
        customer.window,
        customer.cap,
        window_start(customer.program, customer.joined, customer.window + 1),
    )
    out = is_excluded(customer, end)
    secured = max(customer.given, customer.kept)
    customer.kept = (
        customer.tier if out else decide_kept(customer, window_metrics(customer, closing), cap, secured)
    )
    if customer.given_until is not None and customer.given_until <= closing:
        customer.given, customer.given_until = NONE, None
    customer.previous = None if out else (cap, secured)
    customer.cap, customer.window = None, closing + 1
    reached = highest(customer, window_metrics(customer, customer.window), None)
    tier = customer.tier if out else min(customer.tier, max(customer.given, customer.kept, reached))
    if tier < customer.tier:
        change(customer, tier, "reset", end, effects)
    customer.high = tier if cap is None else max(tier, reached)


def age(customer: Customer, to: Fraction, effects: Effects) -> None:
    """Take out the days that leave a rolling window, placing after each."""
    window = window_of_program(customer.program)
    if window.kind is not WindowKind.ROLLING:
        return
    now, then = day(customer, customer.clock), day(customer, to)
    leaving = {c.day + timedelta(days=window.days) for c in customer.credits if c.in_window}
    for leaves in sorted(d for d in leaving if now < d <= then):
        customer.clock = first_instant(leaves, customer.program.timezone)
        place(customer, effects, fall="lapsed")


def migrate(customer: Customer, program: Program, effects: Effects) -> None:
    """Carry a customer over to another version of the program, at the clock."""
    old = customer.program
    if old is program or old == program:
        return
    known_as = tier_id(old, customer.tier)
    carry_tiers(customer, old, program)
    customer.program = program
    vip = program.vip
    opens = bool(vip and not customer.launched and vip.launches is None and not vip.not_yet)
    if opens:
        customer.launched = True
        if customer.pending != NONE:
            give(customer, customer.pending)
            customer.pending = NONE
    excluded = is_excluded(customer, customer.clock)
    if not customer.launched or (excluded and not opens):
        return  # of a tier that is gone, too, nothing is said
    target = customer.given
    if not excluded:
        target = max(target, customer.kept, highest(customer, metrics(customer), customer.cap))
    if tier_id(program, target) != known_as:
        change(customer, target, "program", customer.clock, effects)
        effects[-1]["from"] = known_as
    customer.tier = target
    customer.high = max(customer.high, target)


def carry_tiers(customer: Customer, old: Program, new: Program) -> None:
    """Rename every tier that is remembered, as an index in the new ladder."""
    for name in ("tier", "given", "kept", "high", "pending"):
        setattr(customer, name, nearest(getattr(customer, name), old, new))
    if customer.cap is not None:
        customer.cap = nearest(customer.cap, old, new)
    if customer.previous is not None:
        cap, secured = customer.previous
        cap = None if cap is None else nearest(cap, old, new)
        customer.previous = cap, nearest(secured, old, new)


def nearest(tier: int, old: Program, new: Program) -> int:
    """A tier of the old ladder in the new one; where it is gone, the nearest one below it in the old."""
    places = {known.id: known.index for known in new.tiers}
    for known in reversed(old.tiers[: tier + 1]):
        if known.id in places:
            return places[known.id]
    return NONE
