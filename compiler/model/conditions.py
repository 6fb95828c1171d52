"""The conditions of a mapping, resolved where they stand."""

from __future__ import annotations

from ..source import Span
from ..syntax.tree import Mapping
from .condition import Condition, Reference, Type
from .context import Context
from .from_expression import resolve_condition
from .scope import Place
from .shaped import scalar


def read_condition(node: Mapping | None, key: str, place: Place, context: Context) -> Condition | None:
    """The condition under a key; none where it is not stated, or refused."""
    written = None if node is None else scalar(node, key)
    if written is None:
        return None
    return resolve_condition(
        context.source, written, place, context.attributes, context.currency, context.report
    )


def gift_cards() -> Condition:
    """The default of `exclude.items`, which stands in no file."""
    nowhere = Span(0, 0)
    return Condition(Reference("item.gift_card", Type.BOOLEAN, nowhere), "item.gift_card", nowhere)
