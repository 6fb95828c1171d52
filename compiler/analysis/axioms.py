"""What always holds between names, by the meaning of a program: each axiom a formula, with the sentence that it says.

Metrics over the window are part of those since joining (where the window is all time, they are the same), spending
takes an order, an order's total covers its tax, its shipping and its items. Only axioms about names that a question
reads are given, and of those between several names all that follow for the names read: so a name that is not read
never decides a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.condition import Type
from ..model.tree import Program, WindowKind
from ..node import Node, node
from .formula import Formula, Within, at_least, either
from .intervals import FAR
from .space import EVENT_DAY, Space, item_scope

METRICS = {"spend": Type.MONEY, "orders": Type.INTEGER, "points_earned": Type.INTEGER}
PREVIOUS = "previous."  # metrics of the window before this one, which conditions cannot read
LIFETIME = "lifetime."
WHOLE_ORDER = "whole."  # an order's amounts with excluded items, which `exclude.orders` reads

_AMOUNTS = ("total", "tax", "discount", "units")
_OF_ITEMS = {"total": "total", "tax": "tax", "discount": "discount", "units": "quantity"}
_WORDS = {"": "in the window", PREVIOUS: "in the window before", LIFETIME: "since joining"}


@node
class Axiom(Node):
    """A formula that always holds, and what it says."""

    formula: Formula
    says: str


@node
class Setting(Node):
    """What of a program decides which axioms hold.

    `part_of_lifetime`: what counts in the window counts since joining too, which `refunds: ignore` breaks.
    `all_time`: the window is all time, so its metrics are those since joining.
    """

    part_of_lifetime: bool
    all_time: bool


def setting_of(program: Program) -> Setting:
    """The setting of a program; without tiers, metrics are counted since joining."""
    vip = program.vip
    if vip is None:
        return Setting(True, True)
    return Setting(vip.count_refunds, vip.count_refunds and vip.window.kind is WindowKind.LIFETIME)


def metric_scope(path: str) -> str | None:
    """ "", `previous.` or `lifetime.` of a metric's path; none of another name's."""
    scope = next((s for s in (PREVIOUS, LIFETIME) if path.startswith(s)), "")
    return scope if path.removeprefix(scope) in METRICS else None


def same_names(setting: Setting) -> dict[str, str]:
    """Names that always have the value of another one, by which they are known."""
    return {LIFETIME + metric: metric for metric in METRICS} if setting.all_time else {}


def axioms(paths: Iterable[str], space: Space, setting: Setting) -> Iterator[Axiom]:
    """The axioms between the names that a question reads."""
    read = frozenset(space.same.get(path, path) for path in paths)
    yield from _of_metrics(read, space, setting)
    yield from _of_orders(read, space)
    yield from _of_days(read, space)


# --- metrics --------------------------------------------------------------------------------------------------


def _of_metrics(read: frozenset[str], space: Space, setting: Setting) -> Iterator[Axiom]:
    if len([path for path in read if metric_scope(path) is not None]) < 2:
        return
    scopes = [scope for scope in _WORDS if any(metric_scope(path) == scope for path in read)]
    if PREVIOUS in scopes:  # then sums of two windows matter, of names that are not read too
        read |= {scope + metric for scope in _WORDS for metric in METRICS}
    for scope in _WORDS:
        yield from _spending_takes_orders(scope, read, space, setting)
    if setting.part_of_lifetime and not setting.all_time:
        yield from _parts_of_lifetime(read, space)


def _spending_takes_orders(
    scope: str, read: frozenset[str], space: Space, setting: Setting
) -> Iterator[Axiom]:
    orders = [scope] + ([LIFETIME] if scope != LIFETIME and setting.part_of_lifetime else [])
    if f"{scope}spend" in read:
        for other in orders:
            if f"{other}orders" in read:
                yield Axiom(
                    either(
                        (
                            Within(_metric(f"{scope}spend", space), ((0, 0),)),
                            Within(_metric(f"{other}orders", space), ((1, FAR),)),
                        )
                    ),
                    f"whoever has spent something {_WORDS[scope]} has an order {_WORDS[other]}",
                )


def _parts_of_lifetime(read: frozenset[str], space: Space) -> Iterator[Axiom]:
    for metric in METRICS:
        parts = [scope + metric for scope in ("", PREVIOUS) if scope + metric in read]
        if parts and LIFETIME + metric in read:
            terms = {_metric(LIFETIME + metric, space): 1} | {_metric(part, space): -1 for part in parts}
            whole = " and the window before together have" if len(parts) > 1 else " has"
            yield Axiom(
                at_least(terms, 0),
                f"the window{whole} no more `{metric}` than there was since joining",
            )


def _metric(path: str, space: Space) -> int:
    scope = metric_scope(path) or ""
    return space.variable(path, METRICS[path.removeprefix(scope)])


# --- orders ---------------------------------------------------------------------------------------------------


def _of_orders(read: frozenset[str], space: Space) -> Iterator[Axiom]:
    items = sorted({scope for path in read if (scope := item_scope(path))})
    for amount in _AMOUNTS:
        path = f"order.{amount}"
        parts = list(_parts_of_order(amount, items, read))
        if path in read and (parts or (amount == "units" and items)):
            least = sum(f"{item}.quantity" not in read for item in items) if amount == "units" else 0
            yield Axiom(_sum_within(path, parts, least, space), f"an order's {amount} covers its items'")
        if path in read and WHOLE_ORDER + path in read:
            yield Axiom(
                _sum_within(WHOLE_ORDER + path, [path], 0, space),
                f"an order's {amount} is no more without its excluded items",
            )
    for prefix in ("", WHOLE_ORDER):
        total, parts = f"{prefix}order.total", _charges(f"{prefix}order.", items, read)
        if total in read and parts:
            yield Axiom(
                _sum_within(total, parts, 0, space), "an order's total covers its tax and its shipping"
            )
    for item in items:
        if {f"{item}.total", f"{item}.tax"} <= read:
            yield Axiom(
                _sum_within(f"{item}.total", [f"{item}.tax"], 0, space), "an item's total covers its tax"
            )


def _parts_of_order(amount: str, items: Sequence[str], read: frozenset[str]) -> Iterator[str]:
    """Of each item, what its part of the order's amount is known by: of a total that is not read, its tax."""
    for item in items:
        known = [f"{item}.{_OF_ITEMS[amount]}"] + ([f"{item}.tax"] if amount == "total" else [])
        yield from [path for path in known if path in read][:1]


def _charges(prefix: str, items: Sequence[str], read: frozenset[str]) -> list[str]:
    """What the total covers; of a tax that is not read, the items' taxes."""
    tax = [f"{prefix}tax"] if f"{prefix}tax" in read else [f"{item}.tax" for item in items]
    return [path for path in (*tax, f"{prefix}shipping") if path in read]


def _sum_within(whole: str, parts: Sequence[str], more: int, space: Space) -> Formula:
    """The whole is at least the sum of its parts, and of so many more."""
    terms = {_amount(whole, space): 1}
    for part in parts:
        terms[_amount(part, space)] = -1
    return at_least(terms, more)


def _amount(path: str, space: Space) -> int:
    counts = path.endswith((".units", ".quantity"))
    return space.variable(path, Type.INTEGER if counts else Type.MONEY)


# --- days -----------------------------------------------------------------------------------------------------


def _of_days(read: frozenset[str], space: Space) -> Iterator[Axiom]:
    if "customer.joined" not in read or not read & {EVENT_DAY, "customer.days_since_joined"}:
        return
    joined = space.variable("customer.joined", Type.DATE)
    days = space.variable("customer.days_since_joined", Type.INTEGER)
    today = space.variable(EVENT_DAY, Type.INTEGER)
    for sign in (1, -1):
        terms = {today: sign, joined: -sign, days: -sign}
        yield Axiom(
            at_least(terms, 0), "the day of joining and the days since then make the day of the event"
        )
