"""What a program's conditions read: the names that orders remember, and whether orders need their items."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.condition import Condition, Reference, Type, references
from ..model.tree import Program


def remembered_names(program: Program) -> tuple[str, ...]:
    """The names that decide about an order again when it is refunded, sorted."""
    conditions = [rule.when for rule in program.rules if rule.active]
    if program.exclude:
        conditions += [program.exclude.customers, program.exclude.orders]
    return tuple(sorted({name for condition in conditions if condition for name in _names(condition)}))


def needs_items(program: Program) -> bool:
    """Whether a condition that the file states, active or not, asks about an order's items."""
    return any(
        name.startswith("item.") or name == "order.units"
        for condition in _stated_over_orders(program)
        for name in _names(condition)
    )


def _stated_over_orders(program: Program) -> Iterator[Condition]:
    """Every condition of the file that can read orders or items, a stated default aside."""
    exclude = program.exclude
    candidates = [condition for rule in program.rules for condition in (rule.items, rule.contains, rule.when)]
    if exclude:
        candidates += [exclude.customers, exclude.orders]
        if exclude.items and not _is_default(exclude.items):
            candidates.append(exclude.items)
    return (condition for condition in candidates if condition)


def _is_default(items: Condition) -> bool:
    term = items.term
    return isinstance(term, Reference) and term.path == "item.gift_card" and term.type is Type.BOOLEAN


def _names(condition: Condition) -> Iterator[str]:
    return (reference.path for reference in references(condition.term))
