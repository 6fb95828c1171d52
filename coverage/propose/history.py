"""Brings a member to metrics that are asked for, by as few and as round orders and activities as will do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ...compiler.analysis.evaluate import Values
from ...compiler.analysis.round_numbers import roundest
from ...compiler.model.tree import Rule
from ...reasons.facts import member_values
from ...runtime import Customer
from .orders import PLAIN, plain_order
from .scalars import plain
from .stage import Stage, Unplayable

METRICS = ("spend", "orders", "points_earned")
MOST_ORDERS = 60
MOST_TIMES = 24
FAR = 10**12


def earn(stage: Stage, spend: int | None, orders: int | None, points: int | None) -> None:
    """Add so much to the metrics of the window, from what they are now; none: whatever it takes.

    Raises `Unplayable` where it is not found how.
    """
    goal = None if points is None else _points(stage) + points
    for total in _totals(spend, orders):
        order(stage, total)
    if goal is not None:
        _earn_points(stage, goal, spend is None and orders is None)


def order(stage: Stage, total: int) -> None:
    """A plain order that counts."""
    member = stage.member
    values: Values = {} if member is None else member_values(member, 0)
    needs_items = stage.setting.program.tables.needs_items
    stage.orders(plain_order(stage.setting.model, total, needs_items, values))


def _totals(spend: int | None, orders: int | None) -> list[int]:
    """The totals of orders that together are so many and so much."""
    if spend is None:
        return _enough([PLAIN] * (orders or 0))
    if orders is None:
        return [spend] if spend else []
    if orders > spend or (spend and not orders):
        raise Unplayable("no orders come to that")
    return _enough(_shares(spend, orders))


def _shares(spend: int, orders: int) -> list[int]:
    """As many shares, all but the last one alike and round."""
    if not orders:
        return []
    each = spend // orders
    rounded = each - each % 100 if each > 1_000 else each
    share = rounded if rounded else max(each, 1)
    return [share] * (orders - 1) + [spend - share * (orders - 1)]


def _enough(totals: list[int]) -> list[int]:
    if len(totals) > MOST_ORDERS:
        raise Unplayable("too many orders")
    return totals


# --- points -------------------------------------------------------------------------------------------------


def _points(stage: Stage) -> int:
    return 0 if stage.member is None else stage.member.points_earned


def _earn_points(stage: Stage, goal: int, by_orders: bool) -> None:
    """Activities, and an order where there may be one, that bring the points earned to the goal."""
    missing = goal - _points(stage)
    if missing == 0:
        return
    if missing < 0:
        raise Unplayable("more points were earned than that")
    if by_orders and _by_orders(stage, goal):
        return
    for times in _mixtures(stage, missing, by_orders):
        for activity, count in times:
            for _ in range(count):
                stage.does(activity)
        if _points(stage) == goal or (by_orders and _by_orders(stage, goal)):
            return
        raise Unplayable("the points do not come out even")
    raise Unplayable("no activities come to that")


def _by_orders(stage: Stage, goal: int) -> bool:
    """Orders as large as can be, and a last one that makes the points come out; false, and none, if that fails."""
    totals: list[int] = []
    trial = Trial(stage)
    for _ in range(MOST_ORDERS):
        found = trial.total_for(goal)
        if found is not None:
            for total in [*totals, found]:
                order(stage, total)
            return True
        largest = trial.largest_below(goal)
        if largest is None:
            return False
        totals.append(largest)
        trial.pay(largest)
    return False


class Trial:
    """What orders would earn, tried on a copy of the member."""

    def __init__(self, stage: Stage) -> None:
        assert stage.member is not None
        self._stage = stage
        self._program = stage.setting.program
        self._member = stage.member.copy()
        self._paid = 0
        self._latest = 0
        self._known: dict[int, int] = {}

    def pay(self, total: int) -> None:
        """An order of so much is paid."""
        self._member = self._after(total)
        self._paid += 1
        self._latest = total
        self._known = {}

    def points(self, total: int) -> int:
        """The points earned in the window after an order of so much."""
        if total not in self._known:
            self._known[total] = self._after(total).points_earned if total else self._member.points_earned
        return self._known[total]

    def _after(self, total: int) -> Customer:
        values = member_values(self._member, 0)
        model, needs = self._stage.setting.model, self._program.tables.needs_items
        body = {"id": f"trial-{self._paid}", **plain_order(model, total, needs, values)}
        at = self._program.local(self._stage.clock)
        event = {"id": f"t{self._paid}", "type": "order.paid", "at": at, "customer": self._member.key}
        after, _ = self._program.step(self._member, plain(event | {"order": body}))
        assert after is not None
        return after

    def total_for(self, goal: int) -> int | None:
        """A round total that makes the points exactly the goal; none where none does, or none is known to."""
        if self._paid and self.points(FAR) < goal:
            return None
        first = self._first(goal)
        if first is None or self.points(first) != goal:
            return None
        beyond = self._first(goal + 1, first)
        return roundest(first, None if beyond is None else beyond - 1)

    def largest_below(self, goal: int) -> int | None:
        """The least total that earns as much as one order can without passing the goal, where that is anything."""
        most = self.points(FAR)
        if most >= goal or most <= self._member.points_earned:
            return None
        latest = self._latest  # mostly it does again, and to try that is much less than to search
        if latest and self.points(latest) == most > self.points(latest - 1):
            return latest
        return self._first(most)

    def _first(self, least: int, low: int = 0) -> int | None:
        """The least total above `low` that makes the points as many, taken that larger orders earn no less."""
        step = 1
        while self.points(low + step) < least:
            if low + step >= FAR:
                return None
            low, step = low + step, 2 * step
        high = low + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.points(middle) >= least else (middle, high)
        return high


def _mixtures(stage: Stage, missing: int, by_orders: bool) -> Iterator[list[tuple[str, int]]]:
    """How often to do which activities so that they earn what is missing, or leave a little to an order."""
    fixed = [(rule.activity, int(rule.rates[0])) for rule in _activity_rules(stage)][:3]
    if not fixed:
        return
    ranges = [range(min(missing // points, MOST_TIMES) + 1) for _, points in fixed]
    found = sorted(product(*ranges), key=lambda counts: (sum(counts), counts))
    for counts in found:
        earned = sum(count * points for count, (_, points) in zip(counts, fixed, strict=True))
        if earned == missing or (by_orders and 0 < earned < missing and _order_fits(stage, missing - earned)):
            yield [(activity, count) for count, (activity, _) in zip(counts, fixed, strict=True) if count]


def _order_fits(stage: Stage, points: int) -> bool:
    return Trial(stage).total_for(_points(stage) + points) is not None


def _activity_rules(stage: Stage) -> list[Rule]:
    """The rules that earn points that count on something a member does, for everyone."""
    return [
        rule
        for rule in stage.setting.model.rules
        if rule.active and rule.qualifies and not rule.on_orders and rule.activity != "signup"
        and not rule.table and rule.when is None and rule.include is None and not rule.exclude
    ]  # fmt: skip
