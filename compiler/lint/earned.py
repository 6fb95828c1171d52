"""What a rule earns on one order that the analysis found: exactly, by the rule's rate and rounding."""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis.counted import ORDER, counted
from ..analysis.earning import earning_of, points_of
from ..analysis.evaluate import Values, holds
from ..analysis.rename import rename
from ..analysis.space import item_scope
from ..model.condition import Condition
from ..model.tree import Rule
from .matching import rescoped


def points_earned(rule: Rule, tier: int, order: Values) -> int:
    """The points of a rule that matches, for a member in the tier, without a campaign."""
    amount = 0 if rule.per is None else max(_amount(rule, order), 0)
    return points_of(earning_of(rule, tier), amount)


def _amount(rule: Rule, order: Values) -> int:
    """What the rule multiplies, in minor units."""
    if rule.items is None:
        return counted(rule.amount, order, ORDER)
    return sum(counted(rule.amount, order, scope) for scope in _items(rule.items, order))


def _items(condition: Condition, order: Values) -> Iterator[str]:
    """The items of the order that the condition holds of, as `item.`, `item2.` and so on."""
    for scope in sorted({f"{s}." for path in order if (s := item_scope(path))}):
        term = rename(condition.term, lambda path, scope=scope: rescoped(path, scope))  # type: ignore[misc]
        if holds(term, order):
            yield scope
