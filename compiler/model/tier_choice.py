"""The tiers that a rule is for, or is not for."""

from __future__ import annotations

from ..syntax.tree import Mapping, Scalar
from .context import Context
from .nearest import suggestion
from .shaped import scalar, scalars


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
        help = suggestion(written.text, context.tiers) if context.tiers else "declare tiers in `vip`"
        context.report.error("unknown-id", written.span, f"there is no tier `{written.text}`", help=help)
    return index
