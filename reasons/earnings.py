"""What a rule that matches earns, step by step: amount, rate, exact value, campaign, rounding, cap."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

from ..compiler.analysis.evaluate import holds
from ..compiler.model.tree import Amount, Campaign, Program, Round, Rule
from ..runtime import Item, Order
from . import words
from .facts import item_values


def earned(
    rule: Rule, tier: int | None, order: Order, campaign: Campaign | None, program: Program
) -> dict[str, Any]:
    """The steps as JSON, exact values as decimal text (or as a fraction, `100/3`); `order` is net."""
    rate = rule.rates[tier if rule.table and tier is not None else 0]
    amount = None if rule.per is None else _amount(rule, order)
    base = rate if amount is None else rate * _times(rule, amount)
    raw = base * campaign.multiplier if campaign else base
    mode = rule.round if rule.per is not None else Round.NEAREST
    points, plain = (_capped(_rounded(exact, mode), rule) for exact in (raw, base))
    return {
        "rate": words.decimal(rate),
        "per": None if rule.per is None else words.money(rule.per, program.currency),
        "amount": None if amount is None else words.money(amount, program.currency),
        "amount_of": None if amount is None else _parts(rule, order, program),
        "exact": words.decimal(base),
        "campaign": campaign.id if campaign else None,
        "multiplier": words.decimal(campaign.multiplier) if campaign else None,
        "exact_with_campaign": words.decimal(raw),
        "round": mode.value,
        "rounded": _rounded(raw, mode),
        "max_points": rule.max_points,
        "points": points,
        "base": plain,
        "bonus": points - plain,
    }


def _amount(rule: Rule, order: Order) -> int:
    if rule.items is None:
        return max(
            0, sum(_signed(rule.amount, order.total, order.tax, order.shipping, order.discount).values())
        )
    lines = (_signed(rule.amount, item.total, item.tax, 0, item.discount) for item in _matching(rule, order))
    return max(0, sum(sum(line.values()) for line in lines))


def _matching(rule: Rule, order: Order) -> list[Item]:
    assert rule.items is not None
    return [item for item in order.items if holds(rule.items.term, item_values(item))]


def _signed(counted: Amount, total: int, tax: int, shipping: int, discount: int) -> dict[str, int]:
    """What the amount is made of, in minor units, parts that change nothing left out."""
    parts = {"total": total}
    if not counted.tax and tax:
        parts["tax"] = -tax
    if not counted.shipping and shipping:
        parts["shipping"] = -shipping
    if not counted.deduct_discounts and discount:
        parts["discount"] = discount
    return parts


def _parts(rule: Rule, order: Order, program: Program) -> str:
    """`total 65.00 - tax 2.50`, or how many items it is of."""
    if rule.items is not None:
        number = len(_matching(rule, order))
        return f"{number} matching item{'' if number == 1 else 's'} of {len(order.items)}"
    return parts_of(rule.amount, order, program)


def parts_of(counted: Amount, order: Order, program: Program) -> str:
    """What the money of a net order that counts is made of: `total 65.00 - tax 2.50`."""
    parts = _signed(counted, order.total, order.tax, order.shipping, order.discount)
    said = [
        f"{'-' if part < 0 else '+'} {name} {words.money(abs(part), program.currency)}"
        for name, part in parts.items()
    ]
    return " ".join(said).removeprefix("+ ")


def _times(rule: Rule, amount: int) -> Fraction:
    """How many times `per` goes into the amount; `steps`: whole times alone."""
    assert rule.per is not None
    times = Fraction(amount, rule.per)
    return Fraction(floor(times)) if rule.round is Round.STEPS else times


def _rounded(exact: Fraction, mode: Round) -> int:
    if mode is Round.DOWN:
        return floor(exact)
    if mode is Round.UP:
        return ceil(exact)
    return floor(exact + Fraction(1, 2))


def _capped(points: int, rule: Rule) -> int:
    return points if rule.max_points is None else min(points, rule.max_points)
