"""What else is true of a member and an order whenever a condition is decided, as terms for the analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..compiler.lint.matching import SIGNUP, asked_of, in_tier
from ..compiler.model.condition import Condition, Not, Term
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
    if place.part in ("when", "retain", "orders"):
        return (*asked, *_counted_members(program))
    return tuple(asked)


def of_rule(program: Program, rule: Rule, part: str, asked: Sequence[Term]) -> tuple[Term, ...]:
    """The same for a condition of a rule: `when` is decided after `contains`, `items` where the rule matches."""
    if part == "when":
        return _matching(program, replace(rule, when=_all(asked), items=None))
    bare = (
        replace(rule, items=None) if part == "items" else replace(rule, when=None, items=None, contains=None)
    )
    return (*asked, negated(program.items_excluded.term), *_matching(program, bare))


def matching(program: Program, rule: Rule) -> tuple[Term, ...]:
    """What has to hold for a rule to match."""
    return _matching(program, rule)


def _matching(program: Program, rule: Rule) -> tuple[Term, ...]:
    asked = asked_of(program, rule)
    if rule.include is None or rule.activity == SIGNUP:
        return asked.terms
    return in_tier(program, asked, rule.include).terms


def _all(terms: Sequence[Term]) -> Condition | None:
    """One condition that holds where all terms do."""
    from ..compiler.model.condition import And

    if not terms:
        return None
    return Condition(terms[0] if len(terms) == 1 else And(tuple(terms), NOWHERE), "", NOWHERE)


def _counted_members(program: Program) -> list[Term]:
    stated = program.exclude.customers if program.exclude else None
    return [negated(stated.term)] if stated else []


def negated(term: Term) -> Term:
    """The opposite of a term."""
    return term.operand if isinstance(term, Not) else Not(term, NOWHERE)
