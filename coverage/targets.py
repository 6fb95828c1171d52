"""What there is to cover of a program, in the order of its file, with what is proved to be out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..compiler.analysis.decide import Analysis
from ..compiler.model.condition import Term, Type, references
from ..compiler.model.tree import Program, Rule, Tier
from ..compiler.node import Node, node
from ..reasons import words
from ..reasons.clauses import text_of
from .context import context_of, negated
from .edges import Edge
from .ground import Clause, Place, active_rules, clauses, places
from .reachable import Reach
from .target import Kind, Target


@node
class Ground(Node):
    """A program with all that there is to cover of it."""

    program: Program
    conditions: tuple[tuple[Place, tuple[Clause, ...]], ...]
    targets: tuple[Target, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all conditions, in file order."""
        return tuple(clause for _, found in self.conditions for clause in found)

    @property
    def counted(self) -> tuple[Target, ...]:
        """The targets that can be reached: what 100 % means."""
        return tuple(target for target in self.targets if target.unreachable is None)


def ground_of(program: Program) -> Ground:
    """What there is to cover of a program."""
    conditions = tuple((place, clauses(place)) for place in places(program))
    found = [clause for _, clauses_of in conditions for clause in clauses_of]
    analysis = analysis_for(program, found)
    reach = Reach(program, analysis)
    targets = [
        *(target for tier in program.tiers for target in _of_tier(tier, reach)),
        *(target for rule in active_rules(program) for target in _of_rule(rule, reach)),
        *(target for clause in found for target in _of_clause(clause, reach)),
    ]
    return Ground(program, conditions, tuple(sorted(targets, key=lambda target: target.span)))


def analysis_for(program: Program, found: Sequence[Clause]) -> Analysis:
    """An analysis that can be asked about the thresholds of the clauses too."""
    edges = [clause.edge for clause in found if clause.edge]
    return Analysis(program, [edge.term(which) for edge in edges for which in ("at", edge.other)])


def _of_tier(tier: Tier, reach: Reach) -> Iterator[Target]:
    path, span = f"vip.tiers.{tier.id}", tier.span_of("id")
    yield Target(
        f"{path}/entered", Kind.TIER, f"a member enters `{tier.id}`", reach.not_entered.get(tier.index), span
    )
    yield Target(f"{path}/left", Kind.TIER, f"a member leaves `{tier.id}`", reach.why_not_left(tier), span)


def _of_rule(rule: Rule, reach: Reach) -> Iterator[Target]:
    path, span = f"earn.{rule.id}", rule.span_of("id")
    what = "an order" if rule.on_orders else f"an activity `{rule.activity}`"
    if rule.activity == "signup":
        what = "a new member"
    never = reach.why_not_matched(rule)
    yield Target(f"{path}/matched", Kind.RULE, f"{what} earns by `{rule.id}`", never, span)
    if not reach.is_for_all(rule):
        always = reach.why_not_missed(rule)
        yield Target(f"{path}/missed", Kind.RULE, f"{what} does not earn by `{rule.id}`", always, span)


def _of_clause(clause: Clause, reach: Reach) -> Iterator[Target]:
    program = reach.program
    text, span = text_of(clause.term, program), clause.term.span
    for holds in (True, False):
        asked = clause.term if holds else negated(clause.term)
        says = f"`{text}` is {'true' if holds else 'false'}"
        why = _refuted(clause, asked, reach)
        yield Target(clause.seen(holds), Kind.CLAUSE, says, why, span)
    if clause.edge:
        for which in ("at", clause.edge.other):
            says = f"`{text}` is tried {tried(clause.edge, which, program)}"
            why = _refuted(clause, clause.edge.term(which), reach)
            yield Target(clause.tried(which), Kind.THRESHOLD, says, why, span)


def _refuted(clause: Clause, asked: Term, reach: Reach) -> str | None:
    """Why a clause can never be as asked; none where it may."""
    rule, tier = clause.place.rule, clause.place.tier
    if rule is not None and (why := reach.why_not_matched(rule)) is not None and clause.place.part == "items":
        return f"`{rule.id}` never matches: {why}"
    if rule is not None and not any(rule.matches_tier(t) for t in reach.tiers_of_members(rule)):
        return "no member can be in a tier that its rule is for"
    if tier is not None and clause.place.part == "retain" and tier.index in reach.not_entered:
        return f"nobody can be in `{tier.id}`: {reach.not_entered[tier.index]}"
    if tier is not None and reach.program.vip and reach.program.vip.not_yet:
        return "the tiers are not launched"
    if reach.analysis.refuted(context_of(reach.program, clause.place, [asked])):
        return "no member and no order can make it so"
    return None


def tried(edge: Edge, which: str, program: Program) -> str:
    """`at 300.00`, `just below, at 299.99`, `just past, at 300.01`."""
    where = {"at": "", "below": "just below, ", "past": "just past, "}[which]
    number = edge.at if which == "at" else edge.beside
    return f"{where}at {shown(number, edge, program)}"


def shown(number: Fraction, edge: Edge, program: Program) -> str:
    """A value of the threshold's names as a condition would write it."""
    if any(name.type is Type.MONEY for name in references(edge.compared)):
        if number.denominator == 1:
            return ("-" if number < 0 else "") + words.money(abs(int(number)), program.currency)
        number /= 10**program.currency.decimals
    return words.decimal(number)
