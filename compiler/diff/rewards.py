"""The entry rewards that a tier gains, loses or pays another amount of, and whether a jump pays skipped tiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..model import words
from ..model.tree import Program, Reward, Tier, Vip
from .change import Change, Findings, change, quoted, setting
from .pairing import Versions


def rewards(versions: Versions) -> Findings:
    """What entering each tier pays, reward by reward; their order is no difference."""
    return Findings((*_changes(versions), *_skipped_tiers(versions)))


class _Paid(NamedTuple):
    """A reward and its program."""

    reward: Reward
    program: Program

    @property
    def worth(self) -> Fraction:
        """How much it is, in points, percent or units of the currency."""
        given = self.reward
        if given.amount is not None:
            return Fraction(given.amount, 10**self.program.currency.decimals)
        return Fraction(given.percent or given.points or 0)

    @property
    def text(self) -> str:
        return quoted(words.reward(self.reward, self.program))

    @property
    def facts(self) -> dict[str, Any]:
        """As `reward_issued` tells it."""
        given = self.reward
        amount = None if given.amount is None else words.money(given.amount, self.program.currency)
        parts = {
            "amount": amount,
            "percent": given.percent,
            "product": given.product,
            "points": given.points,
            "name": given.name,
        }
        return {"type": given.type} | {key: value for key, value in parts.items() if value is not None}


def _changes(versions: Versions) -> Iterator[Change]:
    for old, new in versions.tiers.both:
        yield from _of_tier(new, _paid(old, versions.old), _paid(new, versions.new))
    for tier in versions.tiers.removed:
        for paid in _paid(tier, versions.old):
            yield _lost(tier, paid, "is gone, and with it the entry reward")
    for tier in versions.tiers.added:
        for paid in _paid(tier, versions.new):
            yield _gained(tier, paid, "is new, with the entry reward")


def _paid(tier: Tier, program: Program) -> list[_Paid]:
    return [_Paid(reward, program) for reward in tier.entry_rewards]


def _of_tier(tier: Tier, old: list[_Paid], new: list[_Paid]) -> Iterator[Change]:
    _take_out(old, new, lambda a, b: a.worth == b.worth and _texts(a) == _texts(b))
    # Those that are worth the same first, so that an amount is not said to change where none did.
    pairs = _take_out(old, new, lambda a, b: a.worth == b.worth and a.reward.product == b.reward.product)
    old.sort(key=lambda paid: paid.worth, reverse=True)
    new.sort(key=lambda paid: paid.worth, reverse=True)
    pairs += _take_out(old, new, lambda _a, _b: True)
    yield from (_altered(tier, before, after) for before, after in pairs)
    yield from (_lost(tier, paid, "loses the entry reward") for paid in old)
    yield from (_gained(tier, paid, "gains the entry reward") for paid in new)


def _texts(paid: _Paid) -> tuple[str | None, str | None]:
    return paid.reward.product, paid.reward.name


def _take_out(
    old: list[_Paid], new: list[_Paid], alike: Callable[[_Paid, _Paid], bool]
) -> list[tuple[_Paid, _Paid]]:
    """Pairs of one type that are alike, each reward at most once, taken out of both lists."""
    pairs = []
    for before in list(old):
        after = next(
            (paid for paid in new if paid.reward.type == before.reward.type and alike(before, paid)), None
        )
        if after is not None:
            old.remove(before)
            new.remove(after)
            pairs.append((before, after))
    return pairs


def _altered(tier: Tier, old: _Paid, new: _Paid) -> Change:
    """Another amount is better or worse, if it is of one currency; another product or name is neither."""
    comparable = new.reward.amount is None or old.program.currency == new.program.currency
    better = new.worth > old.worth if comparable and new.worth != old.worth else None
    text = f"`{tier.id}` has the entry reward {new.text}, was {old.text}"
    facts = {"kind": "changed", "tier": tier.id, "old": old.facts, "new": new.facts, "better": better}
    return change(text, facts)


def _lost(tier: Tier, paid: _Paid, how: str) -> Change:
    facts = {"kind": "lost", "tier": tier.id, "old": paid.facts, "new": None, "better": False}
    return change(f"`{tier.id}` {how} {paid.text}", facts)


def _gained(tier: Tier, paid: _Paid, how: str) -> Change:
    facts = {"kind": "gained", "tier": tier.id, "old": None, "new": paid.facts, "better": True}
    return change(f"`{tier.id}` {how} {paid.text}", facts)


def _skipped_tiers(versions: Versions) -> Iterator[Change]:
    """Whether a jump pays the tiers on the way, if in both versions it can skip a reward."""
    old, new = versions.old.vip, versions.new.vip
    if old and new and old.skipped_tiers_all != new.skipped_tiers_all and _can_skip(old) and _can_skip(new):
        yield setting(
            "vip.skipped_tiers",
            f"a jump over tiers pays {words.skipped_tiers(new)}, was {words.skipped_tiers(old)}",
            _skipped(old),
            _skipped(new),
            new.skipped_tiers_all,
        )


def _can_skip(vip: Vip) -> bool:
    """Whether some tier below the highest pays rewards to those who pass through it."""
    below: Sequence[Tier] = vip.tiers[:-1]
    return any(tier.entry_rewards and not tier.invite_only for tier in below)


def _skipped(vip: Vip) -> str:
    return "all" if vip.skipped_tiers_all else "highest"
