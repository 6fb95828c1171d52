"""The perks that members of a tier gain or lose. Their order is no difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..model.tree import Tier
from .change import Change, Findings, change, quoted
from .pairing import Versions


def perks(versions: Versions) -> Findings:
    """Every perk that is in one version of a tier alone; of tiers in one version alone, all of them."""
    return Findings(tuple(_changes(versions)))


def _changes(versions: Versions) -> Iterator[Change]:
    for old, new in versions.tiers.both:
        yield from _lost(new, _without(old.perks, new.perks))
        yield from _gained(new, _without(new.perks, old.perks))
    for tier in versions.tiers.removed:
        yield from _lost(tier, tier.perks, "is gone, and with it the perk")
    for tier in versions.tiers.added:
        yield from _gained(tier, tier.perks, "is new, with the perk")


def _without(some: Iterable[str], others: Iterable[str]) -> Iterable[str]:
    return (Counter(some) - Counter(others)).elements()


def _lost(tier: Tier, texts: Iterable[str], how: str = "loses the perk") -> Iterator[Change]:
    for text in texts:
        facts = {"kind": "lost", "tier": tier.id, "perk": text, "better": False}
        yield change(f"`{tier.id}` {how} {quoted(text)}", facts)


def _gained(tier: Tier, texts: Iterable[str], how: str = "gains the perk") -> Iterator[Change]:
    for text in texts:
        facts = {"kind": "gained", "tier": tier.id, "perk": text, "better": True}
        yield change(f"`{tier.id}` {how} {quoted(text)}", facts)
