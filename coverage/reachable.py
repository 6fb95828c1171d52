"""Which tiers members can come into and out of, and which rules can match and fail to: what is proved impossible.

Everything is taken to be possible that is not proved to be impossible, in words for whoever reads a report.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from ..compiler.analysis.axioms import metric_scope
from ..compiler.analysis.decide import Analysis, Impossible
from ..compiler.analysis.membership import moves_by_hand
from ..compiler.lint.matching import SIGNUP
from ..compiler.model.condition import And, Comparison, Constant, Or, Reference, Term, references
from ..compiler.model.tree import Program, Rule, Tier, WindowKind
from .context import matching, negated, of_rule


class Reach:
    """What can happen under a program. `analysis` has to know all terms that it will be asked about."""

    def __init__(self, program: Program, analysis: Analysis) -> None:
        self.program = program
        self.analysis = analysis
        self.by_hand = moves_by_hand(program)

    # --- tiers --------------------------------------------------------------------------------------------

    @cached_property
    def not_entered(self) -> dict[int, str]:
        """Why nobody can enter a tier, of those that nobody can."""
        found = ((tier.index, self._why_not_entered(tier)) for tier in self.program.tiers)
        return {index: why for index, why in found if why is not None}

    def _why_not_entered(self, tier: Tier) -> str | None:
        assert self.program.vip is not None
        if self.program.vip.not_yet:
            return "the tiers are not launched"
        if self.by_hand:
            return None
        if tier.invite_only:
            return "it is by invitation alone, and nobody can be moved on this platform"
        if isinstance(self.analysis.decide_in_tier((), tier.index), Impossible):
            return "no member can qualify for it"
        return None

    def why_not_left(self, tier: Tier) -> str | None:
        """Why nobody can leave a tier; none where somebody may."""
        if tier.index in self.not_entered:
            return self.not_entered[tier.index]
        others = [t for t in self.program.tiers if t is not tier and t.index not in self.not_entered]
        if any(t.index > tier.index for t in others) or (self.by_hand and others):
            return None
        if self._falls(tier):
            return None
        return "who is in it stays: there is no tier above it, and nothing takes it away"

    def _falls(self, tier: Tier) -> bool:
        """Whether a member who reached the tier may stop qualifying for it."""
        vip = self.program.vip
        assert vip is not None
        if tier.when is None:
            return tier.invite_only
        if self.analysis.never(tier.when.term, positive=False):
            return False
        for_ever = vip.window.kind is WindowKind.LIFETIME and not vip.count_refunds
        return not (for_ever and _only_rises(tier.when.term))

    @cached_property
    def _in_no_tier(self) -> bool:
        """Whether an order can be of a member in no tier."""
        vip, exclude = self.program.vip, self.program.exclude
        if vip is None or vip.not_yet or vip.launches is not None:
            return True
        if (
            exclude
            and exclude.customers
            and any(name.path == "customer.days_since_joined" for name in references(exclude.customers.term))
        ):
            return True  # who is excluded at first is placed by the first event after that
        if self.program.tiers[0].for_everyone:
            return False
        return not self.analysis.refuted([negated(t.when.term) for t in self.program.tiers if t.when])

    def tiers_of_members(self, rule: Rule) -> list[int | None]:
        """The tiers in which a member can be when a rule is asked, none for no tier."""
        if rule.activity == SIGNUP:
            return [None]
        tiers: list[int | None] = [t.index for t in self.program.tiers if t.index not in self.not_entered]
        return [*([None] if self._in_no_tier else []), *tiers]

    # --- rules --------------------------------------------------------------------------------------------

    def why_not_matched(self, rule: Rule) -> str | None:
        """Why a rule can never match; none where it may."""
        if not any(rule.matches_tier(tier) for tier in self.tiers_of_members(rule)):
            return "no member can be in a tier that it is for"
        if self.analysis.refuted(matching(self.program, rule)):
            return "nothing can match it"
        return None

    def is_for_all(self, rule: Rule) -> bool:
        """Whether a rule states nothing, and has no tier to be for, that could keep it from matching."""
        limit = None if rule.activity == SIGNUP else rule.limit  # nobody signs up twice
        stated = (limit, rule.starts, rule.ends, rule.contains, rule.when)
        return not any(stated) and all(rule.matches_tier(tier) for tier in self.tiers_of_members(rule))

    def why_not_missed(self, rule: Rule) -> str | None:
        """Why a rule with a condition can never fail to match; none where it may."""
        if rule.when is None or self._may_miss_otherwise(rule):
            return None
        failing = of_rule(self.program, rule, "when", [negated(rule.when.term)])
        return "its condition always holds" if self.analysis.refuted(failing) else None

    def _may_miss_otherwise(self, rule: Rule) -> bool:
        return not self.is_for_all(replace(rule, when=None))


def _only_rises(term: Term) -> bool:
    """Whether a condition over metrics of the window that holds once holds for ever, as long as these only grow."""
    match term:
        case And() | Or():
            return all(map(_only_rises, term.parts))
        case Comparison(operator=">=" | ">", left=Reference() as name, right=Constant()):
            return metric_scope(name.path) == ""
    return False
