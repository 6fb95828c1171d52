"""The conditions of a program that scenarios decide, clause by clause, each with the keys of its targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ..compiler.model.condition import And, Condition, Not, Or, Term, children, references
from ..compiler.model.tree import Program, Rule, Tier
from ..compiler.node import Node, node
from .edges import Edge, edge_of


@node
class Place(Node):
    """Where a condition stands: `vip.tiers.gold.when`; with the tier or the rule whose it is.

    `part` is `when`, `retain`, `items` or `contains`, of `exclude` `customers`, `orders` or `items`.
    """

    path: str
    part: str
    tier: Tier | None = field(compare=False, repr=False)
    rule: Rule | None = field(compare=False, repr=False)
    condition: Condition = field(compare=False, repr=False)

    @property
    def owner(self) -> str:
        """`exclude`, `tier` or `rule`."""
        if self.tier is not None:
            return "tier"
        return "exclude" if self.rule is None else "rule"


@node
class Clause(Node):
    """A clause of a condition, `key` without what it is to be: `vip.tiers.gold.when/1`."""

    key: str
    place: Place
    term: Term = field(compare=False, repr=False)
    edge: Edge | None = field(compare=False, repr=False)
    keys: frozenset[str] = field(compare=False, repr=False)

    def seen(self, holds: bool) -> str:
        """The key of having been true, or false."""
        return f"{self.key}/{'true' if holds else 'false'}"

    def tried(self, which: str) -> str:
        """The key of a threshold's value: `at`, `below` or `past`."""
        return f"{self.key}/{which}"


def places(program: Program) -> Iterator[Place]:
    """The conditions that the file states, in its order; those of rules that are not active decide nothing."""
    stated = program.exclude
    if stated:
        for part, condition in (
            ("customers", stated.customers),
            ("orders", stated.orders),
            ("items", stated.items),
        ):
            if condition:
                yield Place(f"exclude.{part}", part, None, None, condition)
    for tier in program.tiers:
        for part, condition in (("when", tier.when), ("retain", tier.retain)):
            if condition:
                yield Place(f"vip.tiers.{tier.id}.{part}", part, tier, None, condition)
    for rule in active_rules(program):
        for part, condition in (("when", rule.when), ("items", rule.items), ("contains", rule.contains)):
            if condition:
                yield Place(f"earn.{rule.id}.{part}", part, None, rule, condition)


def active_rules(program: Program) -> list[Rule]:
    """The rules that earn anything at all, in file order."""
    return [rule for rule in program.rules if rule.active]


def clauses(place: Place) -> tuple[Clause, ...]:
    """The clauses of a condition that can be one way or the other: what reads nothing is left out."""
    leaves = enumerate(_leaves(place.condition.term), start=1)
    return tuple(
        _clause(f"{place.path}/{number}", place, term) for number, term in leaves if references(term)
    )


def _clause(key: str, place: Place, term: Term) -> Clause:
    edge = edge_of(term)
    what = ("true", "false", *(("at", edge.other) if edge else ()))
    return Clause(key, place, term, edge, frozenset(f"{key}/{one}" for one in what))


def _leaves(term: Term) -> Iterator[Term]:
    if isinstance(term, And | Or | Not):
        for part in children(term):
            yield from _leaves(part)
    else:
        yield term
