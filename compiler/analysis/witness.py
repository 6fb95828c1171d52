"""A point of a box: a customer and an order whose values are in it and keep the axioms, small and round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..model.condition import Reference, Type
from ..source import Span
from .axioms import item_scope, least, rank, related
from .box import ABSENT, Box, Region, everything, is_built_in
from .evaluate import NO_DATE, Value
from .regions import Choice, Numbers, Tags

_COUNTRIES = ("", "CA", "US", "GB", "FR", "DE")
_SOME_DAY = date(2025, 1, 1).toordinal()


def least_point(box: Box, names: Iterable[Reference], refunds_count: bool) -> dict[str, Value] | None:
    """The least values of the box's and the given names; none where the axioms leave no point of the box.

    Axioms bound names from below alone: where the least point does not keep them, no point of the box does.
    """
    known = {path: Reference(path, kind, Span(0, 0)) for path, kind in box.types.items()}
    known |= {name.path: name for name in names}
    known |= {name.path: name for name in related(known) if name.path not in known}
    items = sorted({scope for path in known if (scope := item_scope(path))})
    values: dict[str, Value] = {path: first[0] for path, first in box.domains.items()}
    for name in sorted(known.values(), key=lambda r: (rank(r.path), r.path)):
        region = box.regions.get(name.path) or everything(name, box.domains)
        value = _value(name, region, box, least(name.path, values, items, refunds_count))
        if value is None:
            return None
        values[name.path] = value
    return values


def _value(name: Reference, region: Region, box: Box, bound: int) -> Value | None:
    match region:
        case Numbers() if name.type is Type.DATE:
            given = name.path in box.dates or is_built_in(name.path)
            return NO_DATE if not given or box.dates.get(name.path) == ABSENT else _day(region)
        case Numbers():
            number = (region.above(bound, False) if bound else region).pick()
            return int(number) if number is not None and region.whole else number
        case Tags():
            return region.has
        case Choice():
            return region.pick(_preferred(name.path, region))


def _day(region: Numbers) -> str | None:
    """A day of the region: a recent one, else the last, else the first."""
    last = region.high or _SOME_DAY
    candidates = (_SOME_DAY, *(last - step for step in range(len(region.without) + 1)), region.pick())
    day = next((d for d in candidates if d is not None and region.holds(d)), None)
    return None if day is None else date.fromordinal(int(day)).isoformat()


def _preferred(path: str, region: Choice) -> tuple[str, ...]:
    """Texts to choose from where any would do: enough of them that one is not excluded."""
    first = _COUNTRIES if path.endswith(".country") else ("", "other")
    return (*first, *(f"other-{n}" for n in range(len(region.without))))
