"""A customer's state, and what is kept of each order. Tiers are indexes into the ladder of `digest`'s program."""

from __future__ import annotations

from typing import Any

from .facts import Member, Metrics, Order
from .program import NO_TIER


class Use:
    """Where a rule with a limit got points: the local day, and the order's or the event's id."""

    __slots__ = ("day", "event", "order")

    def __init__(self, day: int, order: str | None, event: str | None) -> None:
        self.day = day
        self.order = order
        self.event = event


class Closed:
    """The window closed last: its metrics, the cap in it (none: no cap), and the tier that was secured in it."""

    __slots__ = ("cap", "metrics", "secured")

    def __init__(self, metrics: Metrics, cap: int | None, secured: int) -> None:
        self.metrics = metrics
        self.cap = cap
        self.secured = secured

    def copy(self) -> Closed:
        """An independent copy."""
        m = self.metrics
        return Closed(Metrics(m.spend, m.orders, m.points_earned), self.cap, self.secured)


class Record:
    """What is kept of an order. Frozen once made: a refund puts another in its place.

    `order` is net of refunds so far. `member` is the customer as the evaluation read one, none where the
    program's conditions read nothing. `spend` (minor units), `counted` (0 or 1) and `points` (rule id to
    points) are what is credited now. `digest` names the program that evaluated the order.
    """

    __slots__ = ("at", "counted", "digest", "excluded", "member", "order", "points", "spend", "tier")

    def __init__(
        self,
        order: Order,
        at: int,
        tier: int,
        member: Member | None,
        spend: int,
        counted: int,
        points: dict[str, int],
        digest: str,
        excluded: bool,
    ) -> None:
        self.order = order
        self.at = at
        self.tier = tier
        self.member = member
        self.spend = spend
        self.counted = counted
        self.points = points
        self.digest = digest
        self.excluded = excluded


class DaySums(Metrics):
    """The metrics of one local day, for rolling windows."""

    __slots__ = ("day",)

    def __init__(self, day: int, spend: int = 0, orders: int = 0, points_earned: int = 0) -> None:
        super().__init__(spend, orders, points_earned)
        self.day = day


class Customer(Member):
    """A member of the program.

    `key` and `email` as given; `joined_at` and `clock` (the latest instant handled) are instants; `given`,
    `kept`, `high` and `pending_import` are tiers; `given_until` is the last window in which `given` holds,
    none for ever; `cap` is the highest tier that metrics can reach in this window, none for no cap. `window`
    is the current window's index, whose metrics are `spend`, `orders` and `points_earned`. `given_attributes`
    are the attributes as they were given; `attributes` what this program's conditions read of them.
    """

    __slots__ = (
        "balance",
        "cap",
        "clock",
        "days",
        "digest",
        "email",
        "given",
        "given_attributes",
        "given_until",
        "high",
        "joined_at",
        "joined_day",
        "kept",
        "key",
        "launched",
        "pending_import",
        "previous",
        "records",
        "uses",
        "window",
        "window_ends",
    )

    def __init__(
        self, key: str, email: str, joined_at: int, joined_day: int, joined: str, digest: str
    ) -> None:
        self.key = key
        self.email = email
        self.joined_at = joined_at
        self.joined_day = joined_day
        self.joined = joined
        self.digest = digest
        self.clock = joined_at
        self.attributes: dict[str, Any] = {}
        self.given_attributes: dict[str, Any] = {}
        self.tags: frozenset[str] = frozenset()
        self.country = ""
        self.tier = NO_TIER
        self.given = NO_TIER
        self.given_until: int | None = None
        self.kept = NO_TIER
        self.cap: int | None = None
        self.high = NO_TIER
        self.pending_import = NO_TIER
        self.launched = False
        self.window = 0
        # When the current window ends; worked out when it is first needed, and not part of the state.
        self.window_ends: int | None = None
        self.spend = 0
        self.orders = 0
        self.points_earned = 0
        self.days: list[DaySums] = []
        self.previous: Closed | None = None
        self.lifetime = Metrics()
        self.balance = 0
        self.uses: dict[str, list[Use]] = {}
        self.records: dict[str, Record] = {}

    def copy(self) -> Customer:
        """An independent copy: no step on one shows in the other."""
        other = self.without_orders()
        other.records = self.records.copy()
        return other

    def without_orders(self) -> Customer:
        """An independent copy but for the records of orders, which evaluating a new order does not read."""
        # Spelt out, since this runs at every step and a loop over the slots takes three times as long.
        other = Customer.__new__(Customer)
        other.attributes = self.attributes
        other.country = self.country
        other.joined = self.joined
        other.orders = self.orders
        other.points_earned = self.points_earned
        other.spend = self.spend
        other.tags = self.tags
        other.tier = self.tier
        other.balance = self.balance
        other.cap = self.cap
        other.clock = self.clock
        other.digest = self.digest
        other.email = self.email
        other.given = self.given
        other.given_attributes = self.given_attributes
        other.given_until = self.given_until
        other.high = self.high
        other.joined_at = self.joined_at
        other.joined_day = self.joined_day
        other.kept = self.kept
        other.key = self.key
        other.launched = self.launched
        other.pending_import = self.pending_import
        other.window = self.window
        other.window_ends = self.window_ends
        other.days = [DaySums(d.day, d.spend, d.orders, d.points_earned) for d in self.days]
        other.previous = None if self.previous is None else self.previous.copy()
        other.uses = {rule: uses.copy() for rule, uses in self.uses.items()} if self.uses else {}
        life = self.lifetime
        other.lifetime = Metrics(life.spend, life.orders, life.points_earned)
        other.records = {}
        return other


def snapshot(customer: Customer, spend: int, orders: int, points_earned: int, lifetime: Metrics) -> Member:
    """The customer as conditions see one, with the metrics that are given."""
    member = Member()
    member.attributes = customer.attributes
    member.country = customer.country
    member.joined = customer.joined
    member.lifetime = lifetime
    member.orders = orders
    member.points_earned = points_earned
    member.spend = spend
    member.tags = customer.tags
    member.tier = customer.tier
    return member
