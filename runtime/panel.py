"""What a customer sees: tier, perks, points, how far the next tiers are, and how long the tier holds."""

from __future__ import annotations

from typing import Any

from .compiled import Compiled
from .customer import Customer
from .program import NO_TIER, Threshold, Tier
from .tiers import reachable
from .windows import first_of_window


def panel(program: Compiled, customer: Customer) -> dict[str, Any]:
    """The panel, ready for JSON, as of the last event handled.

    `tier` (id, name and perks, or null), `balance`, `tiers` lowest first, each with `id`, `name`, `perks`
    and, above the customer's own and where its condition is made of plain thresholds, `to_go`: what is missing
    per metric, and whether `all` of it or `any` one is needed. `holds_until`: the instant at which the tier can
    lapse at the earliest if nothing more happens, null where no window ends.
    """
    tables = program.tables
    return {
        "customer": customer.key,
        "tier": None if customer.tier == NO_TIER else _tier(tables.tiers[customer.tier]),
        "balance": customer.balance,
        "holds_until": _holds_until(program, customer),
        "tiers": [
            {**_tier(tier), **(_to_go(program, customer, tier) if index > customer.tier else {})}
            for index, tier in enumerate(tables.tiers)
        ],
    }


def _tier(tier: Tier) -> dict[str, Any]:
    return {"id": tier.id, "name": tier.name, "perks": list(tier.perks)}


def _to_go(program: Compiled, customer: Customer, tier: Tier) -> dict[str, Any]:
    if not tier.thresholds:
        return {}
    missing = [_missing(program, customer, threshold) for threshold in tier.thresholds]
    return {"needs": "any" if tier.any_threshold else "all", "to_go": missing}


def _missing(program: Compiled, customer: Customer, threshold: Threshold) -> dict[str, Any]:
    name = threshold.metric
    source = customer.lifetime if name.startswith("lifetime.") else customer
    missing = max(0, threshold.least - getattr(source, name.removeprefix("lifetime.")))
    text = name.removeprefix("lifetime.") == "spend"
    return {
        "metric": name,
        "least": program.money(threshold.least) if text else threshold.least,
        "missing": program.money(missing) if text else missing,
    }


def _holds_until(program: Compiled, customer: Customer) -> str | None:
    if not program.closes or customer.tier == NO_TIER:
        return None
    last = customer.window
    if program.tables.lasts_next_window and reachable(program, customer) >= customer.tier:
        last = customer.window + 1
    if customer.given >= customer.tier and customer.given_until is not None:
        last = max(last, customer.given_until)
    ends = first_of_window(program.tables.window, last + 1, customer.joined_day, program.tz)
    return program.local(ends)
