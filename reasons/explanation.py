"""What one order earns, and why: every rule with the reason that it matched or did not, as JSON.

The points are the runtime's own. The reasons are worked out from the model beside them, and have to agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..compiler.analysis.evaluate import holds
from ..compiler.model.condition import Condition
from ..compiler.model.tree import Program as Model
from ..runtime import NO_TIER, Customer, Order, Program, Rejected
from ..runtime.events import OrderPaid
from ..runtime.points import net_order
from ..runtime.step import bring
from .clauses import clauses, needed
from .earnings import earned
from .facts import Values, item_values, member_values, order_values
from .matching import Items, matching_line, mismatch

VERSION = 1


@dataclass(frozen=True, slots=True)
class Situation:
    """A customer and an order at the instant of payment, windows closed up to it.

    `net` is the order without excluded items, none where that leaves nothing. `tier` is an index, or none.
    """

    model: Model
    program: Program
    customer: Customer
    order: Order
    net: Order | None
    at: int
    days: int

    @property
    def tier(self) -> int | None:
        """The customer's tier, as the model counts."""
        return None if self.customer.tier == NO_TIER else self.customer.tier

    @property
    def values(self) -> Values:
        """What conditions on orders and members read."""
        order = self.order if self.net is None else self.net
        return member_values(self.customer, self.days) | order_values(order)

    @property
    def items(self) -> Items:
        """The items that take part, with their lines in the order as it was given."""
        kept = [] if self.net is None else [id(item) for item in self.net.items]
        return [(line, item) for line, item in enumerate(self.order.items) if id(item) in kept]


def explain(model: Model, program: Program, customer: Customer, event: dict[str, Any]) -> dict[str, Any]:
    """The explanation of an `order.paid` event; see `tiercel evaluate --help` for what is in it."""
    try:
        after, effects = program.step(customer, event)
    except Rejected as rejected:
        return {
            "version": VERSION,
            "outcome": "rejected",
            "reason": rejected.reason,
            "message": rejected.message,
        }
    assert after is not None
    situation = _situation(model, program, customer, event)
    excluded = _excluded(situation)
    paid = {effect["rule"]: effect for effect in effects if effect["kind"] == "points_earned"}
    rules = [] if excluded else [_rule(index, situation, paid) for index in _on_orders(model)]
    if {rule["rule"] for rule in rules if rule["matched"]} != paid.keys():
        raise AssertionError("the rules that match by the model are not those that earned")
    return {
        "version": VERSION,
        "outcome": "applied",
        "at": event["at"],
        "tier": program.tier_id(situation.customer.tier),
        "total": program.money(situation.order.total),
        "excluded": excluded,
        "excluded_items": _excluded_items(situation),
        "rules": rules,
        "points": sum(effect["points"] for effect in paid.values()),
        "balance": {"before": customer.balance, "after": after.balance},
        "tier_after": program.tier_id(after.tier),
        "effects": effects,
        "next_tiers": tiers_above(model, program, after, situation.days),
    }


def _situation(model: Model, program: Program, customer: Customer, event: dict[str, Any]) -> Situation:
    paid = program.read(event)
    assert isinstance(paid, OrderPaid)
    now = customer.copy()
    bring(program, now, paid.at, [], {program.digest: program})
    days = program.day(paid.at) - now.joined_day
    return Situation(model, program, now, paid.order, net_order(program.tables, paid.order), paid.at, days)


def _on_orders(model: Model) -> list[int]:
    return [rule.index for rule in model.rules if rule.on_orders]


# --- exclusion ----------------------------------------------------------------------------------------------


def _excluded(situation: Situation) -> dict[str, Any] | None:
    """Why the order counts for nothing; none where it counts."""
    stated = situation.model.exclude
    member = member_values(situation.customer, situation.days)
    if stated and stated.customers and holds(stated.customers.term, member):
        return _exclusion("customers", stated.customers, member, situation.model)
    if situation.net is None:
        return {"by": "items", "clauses": []}
    whole = member | order_values(situation.order)
    if stated and stated.orders and holds(stated.orders.term, whole):
        return _exclusion("orders", stated.orders, whole, situation.model)
    return None


def _exclusion(by: str, condition: Condition, values: Values, model: Model) -> dict[str, Any]:
    return {"by": by, "clauses": clauses(condition.term, values, model)}


def _excluded_items(situation: Situation) -> list[dict[str, Any]]:
    """The items that take no part, with the clause that says so."""
    model, whole = situation.model, order_values(situation.order)
    stated = bool(model.exclude and model.exclude.items)
    found = []
    for index, item in enumerate(situation.order.items):
        values = item_values(item) | whole
        if holds(model.items_excluded.term, values):
            # The default exclusion is written nowhere, so it has no place in the file.
            why = clauses(model.items_excluded.term, values, model) if stated else []
            found.append({"line": index, "total": situation.program.money(item.total), "clauses": why})
    return found


# --- rules and tiers ----------------------------------------------------------------------------------------


def _rule(index: int, situation: Situation, paid: dict[str, Any]) -> dict[str, Any]:
    """One order rule: what it earned, step by step, or why it does not match."""
    rule, model = situation.model.rules[index], situation.model
    assert situation.net is not None
    said: dict[str, Any] = {"rule": rule.id, "line": model.source.line(rule.span.start)}
    why = mismatch(rule, situation.tier, situation.at, situation.items, situation.values, model)
    if why is None and rule.limit is not None and rule.id not in paid:
        why = {"reason": "limit"}
    if why is not None:
        return said | {"matched": False} | why
    effect = paid[rule.id]
    conditions = clauses(rule.when.term, situation.values, model) if rule.when else []
    campaign = next((c for c in model.campaigns if c.id == effect["campaign"]), None)
    steps = earned(rule, situation.tier, situation.net, campaign, model)
    if (steps["points"], steps["base"]) != (effect["points"], effect["base"]):
        raise AssertionError(f"{steps['points']} points by the model, {effect['points']} by the evaluator")
    line = matching_line(rule.contains, situation.items) if rule.contains else None
    return said | {"matched": True, "clauses": conditions, "contains": line} | steps


def _bar(program: Program, after: Customer) -> str:
    """What keeps a member from a tier whose condition holds."""
    if program.excludes(after, after.clock):
        return "exclusion"
    return "cap" if after.launched else "launch"


def tiers_above(model: Model, program: Program, after: Customer, days: int) -> list[dict[str, Any]]:
    """Each higher tier that metrics can reach, and what its condition still needs; `days` are those since joining."""
    values = member_values(after, days)
    found = []
    for tier in model.tiers[after.tier + 1 :]:
        if tier.when is None:
            continue
        term = tier.when.term
        held = holds(term, values)
        found.append(
            {
                "tier": tier.id,
                "line": model.source.line(tier.when.span.start),
                "needs": None if held else needed(term, values, model),
                "barred_by": _bar(program, after) if held else None,
                "clauses": [] if held else clauses(term, values, model),
            }
        )
    return found
