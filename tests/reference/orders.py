"""What an order is worth: what refunds left of it, and what spend and points it counts for by itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from tiercel.compiler.model.tree import Amount, Campaign, Program, Round, Rule

from .conditions import Facts, holds
from .times import from_nanoseconds

Order = dict[str, Any]


@dataclass(frozen=True)
class Earned:
    """The points of one rule, those without the campaign, and the campaign."""

    points: int
    base: int
    campaign: str | None


@dataclass(frozen=True)
class Worth:
    """What an order counts for: its spend amount, and what every rule that it matches earns (limits aside)."""

    excluded: bool
    spend: int
    earned: dict[str, Earned]


NOTHING = Worth(excluded=True, spend=0, earned={})


# --- refunds ---------------------------------------------------------------------------------------------


def half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def after_refunds(order: Order, refunds: list[Order]) -> Order:
    """What the refunds, in turn, leave of an order. Lines that they have used up stay, marked `gone`."""
    for refund in refunds:
        order = after_refund(order, refund)
    return order


def after_refund(order: Order, refund: Order) -> Order:
    left = dict(order)
    left["total"] = order["total"] - min(refund["amount"], order["total"])
    shipping = min(refund.get("shipping", 0), order["shipping"])
    left["shipping"] = order["shipping"] - shipping
    for key in ("tax", "discount"):
        left[key] = shrunk(order, left["total"], refund, key)
    yields(left)
    if order["items"] is not None:
        parts = refund.get("items")
        if parts is None:
            parts = spread(order, left["total"], order["total"] - left["total"] - shipping)
        left["items"] = [
            after_line_refunds(line, [part for part in parts if part["line"] == position])
            for position, line in enumerate(order["items"])
        ]
    return left


def shrunk(before: Order, total: int, refund: Order, key: str) -> int:
    """A tax or discount after a refund: less what the refund says, else in proportion to its total."""
    if key in refund:
        return before[key] - min(refund[key], before[key])
    if before["total"] == 0:
        return before[key]
    return half_up(Fraction(before[key] * total, before["total"]))


def yields(left: Order) -> None:
    """Tax and shipping that exceed what is left of the total give way, shipping first."""
    left["tax"] = min(left["tax"], left["total"])
    if "shipping" in left:
        left["shipping"] = min(left["shipping"], left["total"] - left["tax"])


def after_line_refunds(line: Order, parts: list[Order]) -> Order:
    for part in parts:
        line = after_line_refund(line, part)
    return line


def after_line_refund(line: Order, part: Order) -> Order:
    left = dict(line)
    left["total"] = line["total"] - min(part["total"], line["total"])
    for key in ("tax", "discount"):
        left[key] = shrunk(line, left["total"], part, key)
    yields(left)
    fell_to_nothing = left["total"] == 0 < line["total"]
    quantity = part.get("quantity", line["quantity"] if fell_to_nothing else 0)
    left["quantity"] = line["quantity"] - min(quantity, line["quantity"])
    left["gone"] = line.get("gone", False) or fell_to_nothing or left["quantity"] == 0 < line["quantity"]
    return left


def spread(order: Order, total_left: int, amount: int) -> list[Order]:
    """A refund without items over the lines, in proportion to their totals, by largest remainder."""
    totals = [line["total"] for line in order["items"]]
    amount = sum(totals) if total_left == 0 else min(amount, sum(totals))
    if sum(totals) == 0:
        return []
    exact = [Fraction(amount * total, sum(totals)) for total in totals]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(totals)), key=lambda k: (-(exact[k] - shares[k]), k))
    for position in by_remainder[: amount - sum(shares)]:
        shares[position] += 1
    return [{"line": position, "total": share} for position, share in enumerate(shares)]


# --- evaluation ------------------------------------------------------------------------------------------


def worth(
    program: Program, order: Order, member: Facts, tier: int, at: Fraction, refunded: bool = False
) -> Worth:
    """What an order counts for, for a member who is not excluded. `member` has what conditions read of them."""
    items = [item for item in order["items"] or [] if not item.get("gone")]
    facts = {**member, **order_facts(order, items)}
    if program.exclude and program.exclude.orders and holds(program.exclude.orders, facts):
        return NOTHING
    stay = [item for item in items if not holds(program.items_excluded, {**facts, **item_facts(item)})]
    if items and not stay:
        return NOTHING
    net = without(order, [item for item in items if item not in stay])
    facts = {**member, **order_facts(net, stay)}
    campaign = campaign_at(program, at)
    zero = refunded and order["total"] == 0
    earned = {
        rule.id: earn(rule, tier, 0 if zero else rule_amount(rule, net, stay), campaign, zero)
        for rule in program.rules
        if matches(rule, facts, stay, tier, at)
    }
    return Worth(excluded=False, spend=0 if zero else counted(program.spend, net), earned=earned)


def order_facts(order: Order, items: list[Order]) -> dict[str, Any]:
    facts = {
        f"order.{key}": order[key] for key in ("total", "tax", "shipping", "discount", "channel", "country")
    }
    facts |= {f"order.{key}": order[key] for key in ("tags", "codes")}
    return {**facts, "order.units": sum(item["quantity"] for item in items)}


def item_facts(item: Order) -> dict[str, Any]:
    return {f"item.{key}": value for key, value in item.items()}


def without(order: Order, items: list[Order]) -> Order:
    """An order less the total, tax and discount of some of its items; what is left is never negative.

    (After a refund that named no lines for its money, lines can have more left than the order has.)
    """
    rest = dict(order)
    for key in ("total", "tax", "discount"):
        rest[key] = max(0, rest[key] - sum(item[key] for item in items))
    return rest


def counted(amount: Amount, order: Order) -> int:
    """The part of an order's money that counts, never below 0."""
    money = order["total"]
    money -= 0 if amount.tax else order["tax"]
    money -= 0 if amount.shipping else order["shipping"]
    money += 0 if amount.deduct_discounts else order["discount"]
    return max(0, money)


def rule_amount(rule: Rule, order: Order, items: list[Order]) -> int:
    """What a rule multiplies: the order's money, or that of its matching items."""
    if rule.items is None:
        return counted(rule.amount, order)
    matching = [item for item in items if holds(rule.items, item_facts(item))]
    together = {key: sum(item[key] for item in matching) for key in ("total", "tax", "discount")}
    return counted(rule.amount, {**together, "shipping": 0})


def matches(rule: Rule, facts: Facts, items: list[Order], tier: int, at: Fraction) -> bool:
    """Whether a rule matches an order, its limit aside."""
    return (
        rule.activity == "order"
        and in_force(rule, tier, at)
        and holds(rule.when, facts)
        and (rule.contains is None or any(holds(rule.contains, item_facts(item)) for item in items))
    )


def in_force(rule: Rule, tier: int, at: Fraction) -> bool:
    """Whether a rule is active, at that moment, for that tier (-1: none)."""
    if not rule.active:
        return False
    if rule.starts and at < from_nanoseconds(rule.starts.instant):
        return False
    if rule.ends and at >= from_nanoseconds(rule.ends.instant):
        return False
    if rule.table:
        return tier >= 0
    return tier == rule.include if rule.include is not None else tier not in rule.exclude


def campaign_at(program: Program, at: Fraction) -> Campaign | None:
    for campaign in program.campaigns:
        if from_nanoseconds(campaign.starts.instant) <= at < from_nanoseconds(campaign.ends.instant):
            return campaign
    return None


def earn(rule: Rule, tier: int, amount: int, campaign: Campaign | None, zero: bool = False) -> Earned:
    """What a rule that matches earns on an amount; nothing at all where `zero`."""
    if zero:
        return Earned(0, 0, None)
    base = points(rule, tier, amount, Fraction(1))
    if campaign is None:
        return Earned(base, base, None)
    return Earned(points(rule, tier, amount, campaign.multiplier), base, campaign.id)


def points(rule: Rule, tier: int, amount: int, multiplier: Fraction) -> int:
    rate = rule.rates[tier] if rule.table else rule.rates[0]
    if rule.per is None:
        raw = rate
    elif rule.round is Round.STEPS:
        raw = rate * (amount // rule.per)
    else:
        raw = rate * Fraction(amount, rule.per)
    raw *= multiplier
    how = rule.round if rule.per is not None else Round.NEAREST
    whole = floor(raw) if how is Round.DOWN else ceil(raw) if how is Round.UP else half_up(raw)
    return whole if rule.max_points is None else min(whole, rule.max_points)
