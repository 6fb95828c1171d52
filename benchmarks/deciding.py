"""One tier decision: the emitted function against a hand-written one, and against other engines."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tiercel
from tiercel.runtime import Member, Metrics

from . import hand_tier
from .measure import Row, in_turn, median_ratio
from .peers import PEERS, Peer

CUSTOMERS = 10_000
# Slow engines get fewer customers a round, so that a round of each takes a comparable time.
SLOW = {"rule-engine": 1_000, "cedarpy": 500, "cel-python": 100}


def members(count: int) -> list[Member]:
    """Customers on both sides of every threshold, the same in every run."""
    chance = random.Random(20_261_122)
    made = []
    for _ in range(count):
        member = Member()
        member.spend = chance.choice([0, 9_999, 10_000, 30_000, 79_999, 80_000, 200_000, 350_000])
        member.orders = chance.randrange(13)
        member.points_earned = 0
        member.lifetime = Metrics(member.spend, member.orders, 0)
        member.country = chance.choice(["CA", "US", "DE", ""])
        member.tags = frozenset(
            chance.sample(["insider", "press", "staff", "wholesale"], chance.randrange(3))
        )
        member.attributes = {}
        member.joined = "2026-01-01"
        member.tier = 0
        made.append(member)
    return made


def rows(rounds: int) -> Iterator[Row]:
    """The hand-written function first, then every peer, each in turn with the emitted function."""
    program = tiercel.load(Path(__file__).with_name("tiers.yaml"))
    emitted = program.tables.highest_tier
    people = members(CUSTOMERS)
    expected = [hand_tier.tier(member) for member in people]
    assert [emitted(member, 4) for member in people] == expected, "emitted and hand-written disagree"
    yield _against_hand(emitted, people, rounds)
    for make in PEERS:
        peer = make()
        inputs = [peer.prepare(member) for member in people]
        answers = [int(peer.decide(given)) for given in inputs[: SLOW.get(peer.name, CUSTOMERS)]]
        assert answers == expected[: len(answers)], f"{peer.name} decides otherwise"
        yield _against_peer(emitted, people, peer, inputs[: len(answers)], rounds)


def _against_hand(emitted: Callable[[Member, int], int], people: list[Member], rounds: int) -> Row:
    def ours() -> None:
        decide = emitted
        for member in people:
            decide(member, 4)

    def by_hand() -> None:
        decide = hand_tier.tier
        for member in people:
            decide(member)

    us, hand = in_turn([ours, by_hand], rounds * 4, "hand-written function")
    figures = f"{_each(us, CUSTOMERS)} and {_each(hand, CUSTOMERS)} a decision"
    return Row("emitted tier decision ÷ hand-written", median_ratio(us, hand), 1.1, True, figures)


def _against_peer(
    emitted: Callable[[Member, int], int], people: list[Member], peer: Peer, inputs: list[Any], rounds: int
) -> Row:
    def ours() -> None:
        decide = emitted
        for member in people:
            decide(member, 4)

    def theirs() -> None:
        decide = peer.decide
        for given in inputs:
            decide(given)

    us, them = in_turn([ours, theirs], rounds, peer.name)
    ratio = median_ratio(them, us) * len(people) / len(inputs)
    figures = (
        f"{_each(them, len(inputs))} and {_each(us, len(people))} a decision; {peer.package} {peer.version}"
    )
    return Row(f"{peer.name} ÷ emitted", ratio, peer.bar, False, figures)


def _each(samples: list[int], count: int) -> str:
    return f"{statistics.median(samples) / count / 1000:.2f} µs"
