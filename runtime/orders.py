"""What a paid order and an activity earn."""

from __future__ import annotations

from datetime import date

from .compiled import Compiled
from .credits import credit
from .customer import Customer, Record, Use, snapshot
from .effects import Effect, PointsEarned
from .events import Activity, OrderPaid
from .facts import Member, Metrics, Order
from .points import EMPTY_ORDER, campaign_at, matches, net_order, order_amount, rule_points
from .program import Campaign, Limit, Rule


def pay_order(
    program: Compiled, customer: Customer, event: OrderPaid, excluded: bool, effects: list[Effect]
) -> None:
    """Record the order, and unless it or the customer is excluded, credit what it earns."""
    tables = program.tables
    at, order, tier = event.at, event.order, customer.tier
    days = program.days_since_joined(customer, at)
    member = _remembered(customer) if program.remembers else None
    net = net_order(tables, order)
    excludes_order = tables.excludes_order
    if net is None or excluded or (excludes_order is not None and excludes_order(customer, order, days)):
        record = Record(order, at, tier, member, 0, 0, {}, program.digest, True)
        customer.records[event.order_id] = record
        return
    points, total, qualifying = _earn_on_order(program, customer, event, net, days, effects)
    spend = order_amount(tables.spend, net)
    counted = 1 if spend else 0
    record = Record(order, at, tier, member, spend, counted, points, program.digest, False)
    customer.records[event.order_id] = record
    credit(program, customer, at, spend, counted, qualifying)
    customer.balance += total


def _earn_on_order(
    program: Compiled,
    customer: Customer,
    event: OrderPaid,
    net: Order,
    days: int,
    effects: list[Effect],
) -> tuple[dict[str, int], int, int]:
    """Points per rule that earned any, their sum, and the sum of those that count into `points_earned`."""
    at, tier = event.at, customer.tier
    campaign = campaign_at(program, at) if program.tables.campaigns else None
    points: dict[str, int] = {}
    total = qualifying = 0
    for rule in program.order_rules:
        if not matches(rule, net, tier, customer, days, at):
            continue
        if rule.limit is not None and not _within_limit(program, customer, rule, at):
            continue
        earned, base = rule_points(rule, net, tier, campaign)
        effects.append(_points_earned(rule, earned, base, campaign, event.order_id))
        if earned:
            points[rule.id] = earned
            total += earned
            if rule.qualifies:
                qualifying += earned
            if rule.limit is not None:
                _use(program, customer, rule, at, event.order_id, None)
    return points, total, qualifying


def _points_earned(
    rule: Rule, earned: int, base: int, campaign: Campaign | None, order: str | None
) -> PointsEarned:
    return {
        "kind": "points_earned",
        "rule": rule.id,
        "points": earned,
        "base": base,
        "bonus": earned - base,
        "campaign": None if campaign is None else campaign.id,
        "order": order,
    }


def earn_activity(
    program: Compiled,
    customer: Customer,
    activity: str,
    at: int,
    event_id: str,
    effects: list[Effect],
) -> None:
    """Credit what the rules on an activity earn; the customer is not excluded."""
    days = program.days_since_joined(customer, at)
    total = qualifying = 0
    for rule in program.activity_rules.get(activity, ()):
        if not matches(rule, EMPTY_ORDER, customer.tier, customer, days, at):
            continue
        if rule.limit is not None and not _within_limit(program, customer, rule, at):
            continue
        earned, base = rule_points(rule, EMPTY_ORDER, customer.tier, None)
        effects.append(_points_earned(rule, earned, base, None, None))
        total += earned
        if rule.qualifies:
            qualifying += earned
        if rule.limit is not None and earned:
            _use(program, customer, rule, at, None, event_id)
    credit(program, customer, at, 0, 0, qualifying)
    customer.balance += total


def earn_activity_event(
    program: Compiled, customer: Customer, event: Activity, excluded: bool, effects: list[Effect]
) -> None:
    """An `activity` event."""
    if not excluded:
        earn_activity(program, customer, event.activity, event.at, event.id, effects)


def _remembered(customer: Customer) -> Member:
    life = customer.lifetime
    lifetime = Metrics(life.spend, life.orders, life.points_earned)
    return snapshot(customer, customer.spend, customer.orders, customer.points_earned, lifetime)


def _within_limit(program: Compiled, customer: Customer, rule: Rule, at: int) -> bool:
    uses = customer.uses.get(rule.id)
    if not uses:
        return True
    assert rule.limit is not None
    return _uses_that_count(rule.limit, uses, program.day(at)) < rule.limit.times


def _uses_that_count(limit: Limit, uses: list[Use], day: int) -> int:
    if limit.days is not None:
        within = limit.days
        return sum([abs(use.day - day) < within for use in uses])
    if limit.per_calendar_year:
        year = date.fromordinal(day).year
        return sum([date.fromordinal(use.day).year == year for use in uses])
    return len(uses)


def _use(
    program: Compiled, customer: Customer, rule: Rule, at: int, order: str | None, event: str | None
) -> None:
    customer.uses.setdefault(rule.id, []).append(Use(program.day(at), order, event))
