"""Why an order rule does not match: the first reason, in the order in which the runtime asks."""

from __future__ import annotations

from typing import Any

from ..compiler.analysis.evaluate import holds
from ..compiler.model.tree import Program, Rule
from ..runtime import Order
from .clauses import clauses
from .facts import Values, item_values


def mismatch(
    rule: Rule, tier: int | None, at: int, order: Order, values: Values, program: Program
) -> dict[str, Any] | None:
    """The reason as JSON, limits aside; none where the rule matches. `order` is without excluded items.

    `reason` is `inactive`, `time`, `tier`, `contains` or `when`; the last two have `clauses`, `contains` a list
    of them for each item.
    """
    if not rule.active:
        return {"reason": "inactive"}
    if rule.starts is not None and at < rule.starts.instant:
        return {"reason": "time", "begins": rule.starts.text}
    if rule.ends is not None and at >= rule.ends.instant:
        return {"reason": "time", "ended": rule.ends.text}
    if not rule.matches_tier(tier):
        return {"reason": "tier", "for": _tiers(rule, program)}
    if rule.contains is not None:
        items = [item_values(item) for item in order.items]
        if not any(holds(rule.contains.term, item) for item in items):
            return {
                "reason": "contains",
                "items": [clauses(rule.contains.term, item, program) for item in items],
            }
    if rule.when is not None and not holds(rule.when.term, values):
        return {"reason": "when", "clauses": clauses(rule.when.term, values, program)}
    return None


def _tiers(rule: Rule, program: Program) -> list[str]:
    """The tiers that the rule is for."""
    return [tier.id for tier in program.tiers if rule.matches_tier(tier.index)]
