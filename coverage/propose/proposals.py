"""Scenarios for everything that is missing of a program, each played, and kept where it shows what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..ground import Clause
from ..target import Target
from .candidates import Candidate, entered, left, matched, missed, of_clause
from .stage import Setting, Stage, Unplayable

MOST_TRIED = 40  # scenarios for one target


@dataclass(frozen=True)
class Proposal:
    """A scenario that was played, the target that it was made for, and what it shows beside it."""

    target: Target
    stage: Stage
    shows: frozenset[str]


@dataclass(frozen=True)
class Proposals:
    """Scenarios that show what is missing, in file order, and the targets for which none was found."""

    made: tuple[Proposal, ...]
    without: tuple[Target, ...]


def propose(setting: Setting, missing: list[Target]) -> Proposals:
    """Scenarios for targets; what one shows by the way gets none of its own."""
    by_key = {clause.key: clause for clause in setting.ground.clauses}
    seen: set[str] = set()
    made: list[Proposal] = []
    without: list[Target] = []
    for target in missing:
        if target.key in seen:
            continue
        stage = _first_that_shows(target, _candidates(setting, target, by_key))
        if stage is None:
            without.append(target)
            continue
        shows = frozenset(stage.seen)
        made.append(Proposal(target, stage, shows))
        seen |= shows
    return Proposals(tuple(made), tuple(target for target in without if target.key not in seen))


def _first_that_shows(target: Target, candidates: Iterator[Candidate]) -> Stage | None:
    for candidate in islice(candidates, MOST_TRIED):
        try:
            stage = candidate()
        except Unplayable:
            continue
        if target.key in stage.seen:
            return stage
    return None


def _candidates(setting: Setting, target: Target, by_key: dict[str, Clause]) -> Iterator[Candidate]:
    owner, what = target.key.rsplit("/", 1)
    if owner in by_key:
        clause = by_key[owner]
        if what in ("true", "false"):
            from ..context import negated

            return of_clause(setting, clause, clause.term if what == "true" else negated(clause.term))
        assert clause.edge is not None
        return of_clause(setting, clause, clause.edge.term(what))
    if owner.startswith("earn."):
        rule = next(rule for rule in setting.model.rules if f"earn.{rule.id}" == owner)
        return matched(setting, rule) if what == "matched" else missed(setting, rule)
    tier = next(tier for tier in setting.model.tiers if f"vip.tiers.{tier.id}" == owner)
    return entered(setting, tier) if what == "entered" else left(setting, tier)
