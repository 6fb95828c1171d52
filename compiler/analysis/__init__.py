"""Whether conditions can hold, and for whom: `can_hold`, `can_hold_if_given`, and the verdicts.

The names are imported when they are first used, since many programs leave nothing to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .decide import Impossible, Possible, Unknown, can_hold, can_hold_if_given

__all__ = ["Impossible", "Possible", "Unknown", "can_hold", "can_hold_if_given"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import decide

    return getattr(decide, name)
