"""What else is true of a member and an order whenever a condition is decided, as terms for the analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from ..compiler.lint.matching import SIGNUP, asked_of, in_tier
from ..compiler.model.condition import And, Comparison, Condition, Constant, Not, Term, Type, references
from ..compiler.model.tree import Program, Rule
from ..compiler.source import Span
from .ground import Place

NOWHERE = Span(0, 0)


def context_of(program: Program, place: Place, asked: Sequence[Term]) -> tuple[Term, ...]:
    """The terms that hold where the condition at a place is decided, those of `asked` among them.

    Members that are excluded are not placed, and rules are asked of orders that count; of a rule for one tier by
    members of it.
    """
    if place.rule is not None:
        return of_rule(program, place.rule, place.part, asked)
    if place.part in ("when", "retain"):
        return bounded(program, (*asked, *counted_members(program)))
    return (*asked, *counted_members(program)) if place.part == "orders" else tuple(asked)


def of_rule(program: Program, rule: Rule, part: str, asked: Sequence[Term]) -> tuple[Term, ...]:
    """The same for a condition of a rule: `when` is decided after `contains`, `items` where the rule matches."""
    if part == "when":
        return matching(program, replace(rule, when=_all(asked), items=None))
    bare = replace(rule, items=None)
    if part == "contains":
        bare = replace(bare, when=None, contains=None)
    return (*asked, negated(program.items_excluded.term), *matching(program, bare))


def matching(program: Program, rule: Rule) -> tuple[Term, ...]:
    """What has to hold for a rule to match."""
    asked = asked_of(program, rule)
    if rule.include is not None and rule.activity != SIGNUP:
        asked = in_tier(program, asked, rule.include)
    return bounded(program, asked.terms)


def bounded(program: Program, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms, and where they read points, that these are no more than the rules can ever earn."""
    most = most_points(program)
    read = {name.path: name for term in terms for name in references(term)}
    points = [read[path] for path in ("points_earned", "lifetime.points_earned") if path in read]
    if most is None or not points:
        return terms
    limit = Constant(Type.INTEGER, most, NOWHERE)
    return (*terms, *(Comparison("<=", name, limit, NOWHERE) for name in points))


def most_points(program: Program) -> int | None:
    """The most points that all rules that qualify can earn one member, ever; none where there is no end to it."""
    most = 0
    for rule in program.rules:
        if not rule.active or not rule.qualifies or (rule.activity == SIGNUP and not rule.matches_tier(None)):
            continue
        if rule.per is not None or not (rule.activity == SIGNUP or _is_limited(rule)):
            return None
        times = 1 if rule.activity == SIGNUP or rule.limit is None else rule.limit.times
        most += times * ceil(max(rule.rates))
    return most


def _is_limited(rule: Rule) -> bool:
    return rule.limit is not None and rule.limit.days is None and not rule.limit.per_calendar_year


def _all(terms: Sequence[Term]) -> Condition | None:
    """One condition that holds where all terms do."""
    if not terms:
        return None
    return Condition(terms[0] if len(terms) == 1 else And(tuple(terms), NOWHERE), "", NOWHERE)


def counted_members(program: Program) -> list[Term]:
    """That a member takes part."""
    stated = program.exclude.customers if program.exclude else None
    return [negated(stated.term)] if stated else []


def negated(term: Term) -> Term:
    """The opposite of a term."""
    return term.operand if isinstance(term, Not) else Not(term, NOWHERE)
