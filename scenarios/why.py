"""Why an expectation is not met: of what `tiercel evaluate` says about the orders concerned, the part that matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..compiler.model.words import money
from ..reasons.earnings import parts_of
from ..reasons.explained import exclusion_lines, rule_lines, tier_line
from ..reasons.explanation import explain, tiers_above
from ..reasons.held import held_line
from ..runtime import NO_TIER, Customer
from ..runtime.events import OrderPaid
from ..runtime.points import net_order, order_amount
from .matching import Wanted
from .outcomes import Happened
from .scene import Scene

MOST_ORDERS = 3


class Told(NamedTuple):
    """What happened: since the last expectation, and ever."""

    since: Sequence[Happened]
    ever: Sequence[Happened]


_POINTS = frozenset({"balance", "points_earned"})
_ORDERS = frozenset({"spend", "orders"})


def why_effects(wanted: Wanted, since: Sequence[Happened], scene: Scene, came: bool = False) -> Iterator[str]:
    """Of points: what the rule earned on each order. Of a tier or its reward: what members still need, or have met.

    `came` is whether it came about.
    """
    stated = {part.key: part.wanted for part in wanted.parts}
    if wanted.pattern.kind == "points_earned":
        yield from _earned(_orders(since, None, stated.get("order")), stated.get("rule"))
    tier = stated.get("to") or stated.get("tier")
    if wanted.pattern.kind in ("tier_changed", "reward_issued") and tier is not None:
        members = dict.fromkeys(str(h.event["customer"]) for h in since if "customer" in h.event)
        for who in members:
            if stated.get("customer", who) == who:
                yield from _tier(who, tier, scene, came)


def why_member(who: str, key: str, wanted: str, told: Told, scene: Scene) -> Iterator[str]:
    """Of the tier: what it still needs. Of points: what each order earned. Of spend and orders: what counts of each.

    Where the member paid no order since the last expectation, of those before.
    """
    orders = _orders(told.since, who, None) or _orders(told.ever, who, None)
    if key == "tier":
        yield from _tier(who, wanted, scene)
    elif key in _POINTS:
        yield from _earned(orders, None)
    elif key in _ORDERS:
        for order in orders:
            yield _headline(order)
            yield from exclusion_lines(_explained(order), order.version.model)
            yield from _counted(order)


def _counted(order: Happened) -> Iterator[str]:
    """Which money of an order that is not excluded counts into `spend`."""
    model, program = order.version.model, order.version.program
    paid = program.read(order.event)
    assert isinstance(paid, OrderPaid)
    net = net_order(program.tables, paid.order)
    if model.vip and net is not None and _explained(order)["excluded"] is None:
        amount = money(order_amount(program.tables.spend, net), model.currency)
        yield f"  spend  {amount} = {parts_of(model.vip.spend, net, model)}"


def _orders(since: Sequence[Happened], who: str | None, order: str | None) -> list[Happened]:
    """The paid orders that were applied, the last ones."""
    found = [
        happened
        for happened in since
        if happened.before is not None
        and happened.outcome["outcome"] == "applied"
        and who in (None, happened.event["customer"])
        and order in (None, happened.event["order"]["id"])
        and happened.before.digest == happened.version.program.digest
    ]
    return found[-MOST_ORDERS:]


def _earned(orders: Sequence[Happened], rule: str | None) -> Iterator[str]:
    for order in orders:
        explanation, model = _explained(order), order.version.model
        rules = {one.id: one for one in model.rules}
        said = [one for one in explanation["rules"] if rule in (None, one["rule"])]
        matched = [one for one in said if one["matched"]]
        yield _headline(order)
        yield from exclusion_lines(explanation, model)
        for one in matched or said:
            yield from (f"  {line}" for line in rule_lines(one, rules[one["rule"]], model))


def _explained(order: Happened) -> dict[str, Any]:
    assert order.before is not None
    return explain(order.version.model, order.version.program, order.before, order.event)


def _headline(order: Happened) -> str:
    return (
        f"order {order.event['order']['id']} of {order.event['order']['total']} by {order.event['customer']}:"
    )


def _tier(who: str, wanted: str, scene: Scene, reached: bool = False) -> Iterator[str]:
    """What keeps a member from a tier, or where the member is above it, or `reached` it, why that is so.

    Nothing where the tier takes an invitation.
    """
    member = scene.book.get(who)
    if member is None or member.digest != scene.program.digest:
        return
    model, days = scene.version.model, _days(member, scene)
    index = next((tier.index for tier in model.tiers if tier.id == wanted), NO_TIER)
    if member.tier > index or (reached and member.tier == index != NO_TIER):
        yield f"{who}: {held_line(model, scene.program, member, days)}"
    for tier in tiers_above(model, scene.program, member, days):
        if tier["tier"] == wanted:
            yield f"{who}: {tier_line(tier, model)}"


def _days(member: Customer, scene: Scene) -> int:
    return scene.program.day(member.clock) - member.joined_day
