"""Who keeps a tier from one window to the next, where a version states a `retain` of its own for it.

Without one a tier is kept by the condition by which it is reached, which is compared with the tiers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..analysis.evaluate import Value
from ..model.condition import Condition
from ..model.tree import Program, Tier
from .change import Change, change, quoted
from .examples import case_facts, case_words
from .pairing import Versions
from .wider import Compared, compared


def retaining(versions: Versions) -> tuple[list[Change], bool]:
    """Which customers keep a tier that they did not, and the other way round; and whether all could be decided."""
    if (
        not (_retains(versions.old) and _retains(versions.new))
        or versions.old.currency != versions.new.currency
    ):
        return [], True
    changes: list[Change] = []
    decided = True
    for old, new in versions.tiers.both:
        if (old.retain or new.retain) and not (old.for_everyone or new.for_everyone):
            found = compared(versions.both, _kept_by(old), _kept_by(new))
            decided = decided and found.decided
            changes += _changes(versions, new, found)
    return changes, decided


def _retains(program: Program) -> bool:
    return program.vip is not None and program.vip.window.closes and program.vip.lasts_next_window


def _kept_by(tier: Tier) -> Condition | None:
    return tier.retain or tier.when


def _changes(versions: Versions, tier: Tier, found: Compared) -> Iterator[Change]:
    for values, better, how in (
        (found.gained, True, "is kept by more"),
        (found.lost, False, "is kept by fewer"),
    ):
        if values is not None:
            yield _change(versions, tier, found, values, better, how)


def _change(
    versions: Versions, tier: Tier, found: Compared, values: Mapping[str, Value], better: bool, how: str
) -> Change:
    currency = versions.new.currency
    return change(
        f"{quoted(tier.id)} {how}: such as {case_words(values, found.names, currency)} in the closed window",
        {"tier": tier.id, "better": better, "witness": case_facts(values, found.names, currency)},
    )
