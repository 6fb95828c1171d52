"""What an emitted program needs at run time, on the standard library alone.

`Program` evaluates events for one customer at a time, purely; `Ledger` for many, with event ids and e-mail
addresses; `Store` keeps a ledger's state on disk. The rest are the tables of an emitted module, the facts
that its conditions read, and customers as JSON.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .compiled import Compiled
    from .customer import Customer, Record
    from .effects import Effect, Rejected
    from .evaluator import Program
    from .facts import Item, Member, Metrics, Order
    from .instants import format_instant, parse_instant
    from .ledger import Ledger, Memory, Outcome, fold, read_json
    from .panel import panel
    from .program import (
        NO_TIER,
        Amount,
        Attribute,
        Campaign,
        Limit,
        Rule,
        Tables,
        Threshold,
        Tier,
        Window,
    )
    from .state import UnreadableState, customer_from_json, customer_to_json
    from .step import UnknownProgram
    from .store import StateError, Store
    from .versions import IncompatibleProgram

__all__ = [
    "NO_TIER",
    "Amount",
    "Attribute",
    "Campaign",
    "Compiled",
    "Customer",
    "Effect",
    "IncompatibleProgram",
    "Item",
    "Ledger",
    "Limit",
    "Member",
    "Memory",
    "Metrics",
    "Order",
    "Outcome",
    "Program",
    "Record",
    "Rejected",
    "Rule",
    "StateError",
    "Store",
    "Tables",
    "Threshold",
    "Tier",
    "UnknownProgram",
    "UnreadableState",
    "Window",
    "customer_from_json",
    "customer_to_json",
    "fold",
    "format_instant",
    "panel",
    "parse_instant",
    "read_json",
]

# Names are imported when they are first asked for: the compiler needs two modules of this package, and
# `tiercel check` is a short command.
_HOMES = {
    "Amount": "program",
    "Attribute": "program",
    "Campaign": "program",
    "Compiled": "compiled",
    "Customer": "customer",
    "Effect": "effects",
    "IncompatibleProgram": "versions",
    "Item": "facts",
    "Ledger": "ledger",
    "Limit": "program",
    "Member": "facts",
    "Memory": "ledger",
    "Metrics": "facts",
    "NO_TIER": "program",
    "Order": "facts",
    "Outcome": "ledger",
    "Program": "evaluator",
    "Record": "customer",
    "Rejected": "effects",
    "Rule": "program",
    "StateError": "store",
    "Store": "store",
    "Tables": "program",
    "Threshold": "program",
    "Tier": "program",
    "UnknownProgram": "step",
    "UnreadableState": "state",
    "Window": "program",
    "customer_from_json": "state",
    "customer_to_json": "state",
    "fold": "ledger",
    "format_instant": "instants",
    "panel": "panel",
    "parse_instant": "instants",
    "read_json": "ledger",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return value
