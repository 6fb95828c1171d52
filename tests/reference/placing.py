"""Which tier a customer is in, and what comes of a change: rewards, notifications, tiers given and taken by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tiercel.compiler.model.tree import Program, Reward, Tier, Vip

from .conditions import holds
from .customer import NONE, Customer, facts, facts_at, metrics
from .times import window_of_program, written

Effects = list[dict[str, Any]]


# --- what the conditions say -----------------------------------------------------------------------------


def is_excluded(customer: Customer, instant: Fraction) -> bool:
    """Whether the program takes no notice of a customer at that instant."""
    exclude = customer.program.exclude
    if exclude is None or exclude.customers is None:
        return False
    return holds(exclude.customers, facts_at(customer, instant))


def below(cap: int | None, tier: Tier) -> bool:
    return cap is None or tier.index <= cap


def highest(customer: Customer, now: dict[str, int], cap: int | None) -> int:
    """The highest tier whose `when` holds on the metrics `now`, and that is not above `cap`."""
    read = facts(customer, now)
    reached = [
        tier.index
        for tier in customer.program.tiers
        if not tier.invite_only and below(cap, tier) and holds(tier.when, read)
    ]
    return max(reached, default=NONE)


def retained(customer: Customer, then: dict[str, int], cap: int | None, secured: int) -> int:
    """The highest tier, at most the one secured, that the metrics of a closed window keep."""
    read = facts(customer, then)
    keeps = [
        tier.index
        for tier in customer.program.tiers
        if tier.index <= secured
        and below(cap, tier)
        and (tier.retain is not None or not tier.invite_only)
        and holds(tier.retain or tier.when, read)
    ]
    return max(keeps, default=NONE)


def decide_kept(customer: Customer, then: dict[str, int], cap: int | None, secured: int) -> int:
    """The tier that a closed window secures for the next one."""
    vip = ladder(customer)
    reached = highest(customer, then, cap)
    kept = max(reached, retained(customer, then, cap, secured)) if vip.lasts_next_window else NONE
    if vip.lapse_one_down:
        top = max(secured, reached)
        kept = max([kept, *(tier.index for tier in vip.tiers if tier.index < top and not tier.invite_only)])
    return kept


def ladder(customer: Customer) -> Vip:
    vip = customer.program.vip
    assert vip is not None
    return vip


# --- effects ---------------------------------------------------------------------------------------------


def tier_id(program: Program, tier: int) -> str | None:
    return None if tier == NONE else program.tiers[tier].id


def change(
    customer: Customer, to: int, cause: str, at: Fraction, effects: Effects, note: str | None = None
) -> None:
    """Move a customer, and say so."""
    effects.append(
        {
            "kind": "tier_changed",
            "customer": customer.key,
            "from": tier_id(customer.program, customer.tier),
            "to": tier_id(customer.program, to),
            "cause": cause,
            "note": note,
            "at": written(at, customer.program.timezone),
        }
    )
    customer.tier = to


def issue_rewards(customer: Customer, before: int, effects: Effects) -> None:
    """The entry rewards of a rise from `before` to the customer's tier."""
    vip, top = ladder(customer), customer.tier
    paid = max(before, customer.high)
    for tier in vip.tiers[: top + 1]:
        wanted = tier.index == top or (vip.skipped_tiers_all and not tier.invite_only)
        if wanted and tier.index > paid:
            for reward in tier.entry_rewards:
                effects.append(
                    {
                        "kind": "reward_issued",
                        "customer": customer.key,
                        "tier": tier.id,
                        "reward": stated(reward, customer.program),
                    }
                )
                customer.balance += reward.points or 0
    customer.high = max(customer.high, top)


def stated(reward: Reward, program: Program) -> dict[str, Any]:
    """A reward as effects state it."""
    out: dict[str, Any] = {"type": reward.type}
    if reward.amount is not None:
        out["amount"] = money(reward.amount, program)
    for key in ("percent", "product", "points", "name"):
        if getattr(reward, key) is not None:
            out[key] = getattr(reward, key)
    return out


def money(minor: int, program: Program) -> str:
    """Minor units as text with all of the currency's decimals."""
    decimals = program.currency.decimals
    digits = str(abs(minor)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return "-" + text if minor < 0 else text


def notify(customer: Customer, effects: Effects) -> None:
    if ladder(customer).notify:
        effects.append(
            {
                "kind": "notification",
                "customer": customer.key,
                "about": "tier_changed",
                "channel": "email",
                "to": customer.email,
            }
        )


# --- placing ---------------------------------------------------------------------------------------------


def place(
    customer: Customer,
    effects: Effects,
    fall: str = "disqualified",
    exclusion_at: Fraction | None = None,
    mail: bool = True,
) -> None:
    """Place a launched customer who is not excluded, at the clock; `fall` is the cause of a fall."""
    at = customer.clock
    if customer.program.vip is None or not customer.launched:
        return
    if is_excluded(customer, at if exclusion_at is None else exclusion_at):
        return
    target = max(customer.given, customer.kept, highest(customer, metrics(customer), customer.cap))
    before = customer.tier
    if target > before:
        change(customer, target, "qualified", at, effects)
        issue_rewards(customer, before, effects)
        if mail:
            notify(customer, effects)
    elif target < before:
        change(customer, target, fall, at, effects)
        if fall == "lapsed":
            customer.high = target


def give(customer: Customer, tier: int) -> None:
    """Give a tier by hand or import, up or level."""
    kind = window_of_program(customer.program)
    customer.given = tier
    if kind.closes:
        customer.given_until = customer.window + (1 if ladder(customer).lasts_next_window else 0)
    else:
        customer.given_until = None
    if customer.cap is not None:
        freed = tier >= highest(customer, metrics(customer), None)
        customer.cap = None if freed else max(customer.cap, tier)


def take_down(customer: Customer, tier: int) -> None:
    """Hold a customer down at a tier."""
    customer.given = min(customer.given, tier)
    if window_of_program(customer.program).closes:
        customer.kept = tier
    else:
        customer.given = tier
    customer.cap = tier
