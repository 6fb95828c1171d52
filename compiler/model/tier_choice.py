"""The tiers that a rule is for, or is not for."""

from __future__ import annotations

from ..syntax.nearest import suggestion
from ..syntax.tree import Mapping, Scalar
from .context import Context
from .excerpts import shortened
from .shaped import scalar, scalars

_MOST_HELPED = 200


def read_include(choice: Mapping | None, context: Context) -> int | None:
    """The index of the tier under `include`; none for every customer, or where it is refused."""
    written = None if choice is None else scalar(choice, "include")
    return None if written is None else tier_index(written, context)


def read_exclude(choice: Mapping | None, context: Context) -> tuple[int, ...]:
    """The indexes of the tiers under `exclude`, each once, lowest first."""
    written = () if choice is None else scalars(choice, "exclude")
    found = {tier_index(tier, context) for tier in written}
    return tuple(sorted(index for index in found if index is not None))


def tier_index(written: Scalar, context: Context) -> int | None:
    """The index of the tier of that id; none where there is none, which is reported."""
    index = context.tiers.get(written.text)
    if index is None:
        message = f"there is no tier {shortened(written.text)}"
        context.report.error("unknown-id", written.span, message, help=_help(written, context))
    return index


def _help(written: Scalar, context: Context) -> str | None:
    if not context.tiers:
        return "declare tiers in `vip`"
    # Finding the nearest id takes time, and among so many errors nobody looks for it.
    helped = len(context.report.diagnostics) < _MOST_HELPED
    return suggestion(written.text, context.tiers) if helped else None
