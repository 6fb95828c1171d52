"""Which tier, rule and campaign of the new version is which of the old one: by id, or renamed but otherwise alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from ..model.tree import Campaign, Moment, Program, Rule, Tier
from .both import Both

T = TypeVar("T", Tier, Rule, Campaign)

# The fields that do not tell what a rule or a campaign does.
_NOT_MEANING = {"node", "id", "index"}


class Pairs(NamedTuple, Generic[T]):
    """What there is in both versions, old beside new and in the old order, and what there is in one alone."""

    both: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]

    @property
    def renamed(self) -> list[tuple[T, T]]:
        """Those in both versions that have another id in the new one."""
        return [(old, new) for old, new in self.both if old.id != new.id]


@dataclass(frozen=True)
class Versions:
    """Two versions of a program, and how their declarations correspond.

    `up_to` is the order total up to which a comparison looks, in minor units of the new currency.
    """

    old: Program
    new: Program
    tiers: Pairs[Tier]
    rules: Pairs[Rule]
    campaigns: Pairs[Campaign]
    up_to: int

    @cached_property
    def both(self) -> Both:
        """The conditions of both over one space."""
        return Both(self.old, self.new)

    @property
    def zones(self) -> str:
        """What to say behind two local times, new and old, where they are in different time zones."""
        if self.old.timezone == self.new.timezone:
            return ""
        return f" (in `{self.new.timezone}`, was in `{self.old.timezone}`)"


def versions(old: Program, new: Program, up_to: int) -> Versions:
    """Pair what the two versions declare.

    What has the same id is the same. Of the rest a tier is another that has its name, letter case and all; a rule
    or a campaign is another that does the same. Each is paired at most once, in file order.
    """
    tiers = _paired(old.tiers, new.tiers, _name, _name)
    old_labels, new_labels = _labels(old, new, tiers)
    return Versions(
        old,
        new,
        tiers,
        _paired(old.rules, new.rules, lambda r: _deed(r, old_labels), lambda r: _deed(r, new_labels)),
        _paired(old.campaigns, new.campaigns, _meaning, _meaning),
        up_to,
    )


def _paired(
    old: Sequence[T], new: Sequence[T], old_key: Callable[[T], Hashable], new_key: Callable[[T], Hashable]
) -> Pairs[T]:
    """Pairs by id, and of what is left over by key."""
    by_id = {each.id: each for each in new}
    both = [(each, by_id.pop(each.id)) for each in old if each.id in by_id]
    known = {each.id for each, _ in both}
    twins: dict[Hashable, list[T]] = {}
    for each in by_id.values():
        twins.setdefault(new_key(each), []).append(each)
    removed: list[T] = []
    for each in old:
        if each.id not in known:
            if alike := twins.get(old_key(each)):
                both.append((each, by_id.pop(alike.pop(0).id)))
            else:
                removed.append(each)
    both.sort(key=lambda pair: pair[0].index)
    return Pairs(tuple(both), tuple(removed), tuple(by_id.values()))


def _name(tier: Tier) -> Hashable:
    return tier.name


def _labels(
    old: Program, new: Program, tiers: Pairs[Tier]
) -> tuple[Mapping[int, Hashable], Mapping[int, Hashable]]:
    """Of each version, by the index of a tier what is the same for a tier of both, and for no other."""
    paired = {before.index: after.index for before, after in tiers.both}
    old_labels = {tier.index: paired.get(tier.index, tier.id) for tier in old.tiers}
    return old_labels, {tier.index: tier.index for tier in new.tiers}


def _deed(rule: Rule, tiers: Mapping[int, Hashable]) -> Hashable:
    """What a rule does for whom, tiers by their labels."""
    rates = {(tiers[tier], rate) for tier, rate in enumerate(rule.rates)} if rule.table else rule.rates
    return _meaning(
        rule,
        rates=frozenset(rates),
        include=None if rule.include is None else tiers[rule.include],
        exclude=frozenset(tiers[tier] for tier in rule.exclude),
    )


def _meaning(declared: Rule | Campaign, **instead: Hashable) -> Hashable:
    """All that a declaration says but what it is called; some fields with other values instead."""
    values = {f.name: getattr(declared, f.name) for f in fields(declared) if f.name not in _NOT_MEANING}
    return tuple((name, _plain(value)) for name, value in (values | instead).items())


def _plain(value: Hashable) -> Hashable:
    return value.instant if isinstance(value, Moment) else value
