"""The lints: what is legal in a program, and probably wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic
from ..model.tree import Program
from . import (
    amounts_differ,
    bad_allow,
    campaign_strands_tiers,
    case_variant_names,
    catch_all_tier,
    confusable_text,
    dead_clause,
    double_earning,
    entry_reward_on_first_tier,
    expired_allow,
    gift_card_earning,
    inactive_rule,
    literal_out_of_range,
    multiple_order_rules,
    no_tier,
    overlap_on_a_day,
    retain_harder_than_when,
    rule_never_matches,
    same_condition,
    shadowed_tier,
    spending_demotes,
    tier_earns_nothing,
    tier_not_nested,
    uncovered_tier,
    unknown_allow,
    unquoted_hash,
    unreachable_tier,
    unused_allow,
    unused_attribute,
)
from .lint import Lint

if TYPE_CHECKING:
    from ..allow.suppress import Allowed

PROGRAM_LINTS: tuple[Lint[Program], ...] = (
    amounts_differ.LINT,
    campaign_strands_tiers.LINT,
    case_variant_names.LINT,
    catch_all_tier.LINT,
    confusable_text.LINT,
    dead_clause.LINT,
    double_earning.LINT,
    entry_reward_on_first_tier.LINT,
    gift_card_earning.LINT,
    inactive_rule.LINT,
    literal_out_of_range.LINT,
    multiple_order_rules.LINT,
    no_tier.LINT,
    overlap_on_a_day.LINT,
    retain_harder_than_when.LINT,
    rule_never_matches.LINT,
    same_condition.LINT,
    shadowed_tier.LINT,
    spending_demotes.LINT,
    tier_earns_nothing.LINT,
    tier_not_nested.LINT,
    uncovered_tier.LINT,
    unquoted_hash.LINT,
    unreachable_tier.LINT,
    unused_attribute.LINT,
)

ALLOW_LINTS: tuple[Lint[Allowed], ...] = (
    bad_allow.LINT,
    expired_allow.LINT,
    unknown_allow.LINT,
    unused_allow.LINT,
)

LINTS: tuple[Lint[Any], ...] = tuple(sorted((*PROGRAM_LINTS, *ALLOW_LINTS), key=lambda lint: lint.name))


def run_lints(program: Program) -> Iterator[Diagnostic]:
    """What all lints find in a program, lint by lint."""
    for lint in PROGRAM_LINTS:
        yield from lint.check(program)


def run_allow_lints(allowed: Allowed) -> Iterator[Diagnostic]:
    """What there is to find about the comments that allow findings, lint by lint."""
    for lint in ALLOW_LINTS:
        yield from lint.check(allowed)
