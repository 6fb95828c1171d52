"""All conditions that a program states."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.condition import Condition
from ..model.tree import Program


def conditions(program: Program) -> Iterator[Condition]:
    """The conditions of `exclude`, of the tiers, and of all rules, active or not."""
    parts: list[Condition | None] = []
    if program.exclude:
        parts += [program.exclude.customers, program.exclude.orders, program.exclude.items]
    for tier in program.tiers:
        parts += [tier.when, tier.retain]
    for rule in program.rules:
        parts += [rule.items, rule.contains, rule.when]
    yield from (condition for condition in parts if condition)
