"""How often one customer can earn from a rule."""

from __future__ import annotations

from ..syntax.tree import Mapping, Scalar
from .context import Context
from .quantities import whole
from .shaped import required, scalar
from .tree import Limit

_ONCE_EVER = Limit(1)
_DEFAULTS = {
    "signup": _ONCE_EVER,
    "follow": _ONCE_EVER,
    "share": _ONCE_EVER,
    "birthday": Limit(1, per_calendar_year=True),
}


def read_limit(node: Mapping, activity: str, context: Context) -> Limit | None:
    """The limit of a rule; where it states none, that of its activity."""
    written = node.get("limit")
    if written is None:
        return _DEFAULTS.get(activity)
    if isinstance(written, Scalar):  # `none`
        return None
    assert isinstance(written, Mapping)
    days = scalar(written, "days")
    return Limit(
        times=whole(required(written, "times"), context.report),
        days=None if days is None else whole(days, context.report),
        per_calendar_year=written.get("per") is not None,
    )
