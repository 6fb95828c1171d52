"""Tiers over time: placing, entry rewards, closing windows, ageing days, launching.

Every function changes the customer that it is given, and appends what came about to `effects`.
"""

from __future__ import annotations

from .compiled import Compiled
from .customer import Closed, Customer, snapshot
from .effects import Cause, Effect
from .facts import Member, Metrics
from .instants import first_instant
from .program import NO_TIER


def reachable(program: Compiled, customer: Customer) -> int:
    """The highest tier that the customer's metrics reach now, not above the cap."""
    cap = customer.cap
    return program.tables.highest_tier(customer, program.top if cap is None else cap)


def place(
    program: Compiled,
    customer: Customer,
    at: int,
    effects: list[Effect],
    fall: Cause = "disqualified",
    *,
    silent: bool = False,
) -> None:
    """Move the customer to the tier that is due; `silent`: a rise sends no notification."""
    target = max(customer.given, customer.kept, reachable(program, customer))
    if target == customer.tier:
        return
    before = customer.tier
    customer.tier = target
    rises = target > before
    effects.append(
        program.tier_changed(customer, program.tier_id(before), "qualified" if rises else fall, at)
    )
    if rises:
        issue_rewards(program, customer, before, effects)
        if not silent:
            notify(program, customer, effects)


def issue_rewards(program: Compiled, customer: Customer, before: int, effects: list[Effect]) -> None:
    """The entry rewards of a rise from `before` to the present tier; each tier's once in a window."""
    tiers = program.tables.tiers
    top = customer.tier
    first = max(before, customer.high) + 1
    if not program.tables.skipped_tiers_all:
        first = max(top, customer.high + 1)
    for index in range(first, top + 1):
        tier = tiers[index]
        if tier.invite_only and index != top:
            continue
        for reward in tier.rewards:
            effects.append(
                {"kind": "reward_issued", "customer": customer.key, "tier": tier.id, "reward": dict(reward)}
            )
            if reward["type"] == "points":
                customer.balance += reward["points"]
    customer.high = max(customer.high, top)


def notify(program: Compiled, customer: Customer, effects: list[Effect]) -> None:
    """Tell the customer about a change of tier, if the program wants that."""
    if program.tables.notify:
        effects.append(
            {
                "kind": "notification",
                "customer": customer.key,
                "about": "tier_changed",
                "channel": "email",
                "to": customer.email,
            }
        )


def advance(program: Compiled, customer: Customer, at: int, effects: list[Effect]) -> None:
    """Bring the customer to an instant: close windows, age days, launch; each at its own instant, in order."""
    now = max(customer.clock, at)
    if not customer.launched and program.is_launched(now):
        launches = program.tables.launches
        if launches is not None:
            _pass_time(program, customer, launches, effects)
            _launch(program, customer, launches, effects)
        customer.launched = True
    _pass_time(program, customer, now, effects)
    customer.clock = now


def _pass_time(program: Compiled, customer: Customer, until: int, effects: list[Effect]) -> None:
    if program.closes:
        while until >= program.window_end(customer):
            _close_window(program, customer, effects)
    elif program.rolling_days and customer.days:
        _age_days(program, customer, until, effects)


def _close_window(program: Compiled, customer: Customer, effects: list[Effect]) -> None:
    ends = program.window_end(customer)
    excluded = program.excludes(customer, ends)
    closed = Closed(
        Metrics(customer.spend, customer.orders, customer.points_earned),
        customer.cap,
        max(customer.given, customer.kept),
    )
    kept = customer.tier if excluded else earned_in(program, customer, closed)
    if customer.given_until is not None and customer.given_until <= customer.window:
        customer.given, customer.given_until = NO_TIER, None
    customer.kept = kept
    customer.previous = None if excluded else closed
    customer.spend = customer.orders = customer.points_earned = 0
    customer.cap = None
    customer.window += 1
    customer.window_ends = None
    due = reachable(program, customer)
    before = customer.tier
    if not excluded:
        customer.tier = min(before, max(customer.given, kept, due))
    customer.high = customer.tier if closed.cap is None else max(customer.tier, due)
    if customer.tier != before:
        effects.append(program.tier_changed(customer, program.tier_id(before), "reset", ends))


def earned_in(program: Compiled, customer: Customer, closed: Closed) -> int:
    """The tier that a closed window secures for the next one."""
    tables = program.tables
    metrics = closed.metrics
    then = snapshot(customer, metrics.spend, metrics.orders, metrics.points_earned, customer.lifetime)
    highest = program.top if closed.cap is None else closed.cap
    reached = tables.highest_tier(then, highest)
    kept = NO_TIER
    if tables.lasts_next_window:
        kept = max(reached, _retained(program, then, min(closed.secured, highest)))
    if tables.lapse_one_down:
        kept = max(kept, _one_below(program, max(closed.secured, reached)))
    return kept


def _retained(program: Compiled, then: Member, at_most: int) -> int:
    return program.tables.retained_tier(then, at_most) if at_most >= 0 else NO_TIER


def _one_below(program: Compiled, tier: int) -> int:
    tiers = program.tables.tiers
    return next((index for index in range(tier - 1, -1, -1) if not tiers[index].invite_only), NO_TIER)


def decide_kept_again(program: Compiled, customer: Customer, *, after_refund: bool) -> None:
    """Decide `kept` again from the window before, whose metrics have changed."""
    assert customer.previous is not None
    kept = earned_in(program, customer, customer.previous)
    if after_refund:
        customer.kept = min(customer.kept, kept)
        return
    if customer.cap is not None:
        kept = min(kept, customer.cap)
    customer.kept = max(customer.kept, kept)


def _age_days(program: Compiled, customer: Customer, until: int, effects: list[Effect]) -> None:
    today = program.day(until)
    while customer.days and customer.days[0].day <= today - program.rolling_days:
        left = customer.days.pop(0)
        customer.spend -= left.spend
        customer.orders -= left.orders
        customer.points_earned -= left.points_earned
        at = first_instant(left.day + program.rolling_days, program.tz)
        if customer.launched and not program.excludes(customer, at):
            before = customer.tier
            place(program, customer, at, effects, "lapsed")
            if customer.tier < before:
                customer.high = customer.tier


def _launch(program: Compiled, customer: Customer, launches: int, effects: list[Effect]) -> None:
    give_held_import(program, customer)
    before = customer.tier
    if program.excludes(customer, launches):
        customer.tier = customer.given
    else:
        customer.tier = max(customer.given, customer.kept, reachable(program, customer))
    customer.high = customer.tier
    if customer.tier != before:
        effects.append(program.tier_changed(customer, program.tier_id(before), "launch", launches))


def give_held_import(program: Compiled, customer: Customer) -> None:
    """At the launch: the tier of an import that was held becomes given."""
    if customer.pending_import != NO_TIER:
        give(program, customer, customer.pending_import)
        customer.pending_import = NO_TIER


def give(program: Compiled, customer: Customer, tier: int) -> None:
    """Give a tier by hand or import, up or the same: it holds to the end of the next window."""
    customer.given = tier
    customer.given_until = None
    if program.closes:
        customer.given_until = customer.window + (1 if program.tables.lasts_next_window else 0)
    if customer.cap is not None:
        uncapped = program.tables.highest_tier(customer, program.top)
        customer.cap = None if tier >= uncapped else max(customer.cap, tier)
