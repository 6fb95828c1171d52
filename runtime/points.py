"""What rules earn on an order or an activity: matching, amounts, rates, campaigns, rounding. Exact."""

from __future__ import annotations

from .compiled import Compiled
from .facts import Item, Member, Order
from .money import half_up, rounded
from .program import Amount, Campaign, Rule, Tables

EMPTY_ORDER = Order()
EMPTY_ORDER.total = EMPTY_ORDER.tax = EMPTY_ORDER.shipping = EMPTY_ORDER.discount = EMPTY_ORDER.units = 0
EMPTY_ORDER.channel = EMPTY_ORDER.country = ""
EMPTY_ORDER.tags = EMPTY_ORDER.codes = frozenset()
EMPTY_ORDER.items = ()


def net_order(tables: Tables, order: Order) -> Order | None:
    """The order without excluded items and without lines that a refund brought to nothing.

    None where all of its items are excluded.
    """
    if not order.items:
        return order
    excludes = tables.excludes_item
    kept: list[Item] = []
    taken: list[Item] = []
    for item in order.items:
        if not item.gone:
            (taken if excludes(item, order) else kept).append(item)
    if len(kept) == len(order.items):
        return order
    if taken and not kept:
        return None
    return order.left(
        max(0, order.total - sum([item.total for item in taken])),
        max(0, order.tax - sum([item.tax for item in taken])),
        order.shipping,
        max(0, order.discount - sum([item.discount for item in taken])),
        tuple(kept),
    )


def order_amount(amount: Amount, order: Order) -> int:
    """The money of an order that counts, in minor units, never below 0."""
    money = order.total
    if not amount.tax:
        money -= order.tax
    if not amount.shipping:
        money -= order.shipping
    if not amount.deduct_discounts:
        money += order.discount
    return max(0, money)


def _item_amount(amount: Amount, item: Item) -> int:
    money = item.total
    if not amount.tax:
        money -= item.tax
    if not amount.deduct_discounts:
        money += item.discount
    return money


def rule_amount(rule: Rule, order: Order) -> int:
    """The money that a rule multiplies: the order's, or with `items` that of the matching lines."""
    if rule.items is None:
        return order_amount(rule.amount, order)
    matching = [_item_amount(rule.amount, item) for item in order.items if rule.items(item)]
    return max(0, sum(matching))


def is_open(rule: Rule, at: int) -> bool:
    """Whether a rule is at work at an instant."""
    return (rule.starts is None or rule.starts <= at) and (rule.ends is None or at < rule.ends)


def fits_tier(rule: Rule, tier: int) -> bool:
    """Whether a rule is for customers in that tier (-1: in none)."""
    if rule.table:
        return tier >= 0
    if rule.include is not None:
        return tier == rule.include
    return tier not in rule.exclude


def matches(rule: Rule, order: Order, tier: int, member: Member, days: int, at: int) -> bool:
    """Whether a rule matches, limits aside. `order` is net; for an activity it is the empty one."""
    if not is_open(rule, at) or not fits_tier(rule, tier):
        return False
    contains = rule.contains
    if contains is not None and not any(map(contains, order.items)):
        return False
    return rule.when is None or rule.when(member, order, days)


def campaign_at(program: Compiled, at: int) -> Campaign | None:
    """The campaign that runs at an instant."""
    for campaign in program.tables.campaigns:
        if campaign.starts <= at < campaign.ends:
            return campaign
    return None


def rule_points(rule: Rule, order: Order, tier: int, campaign: Campaign | None) -> tuple[int, int]:
    """What a rule that matches earns: points, and points without the campaign."""
    numerator, denominator = rule.rates[tier] if rule.table else rule.rates[0]
    mode = rule.round
    if rule.per is None:
        mode = "nearest"
    elif mode == "steps":
        numerator *= rule_amount(rule, order) // rule.per
    else:
        numerator *= rule_amount(rule, order)
        denominator *= rule.per
    points = base = rounded(numerator, denominator, mode)
    if campaign is not None:
        times, over = campaign.multiplier
        points = rounded(numerator * times, denominator * over, mode)
    if rule.max_points is not None:
        return min(points, rule.max_points), min(base, rule.max_points)
    return points, base


def in_proportion(amount: int, left: int, before: int) -> int:
    """What stays of an amount when its total falls from `before` to `left`, rounded half up."""
    return half_up(amount * left, before) if before else amount
