"""What always holds between names: each can be at least something that others say.

Metrics over the window are part of those since joining, spending takes an order, and an order's total covers its
tax and shipping and its items. Every axiom bounds a name from below by names that come before it in `rank`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..model.condition import Reference, Type
from ..source import Span
from .evaluate import Value

METRICS = {"spend": Type.MONEY, "orders": Type.INTEGER, "points_earned": Type.INTEGER}
PREVIOUS = "previous."  # metrics of the window before this one, which conditions cannot read
LIFETIME = "lifetime."
WINDOWS = ("", PREVIOUS)

_ORDER = {
    "tax": Type.MONEY,
    "shipping": Type.MONEY,
    "discount": Type.MONEY,
    "units": Type.INTEGER,
    "total": Type.MONEY,
}
_ITEM = {"tax": Type.MONEY, "discount": Type.MONEY, "quantity": Type.INTEGER, "total": Type.MONEY}
_SUMS = {"tax": "tax", "discount": "discount", "units": "quantity", "total": "total"}
_NOWHERE = Span(0, 0)


def item_scope(path: str) -> str | None:
    """`item` or `item2` of `item.total` or `item2.total`: several items of an order are told apart by number."""
    scope, dot, _ = path.partition(".")
    return scope if dot and scope.startswith("item") else None


def related(paths: Iterable[str]) -> list[Reference]:
    """The names to which the axioms relate the given ones, theirs included."""
    paths = list(paths)
    found: dict[str, Type] = {}
    scopes = {scope for path in paths if (scope := metric_scope(path)) is not None}
    for scope in {"", LIFETIME, *scopes} if scopes else ():
        found |= {scope + metric: kind for metric, kind in METRICS.items()}
    items = {scope for path in paths if (scope := item_scope(path))}
    for scope in items:
        found |= {f"{scope}.{part}": kind for part, kind in _ITEM.items()}
    if items or any(path.startswith("order.") for path in paths):
        found |= {f"order.{part}": kind for part, kind in _ORDER.items()}
    return [Reference(path, kind, _NOWHERE) for path, kind in found.items()]


def metric_scope(path: str) -> str | None:
    """ "", `previous.` or `lifetime.` of a metric's path; none of another name's."""
    scope = next((s for s in (PREVIOUS, LIFETIME) if path.startswith(s)), "")
    return scope if path.removeprefix(scope) in METRICS else None


def rank(path: str) -> int:
    """Names are valued by rank: an axiom bounds a name by names of lower rank."""
    if path in ("order.total", LIFETIME + "orders"):
        return 2
    scope, _, part = path.rpartition(".")
    if part == "orders" or scope in ("order", "lifetime"):
        return 1
    return 1 if item_scope(path) and part == "total" else 0


def least(path: str, values: Mapping[str, Value], items: Sequence[str], refunds_count: bool) -> int:
    """The least that a number can be, given the values of lower rank; 0 where nothing bounds it.

    `items` are the scopes of the items that the order has.
    """
    scope, _, part = path.rpartition(".")
    if metric_scope(path) is not None:
        return _least_metric(path, values, refunds_count)
    if scope == "order":
        own = _sum(values, ("order.tax", "order.shipping")) if part == "total" else 0
        return max(own, _sum(values, [f"{item}.{_SUMS.get(part)}" for item in items]))
    if item_scope(path):
        return {"total": _sum(values, (f"{scope}.tax",)), "quantity": 1}.get(part, 0)
    return 0


def _least_metric(path: str, values: Mapping[str, Value], refunds_count: bool) -> int:
    scope = metric_scope(path) or ""
    metric = path.removeprefix(scope)
    ordered = int(metric == "orders" and _sum(values, (scope + "spend",)) > 0)
    if scope != LIFETIME or not refunds_count:
        return ordered
    return max(ordered, _sum(values, [window + metric for window in WINDOWS]))


def _sum(values: Mapping[str, Value], paths: Iterable[str]) -> int:
    """The sum of whole numbers; a name without a value adds nothing."""
    return sum(int(value) for path in paths if not isinstance(value := values.get(path, 0), str | frozenset))
