"""One customer with one order, and what a version's rules earn on it: exactly, by the conditions as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..analysis.axioms import WHOLE_ORDER
from ..analysis.counted import ORDER, counted, whole
from ..analysis.earning import earning_of, points_of
from ..analysis.evaluate import Value, Values, holds
from ..analysis.space import item_scope
from ..model.condition import Term
from ..model.tree import Program, Rule
from ..node import Node, node
from .both import Side
from .points_times import AtWork

_OF_ITEMS = {"total": "total", "tax": "tax", "discount": "discount", "units": "quantity"}


@node
class Case(Node):
    """What is known of a customer and an order, by the names of conditions; the order as it was paid.

    Each of its items by the names `item.…`.
    """

    values: Mapping[str, Value]
    items: tuple[Mapping[str, Value], ...] = ()

    @property
    def without_order(self) -> Case:
        """The customer alone."""
        return Case({path: value for path, value in self.values.items() if not path.startswith(ORDER)})

    @property
    def is_valid(self) -> bool:
        """Whether there can be such an order: it covers its tax and shipping, and its items."""
        amounts = {part: whole(self.values, ORDER + part) for part in ("total", "tax", "discount")}
        sums = {part: sum(whole(item, f"item.{part}") for item in self.items) for part in amounts}
        covered = amounts["tax"] + whole(self.values, "order.shipping") <= amounts["total"]
        fits = all(whole(item, "item.tax") <= whole(item, "item.total") for item in self.items)
        return covered and fits and all(sums[part] <= amounts[part] for part in amounts)


def case_of(values: Values) -> Case | None:
    """The case that values describe, several items as `item2.…`, `item3.…`; none where it is not to be had.

    What the values leave open is as small as the rest allows.
    """
    if any(
        values.get(path.removeprefix(WHOLE_ORDER), v) != v for path, v in values.items() if _is_whole(path)
    ):
        return None
    scopes = {item_scope(path) for path in values}
    items = [_item(values, scope) for scope in sorted(filter(None, scopes))]
    own = {path: v for path, v in values.items() if not item_scope(path) and not _is_whole(path)}
    own |= {path.removeprefix(WHOLE_ORDER): v for path, v in values.items() if _is_whole(path)}
    units = sum(whole(item, "item.quantity") for item in items)
    if whole(own, "order.units") > units:
        items.append({"item.quantity": whole(own, "order.units") - units})
    elif "order.units" in own and whole(own, "order.units") < units:
        return None
    for part in ("tax", "discount"):
        own.setdefault(ORDER + part, sum(whole(item, f"item.{part}") for item in items))
    paid = max(
        sum(whole(item, "item.total") for item in items),
        whole(own, "order.tax") + whole(own, "order.shipping"),
    )
    own.setdefault("order.total", paid)
    found = Case(own, tuple(items))
    return found if found.is_valid else None


def _is_whole(path: str) -> bool:
    return path.startswith(WHOLE_ORDER)


def _item(values: Values, scope: str) -> dict[str, Value]:
    found = {"item." + p.partition(".")[2]: v for p, v in values.items() if item_scope(p) == scope}
    found.setdefault("item.quantity", 1)
    found.setdefault("item.total", whole(found, "item.tax"))
    return found


# --- what a version makes of it -------------------------------------------------------------------------------


def points_under(side: Side, at_work: AtWork, tier: int | None, case: Case) -> list[tuple[Rule, int]]:
    """The rules that match, each with the points that it earns, limits aside."""
    rules = [rule for rule in at_work.rules if rule.matches_tier(tier)]
    seen = _seen(side, case, any(rule.on_orders for rule in rules))
    if seen is None:
        return []
    return [
        (rule, points_of(earning_of(rule, tier or 0, at_work.multiplier), _amount(rule, seen)))
        for rule in rules
        if _matches(rule, seen)
    ]


def _seen(side: Side, case: Case, is_order: bool) -> Case | None:
    """The case as the version sees it, without excluded items; none where it takes no part."""
    program = side.program
    firsts = {f"customer.{a.name}": a.values[0] for a in program.attributes if a.values}
    paid = (
        firsts
        | side.values(case.values)
        | {"order.units": sum(whole(i, "item.quantity") for i in case.items)}
    )
    if any(holds(term, paid) for term in _excluding(program, is_order)):
        return None
    kept = tuple(item for item in case.items if not holds(program.items_excluded.term, {**paid, **item}))
    if case.items and not kept:
        return None
    taken = [item for item in case.items if item not in kept]
    left: dict[str, Value] = {
        ORDER + part: max(0, whole(paid, ORDER + part) - sum(whole(item, f"item.{own}") for item in taken))
        for part, own in _OF_ITEMS.items()
    }
    return Case(paid | left, kept)


def _excluding(program: Program, is_order: bool) -> Iterator[Term]:
    """The terms of which one that holds keeps the case out."""
    if program.exclude and program.exclude.customers:
        yield program.exclude.customers.term
    if program.exclude and program.exclude.orders and is_order:
        yield program.exclude.orders.term


def _matches(rule: Rule, seen: Case) -> bool:
    if rule.when and not holds(rule.when.term, seen.values):
        return False
    return rule.contains is None or any(holds(rule.contains.term, item) for item in seen.items)


def _amount(rule: Rule, seen: Case) -> int:
    if rule.per is None:
        return 0
    if rule.items is None:
        return max(0, counted(rule.amount, seen.values, ORDER))
    matching: Sequence[Values] = [item for item in seen.items if holds(rule.items.term, item)]
    return max(0, sum(counted(rule.amount, item, "item.") for item in matching))
