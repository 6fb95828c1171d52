"""Moving tiers by hand and by import."""

from __future__ import annotations

import unicodedata

from .compiled import Compiled
from .customer import Customer
from .effects import Effect, Rejected
from .events import TierSet
from .tiers import give, issue_rewards, notify


def check_moves_offered(program: Compiled) -> None:
    """Raise `Rejected` where the program has no tiers, or runs where tiers are not moved by hand."""
    if not program.tables.vip:
        raise Rejected("no-tiers", "the program has no VIP tiers")
    if program.tables.platform == "wix":
        raise Rejected("not-on-this-platform", "tiers are not moved by hand or import on wix")


def check_tier_set(program: Compiled, customer: Customer, event: TierSet) -> None:
    """Raise `Rejected` where the move cannot be made."""
    check_moves_offered(program)
    now = max(customer.clock, event.at)
    if not (customer.launched or program.is_launched(now)):
        raise Rejected("not-launched", "the VIP tiers are not launched yet")
    if event.tier not in program.tier_of_id:
        raise Rejected("unknown-tier", f"the program has no tier `{event.tier}`")


def set_tier(program: Compiled, customer: Customer, event: TierSet, effects: list[Effect]) -> None:
    """Move the customer by hand, up or down; the same tier again only makes it hold."""
    tier = program.tier_of_id[event.tier]
    before = customer.tier
    if tier < before:
        _hold_down(program, customer, tier)
    else:
        give(program, customer, tier)
    if tier == before:
        return
    customer.tier = tier
    effects.append(
        program.tier_changed(customer, program.tier_id(before), "manual", customer.clock, event.note)
    )
    if tier > before:
        issue_rewards(program, customer, before, effects)
    notify(program, customer, effects)


def _hold_down(program: Compiled, customer: Customer, tier: int) -> None:
    customer.cap = tier
    if program.closes:
        customer.given = min(customer.given, tier)
        customer.kept = tier
    else:
        customer.given, customer.given_until = tier, None


def import_row(
    program: Compiled, customer: Customer, email: str, tier_name: str, effects: list[Effect]
) -> None:
    """One row for a member who has been brought to the import's instant: exactly one effect."""
    tier = program.tier_of_name.get(unicodedata.normalize("NFC", tier_name))
    if tier is None:
        effects.append(skipped(email, tier_name, "unknown-tier"))
    elif not customer.launched:
        customer.pending_import = max(customer.pending_import, tier)
        effects.append({"kind": "import_held", "email": email, "vip_tier": tier_name})
    elif tier <= customer.tier:
        effects.append(skipped(email, tier_name, "not-higher"))
    else:
        before = customer.tier
        give(program, customer, tier)
        customer.tier = tier
        customer.high = max(customer.high, tier)
        effects.append(program.tier_changed(customer, program.tier_id(before), "import", customer.clock))


def skipped(email: str, tier_name: str, reason: str) -> Effect:
    """The effect of a row that changes nothing."""
    return {"kind": "import_skipped", "email": email, "vip_tier": tier_name, "reason": reason}
