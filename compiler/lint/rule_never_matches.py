"""No order, customer and time can match an active rule.

## What it finds

An active earning rule whose condition contradicts itself, what `exclude` takes out, its own times, or the tiers that
it is for: nobody is in a tier before the tiers launch, a new member is in none when a rule on `signup` earns, and has
no orders then. The fewest clauses that cannot hold together are underlined.

## Why

The rule is shown to customers, and pays nobody.

## Bad

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: small-orders, activity: order, points: 5, per: order, when: order.total < 10 and order.total > 20}
```

## Good

```yaml
tiercel: 1
program: {name: Corner Shop, currency: CAD}
earn:
  - {id: small-orders, activity: order, points: 5, per: order, when: order.total > 10 and order.total < 20}
```

## What to do

Change one of the underlined places, or set `active: false`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import analysis
from ..diagnostics import Diagnostic, Severity
from ..model.tree import Program, Rule
from .lint import Lint
from .matching import Asked, asked_of, can_match, in_tier

MOST_DECISIONS = 5_000


def check(program: Program) -> Iterator[Diagnostic]:
    """One finding per active rule that nothing can match, at what keeps it from matching."""
    for rule in program.rules[:MOST_DECISIONS]:
        if rule.active:
            yield from _by_tier(program, rule) or _by_condition(program, rule)


# --- tiers ----------------------------------------------------------------------------------------------------


def _by_tier(program: Program, rule: Rule) -> list[Diagnostic]:
    reason = _tier_reason(program, rule)
    if reason is None:
        return []
    key = "points" if rule.table else "tiers"
    text, help = reason
    return [LINT.finding(f"`{rule.id}` can never match: {text}", rule.span_of(key), help=help)]


def _tier_reason(program: Program, rule: Rule) -> tuple[str, str] | None:
    """Why nobody can ever be in a tier that the rule is for, and the way out."""
    vip = program.vip
    if vip is None or not (rule.table or rule.include is not None):
        return _leaves_nobody(program, rule)
    if rule.activity == "signup":
        return (
            "a new member is in no tier when `signup` earns",
            "give everyone the same points, without tiers",
        )
    if vip.not_yet:
        return "nobody is in a tier before the tiers launch", "give `vip.launches` a date"
    if vip.launches and rule.ends and rule.ends.instant <= vip.launches.instant:
        return "it ends before the tiers launch", "let the rule go on after `vip.launches`"
    tier = None if rule.include is None else program.tiers[rule.include]
    if tier and tier.invite_only and not analysis.moves_by_hand(program):
        return (
            f"`{tier.id}` is by invitation only, and nobody can be moved on this platform",
            "take the rule out",
        )
    return None


def _leaves_nobody(program: Program, rule: Rule) -> tuple[str, str] | None:
    everyone_is_in_one = (
        program.vip is not None
        and program.tiers[0].for_everyone
        and program.vip.launches is None
        and not program.vip.not_yet
        and rule.activity != "signup"
    )
    if everyone_is_in_one and len(rule.exclude) == len(program.tiers):
        return "it excludes every tier, and everyone is in one", "take a tier off the list"
    return None


# --- conditions -----------------------------------------------------------------------------------------------


def _by_condition(program: Program, rule: Rule) -> Iterator[Diagnostic]:
    if rule.when is None and rule.items is None and rule.contains is None:
        return  # what excludes everyone is `exclude` itself
    asked = asked_of(program, rule)
    if analysis.analysis_of(program).refuted(asked.terms):
        yield _finding(program, rule, asked)
    elif rule.include is not None and not can_match(program, rule, rule.include):
        yield _finding(program, rule, in_tier(program, asked, rule.include))


def _finding(program: Program, rule: Rule, asked: Asked) -> Diagnostic:
    from .conflicts import conflict_labels

    labels, notes = conflict_labels(program, asked.terms, asked.said)
    span = next((c.span for c in (rule.when, rule.items, rule.contains) if c), rule.span_of("id"))
    return LINT.finding(
        f"no order can match `{rule.id}`" if rule.on_orders else f"nobody can earn from `{rule.id}`",
        span,
        labels=labels,
        notes=notes,
        help="change one of these clauses, or set `active: false`",
    )


LINT = Lint("rule-never-matches", Severity.WARNING, check)
