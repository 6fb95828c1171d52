"""What a program file means: every name resolved, every default filled in, money in minor units.

Nodes compare by meaning; `node`, the mapping that declared them, gives the places of their keys and values.
Instants are whole nanoseconds since 1970-01-01T00:00Z. Tiers are referred to by their index, 0 lowest.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from fractions import Fraction

from ..node import Node, node
from ..source import SourceFile, Span
from ..syntax.tree import Document, Mapping
from .condition import Condition, Type

Instant = int


@node
class Declared(Node):
    """What a mapping of the file declared."""

    node: Mapping = field(compare=False, repr=False)

    @property
    def span(self) -> Span:
        """The whole declaration."""
        return self.node.span

    def states(self, key: str) -> bool:
        """Whether the file gives the key, rather than leaving it to its default."""
        return self.node.get(key) is not None

    def span_of(self, key: str) -> Span:
        """The value under `key`; where the file does not give it, the whole declaration."""
        value = self.node.get(key)
        return self.node.span if value is None else value.span


@node
class Moment(Node):
    """A moment as written, and the instant that it means there: a bare date as an end means the next day's start."""

    instant: Instant
    text: str
    bare: bool
    span: Span = field(compare=False, repr=False)


@node
class Currency(Node):
    """An ISO 4217 currency and its number of decimals."""

    code: str
    decimals: int


@node
class Hosted(Declared):
    """Where the program has to run: `shopify`, `bigcommerce` or `wix`, and on which plan."""

    platform: str
    plan: str


@node
class Attribute(Node):
    """A declared customer attribute; `values` are those of a `one_of`. `span` is its name, `type_span` its type."""

    name: str
    type: Type
    values: tuple[str, ...]
    span: Span = field(compare=False, repr=False)
    type_span: Span = field(compare=False, repr=False)


@node
class Exclude(Declared):
    """What takes no part; `items` is none where the file does not state it (see `Program.items_excluded`)."""

    customers: Condition | None
    orders: Condition | None
    items: Condition | None


@node
class Amount(Node):
    """Which money counts: tax and shipping included or not, discounts deducted or ignored (added back)."""

    tax: bool = True
    shipping: bool = True
    deduct_discounts: bool = True


class WindowKind(Enum):
    """Over what time metrics are counted."""

    LIFETIME = "lifetime"
    CALENDAR_YEAR = "calendar_year"
    ANNIVERSARY = "anniversary"
    ROLLING = "rolling"


@node
class Window(Node):
    """`starts` is the (month, day) of a calendar year; `days` the length of a rolling window, else 0."""

    kind: WindowKind
    starts: tuple[int, int] = (1, 1)
    days: int = 0

    @property
    def closes(self) -> bool:
        """Whether windows of this kind end: only then tiers lapse and are retained."""
        return self.kind in (WindowKind.CALENDAR_YEAR, WindowKind.ANNIVERSARY)


@node
class Reward(Declared):
    """An entry reward; of the last four fields the one that its type needs is not none.

    `amount` is minor units, `percent` decimal text as written (trailing zeros dropped).
    """

    type: str
    name: str | None
    amount: int | None = None
    percent: str | None = None
    product: str | None = None
    points: int | None = None


@node
class Tier(Declared):
    """A tier. `when` is none for a first tier without a condition and for invite-only tiers.

    `retain` is none where the file does not state it; then `when` stands for it.
    """

    index: int
    id: str
    name: str
    when: Condition | None
    retain: Condition | None
    invite_only: bool
    entry_rewards: tuple[Reward, ...]
    perks: tuple[str, ...]

    @property
    def for_everyone(self) -> bool:
        """Whether everyone qualifies: a first tier that states no condition."""
        return self.when is None and not self.invite_only


@node
class Vip(Declared):
    """The VIP tiers. `launches` is none for a program that always was; `not_yet` for one without a date."""

    launches: Moment | None
    not_yet: bool
    window: Window
    lasts_next_window: bool
    lapse_one_down: bool
    count_refunds: bool
    skipped_tiers_all: bool
    spend: Amount
    notify: bool
    tiers: tuple[Tier, ...]


class Round(Enum):
    """How a rule's points become whole."""

    NEAREST = "nearest"
    DOWN = "down"
    UP = "up"
    STEPS = "steps"


@node
class Limit(Node):
    """At most `times` uses: less than `days` days apart, in one calendar year, or (neither) ever."""

    times: int
    days: int | None = None
    per_calendar_year: bool = False


@node
class Rule(Declared):
    """An earning rule.

    `rates` holds one rate for everyone it matches, or with `table` one per tier. `per` is minor units, none
    where points are fixed (once per order, or an activity). `include` and `exclude` are tier indexes.
    """

    index: int
    id: str
    activity: str
    table: bool
    rates: tuple[Fraction, ...]
    per: int | None
    round: Round
    amount: Amount
    items: Condition | None
    contains: Condition | None
    include: int | None
    exclude: tuple[int, ...]
    when: Condition | None
    active: bool
    starts: Moment | None
    ends: Moment | None
    max_points: int | None
    limit: Limit | None
    qualifies: bool

    @property
    def on_orders(self) -> bool:
        """Whether the rule earns on orders rather than on an activity."""
        return self.activity == "order"

    def matches_tier(self, tier: int | None) -> bool:
        """Whether a customer in that tier (none: in no tier) can match, by `tiers` and `points` alone."""
        if self.table:
            return tier is not None
        if self.include is not None:
            return tier == self.include
        return tier not in self.exclude


@node
class Campaign(Declared):
    """A bonus campaign from `starts` to `ends`, half-open."""

    index: int
    id: str
    multiplier: Fraction
    starts: Moment
    ends: Moment


@node
class Program(Declared):
    """A whole program. `points` is what a point is called, one and many."""

    source: SourceFile = field(compare=False, repr=False)
    document: Document = field(compare=False, repr=False)
    name: str
    currency: Currency
    timezone: str
    points: tuple[str, str]
    hosted: Hosted | None
    attributes: tuple[Attribute, ...]
    exclude: Exclude | None
    items_excluded: Condition
    vip: Vip | None
    rules: tuple[Rule, ...]
    campaigns: tuple[Campaign, ...]

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers, lowest first; none without `vip`."""
        return self.vip.tiers if self.vip else ()

    @property
    def order_rules(self) -> tuple[Rule, ...]:
        """The rules on orders that are active, in file order."""
        return tuple(r for r in self.rules if r.on_orders and r.active)

    @property
    def spend(self) -> Amount:
        """What counts as spend."""
        return self.vip.spend if self.vip else Amount()
