"""A part of a condition never matters.

## What it finds

An operand of `and` or `or` that can be deleted without changing for whom the condition holds: other clauses imply
it, or take it in, or it always or never holds by itself. Also a whole condition of a rule that always holds, and one
of `exclude` that never does. What always holds between names counts: who has spent something has an order.

## Why

The clause reads as if it decided something. Either it is left over from an earlier version, or its number, its
operator or the `and` around it is not what was meant.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500 and spend >= 100}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
vip:
  tiers:
    - {id: silver, name: Silver}
    - {id: gold, name: Gold, when: spend >= 500}
```

## What to do

Delete the clause, or mend it if it was to decide something.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Label, Severity
from ..model.condition import And, Condition, Not, Or, Term
from ..model.stretches import conditions
from ..model.tree import Program
from ..source import Span
from .below_zero import below_zero
from .lint import Lint
from .words import written


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per clause that never matters, at the clause."""
    for condition in conditions(program):
        if _is_compound(condition.term) and not _is_found_elsewhere(program, condition):
            about = analysis.analysis_of(program)
            for clause in analysis.dead_clauses(about, condition.term):
                if not below_zero(clause):  # which is an error already
                    yield _finding(program, condition, clause)
    yield from _idle(program)


def _is_compound(term: Term) -> bool:
    while isinstance(term, Not):
        term = term.operand
    return isinstance(term, And | Or)


def _is_found_elsewhere(program: Program, condition: Condition) -> bool:
    """Whether the whole condition always or never holds: then another finding says so, or none of its parts does."""
    about = analysis.analysis_of(program)
    return analysis.never_holds(about, condition.term) or analysis.always_holds(about, condition.term)


def _finding(program: Program, condition: Condition, clause: Term) -> Diagnostic:
    about = analysis.analysis_of(program)
    from ..model.clauses import without_clause

    because = analysis.reasons(about, condition.term, clause)
    return LINT.finding(
        f"`{written(program, clause.span)}` never matters: the condition means the same without it",
        clause.span,
        labels=[Label(reason.span, "this decides it") for reason in because if reason.span != Span(0, 0)],
        help="delete the clause, or mend it if it was to decide something",
        fixes=without_clause(program.source, condition, clause),
    )


def _idle(program: Program) -> Iterator[Diagnostic]:
    """Whole conditions that never matter."""
    for condition in _stated_for_nothing(program):
        if not below_zero(condition.term) and analysis.always_holds(
            analysis.analysis_of(program), condition.term
        ):
            yield LINT.finding(
                "this condition always holds",
                condition.span,
                help="leave it out, or mend it if it was to decide something",
            )
    for condition in _excluding(program):
        if not below_zero(condition.term) and analysis.never_holds(
            analysis.analysis_of(program), condition.term
        ):
            yield LINT.finding(
                "this condition never holds, so it excludes nothing",
                condition.span,
                help="leave it out, or mend it if it was to exclude something",
            )


def _stated_for_nothing(program: Program) -> Iterator[Condition]:
    """The conditions that could be left out if they always held."""
    parts = [tier.when for tier in program.tiers[:1]] + [rule.when for rule in program.rules]
    yield from (condition for condition in parts if condition)


def _excluding(program: Program) -> Iterator[Condition]:
    """The exclusions that could be left out if they never held; one of items takes the place of a default."""
    parts = [program.exclude.customers, program.exclude.orders] if program.exclude else []
    yield from (condition for condition in parts if condition)


LINT = Lint("dead-clause", Severity.WARNING, check)
