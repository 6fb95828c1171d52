"""The lints: what is legal in a program, and probably wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..model.tree import Program
from . import (
    amounts_differ,
    campaign_strands_tiers,
    case_variant_names,
    confusable_text,
    double_earning,
    entry_reward_on_first_tier,
    gift_card_earning,
    inactive_rule,
    multiple_order_rules,
    no_tier,
    overlap_on_a_day,
    tier_earns_nothing,
    uncovered_tier,
    unquoted_hash,
    unused_attribute,
)
from .lint import Lint

LINTS: tuple[Lint, ...] = (
    amounts_differ.LINT,
    campaign_strands_tiers.LINT,
    case_variant_names.LINT,
    confusable_text.LINT,
    double_earning.LINT,
    entry_reward_on_first_tier.LINT,
    gift_card_earning.LINT,
    inactive_rule.LINT,
    multiple_order_rules.LINT,
    no_tier.LINT,
    overlap_on_a_day.LINT,
    tier_earns_nothing.LINT,
    uncovered_tier.LINT,
    unquoted_hash.LINT,
    unused_attribute.LINT,
)


def run_lints(program: Program) -> Iterator[Diagnostic]:
    """What all lints find, lint by lint."""
    for lint in LINTS:
        yield from lint.check(program)
