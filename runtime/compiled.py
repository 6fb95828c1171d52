"""A program's tables with what follows from them worked out once: what every transition looks up."""

from __future__ import annotations

import unicodedata
from datetime import tzinfo

from .customer import Customer
from .effects import Cause, TierChanged
from .instants import format_instant, local_day, zone
from .money import money_text
from .program import NO_TIER, Rule, Tables
from .windows import closes, first_of_window, window_of


class Compiled:
    """Tables and their derived look-ups. Nothing here changes after it was made."""

    __slots__ = (
        "activity_rules",
        "closes",
        "digest",
        "order_rules",
        "reads_days",
        "remembers",
        "rolling_days",
        "tables",
        "tier_of_id",
        "tier_of_name",
        "top",
        "tz",
    )

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.digest = tables.digest
        self.tz: tzinfo = zone(tables.timezone)
        self.order_rules = tuple([rule for rule in tables.rules if rule.activity == "order"])
        self.activity_rules: dict[str, list[Rule]] = {}
        for rule in tables.rules:
            self.activity_rules.setdefault(rule.activity, []).append(rule)
        self.tier_of_id = {tier.id: index for index, tier in enumerate(tables.tiers)}
        self.tier_of_name = {
            unicodedata.normalize("NFC", tier.name): index for index, tier in enumerate(tables.tiers)
        }
        self.top = len(tables.tiers) - 1
        self.closes = closes(tables.window)
        self.rolling_days = tables.window.days if tables.window.kind == "rolling" else 0
        self.reads_days = "customer.days_since_joined" in tables.reads
        # Whether an order has to remember the customer as its conditions read one.
        self.remembers = any(not name.startswith(("order.", "item.")) for name in tables.reads)

    def day(self, instant: int) -> int:
        """The local calendar day of an instant."""
        return local_day(instant, self.tz)

    def window_at(self, customer: Customer, instant: int) -> int:
        """The index of the window that holds an instant."""
        return window_of(self.tables.window, instant, customer.joined_day, self.tz)

    def window_end(self, customer: Customer) -> int:
        """The first instant after the customer's current window (calendar and anniversary windows)."""
        if customer.window_ends is None:
            customer.window_ends = first_of_window(
                self.tables.window, customer.window + 1, customer.joined_day, self.tz
            )
        return customer.window_ends

    def days_since_joined(self, customer: Customer, instant: int) -> int:
        """Local calendar days from joining to the instant's day; 0 where no condition asks."""
        return self.day(instant) - customer.joined_day if self.reads_days else 0

    def excludes(self, customer: Customer, instant: int) -> bool:
        """Whether the customer takes no part, as of an instant."""
        excluded = self.tables.excludes_customer
        return excluded is not None and excluded(customer, self.days_since_joined(customer, instant))

    def is_launched(self, now: int) -> bool:
        """Whether tiers are at work at an instant."""
        tables = self.tables
        if not tables.vip or tables.not_yet:
            return False
        return tables.launches is None or now >= tables.launches

    def tier_id(self, tier: int) -> str | None:
        """A tier's id; none for no tier."""
        return None if tier == NO_TIER else self.tables.tiers[tier].id

    def local(self, instant: int) -> str:
        """An instant in the program's time zone, with offset."""
        return format_instant(instant, self.tz)

    def money(self, amount: int) -> str:
        """Minor units as text with all of the currency's decimals."""
        return money_text(amount, self.tables.decimals)

    def tier_changed(
        self, customer: Customer, before: str | None, cause: Cause, at: int, note: str | None = None
    ) -> TierChanged:
        """The effect of a move from the tier `before` (an id) to the customer's present one."""
        effect: TierChanged = {
            "kind": "tier_changed",
            "customer": customer.key,
            "from": before,
            "to": self.tier_id(customer.tier),
            "cause": cause,
            "note": note,
            "at": self.local(at),
        }
        return effect
