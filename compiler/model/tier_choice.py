"""The tiers that a rule is for, or is not for."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics import Fix
from ..syntax.nearest import clearly, suggestion
from ..syntax.tree import Mapping, Scalar
from .context import Context
from .excerpts import shortened
from .mending import write
from .shaped import scalar, scalars

_MOST_HELPED = 200


def read_include(choice: Mapping | None, context: Context) -> int | None:
    """The index of the tier under `include`; none for every customer, or where it is refused."""
    written = None if choice is None else scalar(choice, "include")
    return None if written is None else tier_index(written, context)


def read_exclude(choice: Mapping | None, context: Context) -> tuple[int, ...]:
    """The indexes of the tiers under `exclude`, each once, lowest first."""
    written = () if choice is None else scalars(choice, "exclude")
    listed = {tier.text for tier in written}
    found = {tier_index(tier, context, listed) for tier in written}
    return tuple(sorted(index for index in found if index is not None))


def tier_index(written: Scalar, context: Context, beside: Iterable[str] = ()) -> int | None:
    """The index of the tier of that id; none where there is none, which is reported.

    What stands `beside` it cannot have been meant.
    """
    index = context.tiers.get(written.text)
    if index is None:
        message = f"there is no tier {shortened(written.text)}"
        help, fixes = _help(written, context), _fixes(written, beside, context)
        context.report.error("unknown-id", written.span, message, help=help, fixes=fixes)
    return index


def _fixes(written: Scalar, beside: Iterable[str], context: Context) -> list[Fix]:
    if len(context.report.diagnostics) >= _MOST_HELPED:
        return []
    from ..syntax.rewrites import as_text

    meant = clearly(written.text, context.tiers)
    return [write(written.span, as_text(meant))] if meant and meant not in beside else []


def _help(written: Scalar, context: Context) -> str | None:
    if not context.tiers:
        return "declare tiers in `vip`"
    # Finding the nearest id takes time, and among so many errors nobody looks for it.
    helped = len(context.report.diagnostics) < _MOST_HELPED
    return suggestion(written.text, context.tiers) if helped else None
