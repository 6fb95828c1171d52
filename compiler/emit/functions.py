"""One function for each condition of a program, and one for each ladder of tiers."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..model.condition import Condition
from ..model.tree import Program, Rule, Tier
from ..source import Span
from .conditions import condition_expression
from .expressions import all_of, call, compare, constant, is_untyped, name, names_in, truth
from .origins import Origins
from .writer import Writer

_TYPES = {"member": "Member", "order": "Order", "item": "Item", "cap": "int", "at_most": "int", "days": "int"}


@dataclass(frozen=True, slots=True)
class _Step:
    """A rung of a ladder: a tier's index, and its condition (none: everyone), which stands at `span`."""

    tier: int
    condition: Condition | None
    span: Span


@dataclass(slots=True)
class Functions:
    """Writes functions, and remembers what they are called and which classes they speak of.

    `names` is keyed by the field of `Tables`, or by `when`, `items`, `contains` and the rule's index.
    """

    writer: Writer
    origins: Origins
    names: dict[str | tuple[str, int], str] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)

    def write_all(self, program: Program) -> None:
        """The functions of a program, in the order of its file."""
        self._exclusions(program)
        if program.vip:
            stated = program.vip.node.entry("tiers")
            span = stated.key.span if stated else program.vip.span
            self._ladder("highest_tier", "cap", span, _qualifying(program.tiers))
            self._ladder("retained_tier", "at_most", span, _retaining(program.tiers))
        for rule in program.rules:
            if rule.active:
                self._rule(rule)

    def _exclusions(self, program: Program) -> None:
        exclude = program.exclude
        if exclude and exclude.customers:
            self._condition("excludes_customer", ("member", "days"), exclude.customers)
        if exclude and exclude.orders:
            self._condition("excludes_order", ("member", "order", "days"), exclude.orders)
        items = exclude.items if exclude else None
        origin = "" if items else f"{self.origins.label} states no other items: gift cards are excluded"
        self._condition("excludes_item", ("item", "order"), items or program.items_excluded, origin=origin)

    def _rule(self, rule: Rule) -> None:
        stated = (
            ("when", ("member", "order", "days"), rule.when),
            ("items", ("item",), rule.items),
            ("contains", ("item",), rule.contains),
        )
        for kind, parameters, condition in stated:
            if condition:
                chosen = self._unused_name(f"{kind}_{rule.id.replace('-', '_')}")
                self._condition(chosen, parameters, condition, key=(kind, rule.index))

    def _unused_name(self, wanted: str) -> str:
        """`wanted`, or with the first free number behind it: `a-b` and `a_b` are two ids."""
        taken = set(self.names.values())
        chosen, number = wanted, 1
        while chosen in taken:
            number += 1
            chosen = f"{wanted}_{number}"
        return chosen

    def _condition(
        self,
        function: str,
        parameters: tuple[str, ...],
        condition: Condition,
        *,
        key: tuple[str, int] | None = None,
        origin: str = "",
    ) -> None:
        self.names[key or function] = function
        result = condition_expression(condition)
        self.writer.gap()
        self.writer.comment(origin or self.origins.comment(condition.span))
        with self.writer.function(function, self._signature(parameters, [result]), "bool"):
            self.writer.expression("return ", call("bool", result) if is_untyped(result) else result)

    def _ladder(self, function: str, bound: str, span: Span, steps: list[_Step]) -> None:
        """From the highest tier down, the first that holds; the bound last, since it seldom decides."""
        tests = [(step, _test(step, bound)) for step in reversed(steps)]
        tests = [(step, test) for step, test in tests if truth(test) is not False]
        if not tests:
            return
        self.names[function] = function
        self.writer.gap()
        self.writer.comment(self.origins.comment(span))
        signature = self._signature(("member", bound), [test for _, test in tests])
        with self.writer.function(function, signature, "int"):
            for step, test in tests:
                self._branch(step, test, bound)
            if tests[-1][0].condition:
                self.writer.line("return -1")

    def _branch(self, step: _Step, test: ast.expr, bound: str) -> None:
        self.writer.comment(self.origins.comment(step.span))
        if step.condition is None:
            self.writer.line(f"return {step.tier} if {bound} >= {step.tier} else -1")
            return
        with self.writer.branch(test):
            self.writer.line(f"return {step.tier}")

    def _signature(self, parameters: Iterable[str], bodies: list[ast.expr]) -> list[str]:
        """The parameters, those that nothing reads with an underscore: calls are positional."""
        read = set().union(*(names_in(body) for body in bodies))
        chosen = [(parameter, _TYPES[parameter]) for parameter in parameters]
        self.classes |= {annotation for _, annotation in chosen if annotation != "int"}
        return [f"{p if p in read else '_' + p}: {annotation}" for p, annotation in chosen]


def _qualifying(tiers: Iterable[Tier]) -> list[_Step]:
    """The tiers that customers can qualify for: invite-only ones aside."""
    return [
        _Step(tier.index, tier.when, tier.when.span if tier.when else tier.span)
        for tier in tiers
        if tier.when or tier.for_everyone
    ]


def _retaining(tiers: Iterable[Tier]) -> list[_Step]:
    """The tiers that state a condition of their own for keeping them."""
    return [_Step(tier.index, tier.retain, tier.retain.span) for tier in tiers if tier.retain]


def _test(step: _Step, bound: str) -> ast.expr:
    within = compare(name(bound), ">=", constant(step.tier))
    return all_of([condition_expression(step.condition), within]) if step.condition else within
