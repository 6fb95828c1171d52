"""A customer's first event under another version of the program."""

from __future__ import annotations

from .compiled import Compiled
from .customer import Customer
from .effects import Effect
from .program import NO_TIER
from .tiers import give_held_import, reachable
from .values import attribute_values


class IncompatibleProgram(Exception):
    """The new version changes what stored metrics mean: currency, time zone or window."""


def check_compatible(old: Compiled, new: Compiled) -> None:
    """Raise `IncompatibleProgram` where customers of `old` cannot live under `new`."""
    for what, before, after in (
        ("currency", old.tables.currency, new.tables.currency),
        ("time zone", old.tables.timezone, new.tables.timezone),
        ("window", old.tables.window, new.tables.window),
    ):
        if before != after:
            raise IncompatibleProgram(
                f"incompatible-program: the {what} changed, and the state holds customers of the version before"
            )


def adopt(old: Compiled, new: Compiled, customer: Customer, effects: list[Effect]) -> None:
    """Bring the customer from one version to another, at the customer's clock."""
    before = old.tier_id(customer.tier)
    _translate(old, new, customer)
    customer.digest = new.digest
    customer.attributes = attribute_values(
        new.tables.attributes, customer.given_attributes, new.tables.decimals
    )
    launches = not customer.launched and new.tables.launches is None and new.is_launched(customer.clock)
    if launches:
        customer.launched = True
        give_held_import(new, customer)
    excluded = new.excludes(customer, customer.clock)
    if not customer.launched or (excluded and not launches):
        return
    # Who takes no part is launched with the held import alone, in a new version as at any launch.
    customer.tier = (
        customer.given if excluded else max(customer.given, customer.kept, reachable(new, customer))
    )
    customer.high = max(customer.high, customer.tier)
    if new.tier_id(customer.tier) != before:
        effects.append(new.tier_changed(customer, before, "program", customer.clock))


def _translate(old: Compiled, new: Compiled, customer: Customer) -> None:
    """Put the new ladder's indexes for the old one's; a tier that is gone becomes the nearest one below it."""
    there = [NO_TIER]
    for tier in old.tables.tiers:
        there.append(new.tier_of_id.get(tier.id, there[-1]))
    customer.tier = there[customer.tier + 1]
    customer.given = there[customer.given + 1]
    customer.kept = there[customer.kept + 1]
    customer.high = there[customer.high + 1]
    customer.pending_import = there[customer.pending_import + 1]
    customer.cap = None if customer.cap is None else there[customer.cap + 1]
    if customer.previous is not None:
        closed = customer.previous
        closed.secured = there[closed.secured + 1]
        closed.cap = None if closed.cap is None else there[closed.cap + 1]
