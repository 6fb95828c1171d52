"""Compares what two versions of a program mean: the whole comparison on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..model.digest import meaning
from ..model.tree import Program
from .campaigns import campaigns
from .change import Difference, Findings, overall, part_of
from .pairing import Versions, versions
from .perks import perks
from .points import points
from .retention import retention
from .rewards import rewards
from .settings import settings
from .tiers import tiers

Find = Callable[[Versions], Findings]

# Each part with its name, in the order in which a report has them.
PARTS: tuple[tuple[str, Find], ...] = (
    ("tiers", tiers),
    ("points", points),
    ("retention", retention),
    ("rewards", rewards),
    ("perks", perks),
    ("campaigns", campaigns),
    ("settings", settings),
)


Watch = Callable[[Sequence[tuple[str, Find]]], Iterable[tuple[str, Find]]]


def compare(old: Program, new: Program, up_to: int, watch: Watch = iter) -> Difference:
    """What changes from one version to another; `up_to` is in minor units of the new version's currency.

    Versions of one meaning, which is what a digest is of, are equivalent without a look at their parts. `watch` is
    given the parts and hands them out one by one, to show how far the comparison is.
    """
    if meaning(old) == meaning(new):
        return _difference({name: Findings() for name, _ in PARTS})
    both = versions(old, new, up_to)
    return _difference({name: find(both) for name, find in watch(PARTS)})


def _difference(found: dict[str, Findings]) -> Difference:
    parts = tuple(part_of(name, findings) for name, findings in found.items())
    assumed = dict.fromkeys(line for findings in found.values() for line in findings.assumed)
    return Difference(overall(parts), parts, tuple(assumed))
