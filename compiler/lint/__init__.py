"""The lints: what is legal in a program, and probably wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..model.tree import Program
from . import (
    amounts_differ,
    campaign_strands_tiers,
    case_variant_names,
    catch_all_tier,
    confusable_text,
    dead_clause,
    double_earning,
    entry_reward_on_first_tier,
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
    unquoted_hash,
    unreachable_tier,
    unused_attribute,
)
from .lint import Lint

LINTS: tuple[Lint, ...] = (
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


def run_lints(program: Program) -> Iterator[Diagnostic]:
    """What all lints find, lint by lint."""
    for lint in LINTS:
        yield from lint.check(program)
