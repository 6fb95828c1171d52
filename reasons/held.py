"""Why a member is in a tier: the condition that holds, a move by hand, or the window before."""

from __future__ import annotations

from ..compiler.analysis.evaluate import holds
from ..compiler.model.tree import Program as Model
from ..compiler.model.tree import Tier
from ..runtime import Customer, Program
from .clauses import clauses
from .explained import clauses_line, tier_name
from .facts import member_values


def held_line(model: Model, program: Program, member: Customer, days: int) -> str:
    """The member's tier and why, as a phrase; the member is in one. `days` are those since joining."""
    tier = model.tiers[member.tier]
    line = model.source.line((tier.when or tier).span.start)
    return f"{tier_name(tier.id, model)} (line {line}) {_why(tier, model, program, member, days)}"


def _why(tier: Tier, model: Model, program: Program, member: Customer, days: int) -> str:
    values = member_values(member, days)
    if program.excludes(member, member.clock):
        return "is kept: an excluded customer keeps the tier"
    if tier.when and holds(tier.when.term, values):
        return f"is reached: {clauses_line(clauses(tier.when.term, values, model))}"
    if member.given == member.tier:
        return "was given, by hand or by an import"
    if member.kept == member.tier:
        return "is kept from the window before"
    return "is for everyone"
