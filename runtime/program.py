"""The static side of a program at run time: the tables that an emitted module fills in.

An emitted module holds decisions only: these tables, each with the source line that it comes from, and one
function per condition. What happens to customers is in the other modules of this package, the same for every
program. Money is whole minor units, instants are nanoseconds since 1970-01-01T00:00Z, tiers are indexes
(0 lowest, -1 none), rates are (numerator, denominator) in lowest terms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from .facts import Item, Member, Order

NO_TIER = -1

# Of a member, with the highest tier that may come out: the highest tier whose condition holds, or NO_TIER.
TierDecision = Callable[[Member, int], int]
# Of a member, an order (an empty one for activities) and the days since joining.
RuleCondition = Callable[[Member, Order, int], bool]
MemberCondition = Callable[[Member, int], bool]
ItemCondition = Callable[[Item], bool]
OrderItemCondition = Callable[[Item, Order], bool]

Rate = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Amount:
    """Which money counts: tax and shipping, or without; discounts deducted, or added back."""

    tax: bool = True
    shipping: bool = True
    deduct_discounts: bool = True


@dataclass(frozen=True, slots=True)
class Threshold:
    """`metric >= least`, a plain condition of a tier; `metric` is `spend`, `lifetime.orders` and the like."""

    metric: str
    least: int


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier. `rewards` are in the shape of the `reward_issued` effect.

    `thresholds` are those of a `when` that has nothing else, all of them needed, or with `any_threshold` one;
    empty where `when` is of another kind, or is not stated.
    """

    id: str
    name: str
    line: int
    invite_only: bool = False
    rewards: tuple[dict[str, Any], ...] = ()
    perks: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    any_threshold: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` uses: less than `days` local days apart, in one calendar year, or (neither) ever."""

    times: int
    days: int | None = None
    per_calendar_year: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """An active earning rule. A rule that is not active is not in the tables.

    `rates` has one rate, or one per tier where `table`. `per` is minor units, none where points are fixed.
    `include` is the one tier that matches, none for all; `exclude` are tiers that do not.
    """

    id: str
    line: int
    activity: str
    rates: tuple[Rate, ...]
    table: bool = False
    per: int | None = None
    round: Literal["nearest", "down", "up", "steps"] = "nearest"
    amount: Amount = Amount()
    items: ItemCondition | None = None
    contains: ItemCondition | None = None
    include: int | None = None
    exclude: tuple[int, ...] = ()
    when: RuleCondition | None = None
    starts: int | None = None
    ends: int | None = None
    max_points: int | None = None
    limit: Limit | None = None
    qualifies: bool = True


@dataclass(frozen=True, slots=True)
class Campaign:
    """A bonus campaign: multiplies what order rules earn from `starts` to `ends`, half-open."""

    id: str
    line: int
    multiplier: Rate
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Window:
    """Over what time metrics are counted: `kind`, the first (`month`, `day`) of a calendar year, rolling `days`."""

    kind: Literal["lifetime", "calendar_year", "anniversary", "rolling"] = "lifetime"
    month: int = 1
    day: int = 1
    days: int = 0


@dataclass(frozen=True, slots=True)
class Attribute:
    """A declared customer attribute; `values` are those of a `one_of`."""

    name: str
    type: Literal["boolean", "integer", "decimal", "money", "text", "date", "one_of"]
    values: tuple[str, ...] = ()


def no_tier(_member: Member, _cap: int) -> int:
    """The tier decision of a program without tiers, and the retaining one of a program without `retain`."""
    return NO_TIER


def never_item(_item: Item, _order: Order) -> bool:
    """The item exclusion of a program that excludes none."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Everything that a program decides, as an emitted module states it.

    `highest_tier` is over each tier's `when` (invite-only tiers aside), `retained_tier` over the tiers that
    state a `retain`. `reads` are the names that conditions of `exclude` and of rules read, sorted: the values
    that an order remembers, for its refunds. `needs_items`: whether an order without `items` is invalid.
    """

    digest: str
    name: str
    currency: str
    decimals: int
    timezone: str = "UTC"
    points: tuple[str, str] = ("point", "points")
    platform: str | None = None
    attributes: tuple[Attribute, ...] = ()
    vip: bool = False
    launches: int | None = None
    not_yet: bool = False
    window: Window = Window()
    lasts_next_window: bool = True
    lapse_one_down: bool = False
    count_refunds: bool = True
    skipped_tiers_all: bool = True
    spend: Amount = Amount()
    notify: bool = False
    tiers: tuple[Tier, ...] = ()
    highest_tier: TierDecision = no_tier
    retained_tier: TierDecision = no_tier
    rules: tuple[Rule, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    excludes_customer: MemberCondition | None = None
    excludes_order: RuleCondition | None = None
    excludes_item: OrderItemCondition = never_item
    needs_items: bool = False
    reads: tuple[str, ...] = ()
    source: str = field(default="", compare=False)
