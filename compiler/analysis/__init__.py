"""What the conditions of a program decide: `analysis_of` a program answers questions about them, with witnesses.

The names are imported when they are first used, since many programs leave nothing to decide.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model.tree import Program
    from .core import conflict, needed_axioms
    from .dead import always_holds, dead_clauses, never_holds, reasons
    from .decide import Impossible, Possible, Unknown, analysis_of, can_hold, can_hold_if_given
    from .ladder import Standing
    from .membership import moves_by_hand

_WHERE = {
    "Impossible": "decide",
    "Possible": "decide",
    "Standing": "ladder",
    "Unknown": "decide",
    "always_holds": "dead",
    "analysis_of": "decide",
    "can_hold": "decide",
    "can_hold_if_given": "decide",
    "conflict": "core",
    "dead_clauses": "dead",
    "moves_by_hand": "membership",
    "needed_axioms": "core",
    "never_holds": "dead",
    "reasons": "dead",
}

__all__ = [
    "Impossible",
    "Possible",
    "Standing",
    "Unknown",
    "always_holds",
    "analysis_of",
    "can_hold",
    "can_hold_if_given",
    "conflict",
    "dead_clauses",
    "moves_by_hand",
    "needed_axioms",
    "never_holds",
    "reasons",
    "undecided",
]


def undecided(program: Program) -> int:
    """How many questions about a program that was looked at last could not be decided."""
    decide = sys.modules.get(f"{__name__}.decide")
    return decide.analysis_of(program).undecided if decide else 0


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    return found
