"""What activities, orders and refunds do to points and metrics."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tiercel.compiler.model.tree import Rule

from .conditions import holds
from .customer import Credit, Customer, Paid, Use, credit, day, facts_at, window_metrics
from .orders import Earned, Worth, after_refunds, earn, in_force, worth
from .placing import Effects, decide_kept, is_excluded, money
from .shape import Event
from .times import window_index


def activity(customer: Customer, event: Event, effects: Effects) -> None:
    if earn_activity(customer, event["activity"], event["at"], effects):
        decide_previous(customer, event["at"], refund=False)


def earn_activity(customer: Customer, name: str, at: Fraction, effects: Effects) -> bool:
    """Earn from the rules on an activity; whether the customer takes part at all."""
    if is_excluded(customer, at):
        return False
    read = facts_at(customer, at)
    earned = {
        rule.id: earn(rule, customer.tier, 0, None)
        for rule in customer.program.rules
        if rule.activity == name and in_force(rule, customer.tier, at) and holds(rule.when, read)
    }
    collect(customer, Worth(False, 0, earned), at, None, effects)
    return True


def pay(customer: Customer, event: Event, effects: Effects) -> None:
    at, order = event["at"], event["order"]
    read = facts_at(customer, at)
    out = is_excluded(customer, at)
    value = worth(customer.program, order, read, customer.tier, at)
    paid = Paid(customer.program, at, customer.tier, read, order, out or value.excluded, {})
    customer.orders[order["id"]] = paid
    if paid.excluded:
        return
    paid.credited = collect(customer, value, at, order["id"], effects)
    paid.spend, paid.is_counted = value.spend, value.spend > 0
    decide_previous(customer, at, refund=False)


def collect(
    customer: Customer, value: Worth, at: Fraction, order: str | None, effects: Effects
) -> dict[str, int]:
    """Credit what the rules within their limits earn; the points by rule."""
    credited: dict[str, int] = {}
    qualified = 0
    for rule in customer.program.rules:
        if rule.id in value.earned and within_limit(customer, rule, day(customer, at)):
            earned = value.earned[rule.id]
            effects.append(points_earned(rule, earned, order))
            credited[rule.id] = earned.points
            qualified += earned.points if rule.qualifies else 0
    for rule in customer.program.rules:
        if rule.limit and credited.get(rule.id, 0) > 0:
            customer.uses.append(Use(rule.id, day(customer, at), order))
    customer.balance += sum(credited.values())
    credit(customer, at, window_index(customer.program, customer.joined, at), value, qualified)
    return credited


def within_limit(customer: Customer, rule: Rule, today: date) -> bool:
    """Whether a rule has a use left on a day."""
    if rule.limit is None:
        return True
    used = 0
    for use in customer.uses:
        if use.rule != rule.id or (
            use.order is not None and customer.orders[use.order].credited[rule.id] == 0
        ):
            continue
        if rule.limit.days is not None:
            used += abs((use.day - today).days) < rule.limit.days
        elif rule.limit.per_calendar_year:
            used += use.day.year == today.year
        else:
            used += 1
    return used < rule.limit.times


def refund(customer: Customer, event: Event, effects: Effects) -> None:
    refund = event["order"]
    paid = customer.orders[refund["id"]]
    before = after_refunds(paid.order, paid.refunds)
    paid.refunds.append(refund)
    taken = min(refund["amount"], before["total"])
    if taken < refund["amount"]:
        effects.append(
            {
                "kind": "refund_clamped",
                "order": refund["id"],
                "asked": money(refund["amount"], customer.program),
                "taken": money(taken, customer.program),
            }
        )
    if not paid.excluded:
        take_back(customer, paid, refund["id"], effects)
        decide_previous(customer, paid.at, refund=True)


def take_back(customer: Customer, paid: Paid, order: str, effects: Effects) -> None:
    """Take back what an order no longer counts for, evaluated again on what is left of it."""
    left = after_refunds(paid.order, paid.refunds)
    value = worth(paid.program, left, paid.member, paid.tier, paid.at, refunded=True)
    qualified = 0
    for rule in paid.program.rules:
        fallen = paid.credited.get(rule.id, 0) - now_earned(value, rule)
        if fallen > 0:
            paid.credited[rule.id] -= fallen
            customer.balance -= fallen
            qualified += fallen if rule.qualifies else 0
            effects.append({"kind": "points_reversed", "rule": rule.id, "points": fallen, "order": order})
    spend = max(0, paid.spend - value.spend)
    uncounted = paid.is_counted and value.spend == 0
    paid.spend -= spend
    paid.is_counted = paid.is_counted and not uncounted
    vip = customer.program.vip
    counts = vip is None or vip.count_refunds
    window = window_index(customer.program, customer.joined, paid.at)
    customer.credits.append(
        Credit(day(customer, paid.at), window, -spend, -int(uncounted), -qualified, in_window=counts)
    )


def decide_previous(customer: Customer, at: Fraction, refund: bool) -> None:
    """Decide again what the window closed last keeps, where something in it changed."""
    if (
        customer.previous is None
        or window_index(customer.program, customer.joined, at) != customer.window - 1
    ):
        return
    if customer.program.vip is None:
        return
    cap, secured = customer.previous
    again = decide_kept(customer, window_metrics(customer, customer.window - 1), cap, secured)
    if refund:
        customer.kept = min(customer.kept, again)
    else:
        customer.kept = max(customer.kept, again if customer.cap is None else min(again, customer.cap))


def points_earned(rule: Rule, earned: Earned, order: str | None) -> dict[str, Any]:
    return {
        "kind": "points_earned",
        "rule": rule.id,
        "points": earned.points,
        "base": earned.base,
        "bonus": earned.points - earned.base,
        "campaign": earned.campaign,
        "order": order,
    }


def now_earned(value: Worth, rule: Rule) -> int:
    """What a rule earns on the rest of an order; 0 where it no longer matches."""
    return value.earned[rule.id].points if rule.id in value.earned else 0
