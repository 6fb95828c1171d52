"""What `double-earning` says: who earns twice, on which order, how much from each rule, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..diagnostics import Diagnostic, Fix, Label
from ..model.mending import addition
from ..model.tree import Program, Rule
from .earned import points_earned
from .facts import shown_facts
from .lint import Lint
from .overlaps import Overlap, Overlaps, special
from .stretches import described
from .words import decimal, listed, money, points, tier_ids

MOST_EXAMPLES = 3
MOST_RATES = 5


def findings(program: Program, lint: Lint[Program]) -> Iterator[Diagnostic]:
    """One finding per rule that others overlap with, at the most general of the rules."""
    found = sorted(Overlaps(program).find(), key=lambda o: (o.rule.index, o.other.index, o.tier))
    for _, group in groupby(found, key=lambda o: o.rule.index):
        yield _finding(program, lint, list(group))


def _finding(program: Program, lint: Lint[Program], overlaps: Sequence[Overlap]) -> Diagnostic:
    rule = overlaps[0].rule
    by_other = [list(group) for _, group in groupby(overlaps, key=lambda o: o.other.index)]
    alone = len(by_other) == 1
    return lint.finding(
        _message(program, overlaps, by_other),
        rule.span_of("id"),
        labels=[
            Label(group[0].other.span_of("id"), _label(program, group, "" if alone else _when(group[0])))
            for group in by_other
        ],
        notes=[_example(program, group[0]) for group in by_other[:MOST_EXAMPLES]],
        help=_help(program, rule, overlaps),
        fixes=_left_out(program, rule, overlaps),
    )


def _left_out(program: Program, rule: Rule, overlaps: Sequence[Overlap]) -> list[Fix]:
    """Leaves the tiers with rules of their own out of the rule for everyone."""
    if rule.table or rule.include is not None or any(o.other.include is None for o in overlaps):
        return []
    tiers = sorted({*rule.exclude, *(overlap.tier for overlap in overlaps)})
    if len(tiers) == len(program.tiers):
        return []  # the rule would be one for customers in no tier
    ids = ", ".join(tier_ids(program, tiers))
    edit = addition(program.source.text, rule.node, "tiers", f"{{exclude: [{ids}]}}")
    return [Fix(f"write `tiers: {{exclude: [{ids}]}}` in `{rule.id}`", (edit,), safe=False)]


def _message(program: Program, overlaps: Sequence[Overlap], by_other: Sequence[Sequence[Overlap]]) -> str:
    rule, others = overlaps[0].rule, [group[0].other.id for group in by_other]
    members = _members(program, overlaps)
    if len(others) == 1:
        return f"{members} earn from both `{rule.id}` and `{others[0]}`{_when(overlaps[0])}"
    return f"{members} earn from `{rule.id}` on top of {listed(others)}"


def _label(program: Program, overlaps: Sequence[Overlap], when: str) -> str:
    return f"{_members(program, overlaps)} earn from this rule too{when}"


def _members(program: Program, overlaps: Sequence[Overlap]) -> str:
    tiers = sorted({overlap.tier for overlap in overlaps})
    return f"members in {listed(tier_ids(program, tiers))}"


def _when(overlap: Overlap) -> str:
    return "" if overlap.stretch.always else f", {described(overlap.stretch)}"


def _example(program: Program, overlap: Overlap) -> str:
    """An order with what it earns from each rule."""
    tier, order = overlap.tier, overlap.order
    first, second = (points_earned(rule, tier, order) for rule in (overlap.rule, overlap.other))
    facts = shown_facts(program, (overlap.rule, overlap.other), order)
    total = order.get("order.total", 0)
    assert isinstance(total, int)
    return (
        f"an order of {money(program, total)} by a member in `{program.tiers[tier].id}`{facts} earns "
        f"{points(program, first)} from `{overlap.rule.id}` and {points(program, second)} from "
        f"`{overlap.other.id}`, {points(program, first + second)} in all"
    )


def _help(program: Program, rule: Rule, overlaps: Sequence[Overlap]) -> str:
    """Both ways out; the rates of the table are spelled out where rules for one tier each stand beside a default."""
    tiers = sorted({overlap.tier for overlap in overlaps})
    if rule.table or rule.include is not None:
        return "make all of the rules but one inactive, or write one rule with a rate table"
    if any(overlap.other.include is None for overlap in overlaps):
        left_out = ", ".join(tier_ids(program, tiers))
        one = f"leave the tiers out of all of the rules but one with `tiers: {{exclude: [{left_out}]}}`"
        return f"{one}, or write one rule with a rate table"
    left_out = ", ".join(tier_ids(program, sorted({*rule.exclude, *tiers})))
    one = f"leave the tiers out of `{rule.id}` with `tiers: {{exclude: [{left_out}]}}`"
    return f"{one}, or write one rule with a rate table{_table(program)}"


def _table(program: Program) -> str:
    """The rate table of a program of few tiers, each with the rate of the rule that is most its own."""
    rules = [_own_rule(program, tier.index) for tier in program.tiers[:MOST_RATES]]
    if len(program.tiers) > MOST_RATES or len({rule and rule.per for rule in rules}) > 1:
        return ""
    rates = [
        f"{tier.id}: {decimal(rule.rates[tier.index if rule.table else 0])}"
        for tier, rule in zip(program.tiers, rules, strict=True)
        if rule
    ]
    return f": `points: {{{', '.join(rates)}}}`"


def _own_rule(program: Program, tier: int) -> Rule | None:
    matching = [rule for rule in program.order_rules if rule.matches_tier(tier)]
    return max(matching, key=special, default=None)
