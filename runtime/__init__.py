"""What an emitted program needs at run time, on the standard library alone.

`Program` evaluates events for one customer at a time, purely; `Ledger` for many, with event ids and e-mail
addresses; `Store` keeps a ledger's state on disk. The rest are the tables of an emitted module, the facts
that its conditions read, and customers as JSON.
"""

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
