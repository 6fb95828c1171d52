"""Why an order rule does not match: the first reason, in the order in which the runtime asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..compiler.analysis.evaluate import holds
from ..compiler.model.condition import Condition
from ..compiler.model.tree import Program, Rule
from ..runtime import Item
from .clauses import clauses
from .facts import Values, item_values

Items = Sequence[tuple[int, Item]]
"""Items of an order with their lines, counted from 0."""


def mismatch(
    rule: Rule, tier: int | None, at: int, items: Items, values: Values, program: Program
) -> dict[str, Any] | None:
    """The reason as JSON, limits aside; none where the rule matches. `items` are those that take part.

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
    if rule.contains is not None and matching_line(rule.contains, items) is None:
        failing = ((line, clauses(rule.contains.term, item_values(item), program)) for line, item in items)
        return {"reason": "contains", "items": [{"line": line, "clauses": why} for line, why in failing]}
    if rule.when is not None and not holds(rule.when.term, values):
        return {"reason": "when", "clauses": clauses(rule.when.term, values, program)}
    return None


def matching_line(condition: Condition, items: Items) -> int | None:
    """The line of the first item for which a condition holds."""
    return next((line for line, item in items if holds(condition.term, item_values(item))), None)


def _tiers(rule: Rule, program: Program) -> list[str]:
    """The tiers that the rule is for."""
    return [tier.id for tier in program.tiers if rule.matches_tier(tier.index)]
