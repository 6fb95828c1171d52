"""Whether another limit of a rule lets customers earn from it more often, or less."""

from __future__ import annotations

from ..model.tree import Limit


def limit_better(old: Limit | None, new: Limit | None) -> bool | None:
    """Better where every use that the old limit allows is allowed still, worse the other way round."""
    wider, narrower = _allows(new, old), _allows(old, new)
    return None if wider == narrower else wider


def _allows(wide: Limit | None, narrow: Limit | None) -> bool:
    """Whether one limit plainly allows whatever another does."""
    if wide is None or narrow is None:
        return wide is None
    if wide.times < narrow.times:
        return False
    if _ever(narrow):
        return True
    if wide.days is not None and narrow.days is not None:
        return wide.days <= narrow.days
    return wide.per_calendar_year and narrow.per_calendar_year


def _ever(limit: Limit) -> bool:
    return limit.days is None and not limit.per_calendar_year
