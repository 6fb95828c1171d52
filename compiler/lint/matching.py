"""What has to be true of a customer and an order for order rules to match, as terms for the analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import analysis
from ..model.condition import Condition, Not, Term
from ..model.tree import Program, Rule


def matching_terms(program: Program, rules: Sequence[Rule]) -> tuple[Term, ...]:
    """Terms that hold of an order on which all the rules match, and of one item of it that all of them count.

    That item is `item`; what each rule's `contains` asks for is an item of its own: `item2`, `item3`, …
    """
    contained = [rule.contains for rule in rules if rule.contains]
    return (
        *(rule.when.term for rule in rules if rule.when),
        *(rule.items.term for rule in rules if rule.items),
        *_taking_part(program),
        Not(program.items_excluded.term, program.items_excluded.span),
        *(t for n, c in enumerate(contained, start=2) for t in _another_item(program, c, f"item{n}.")),
    )


def _taking_part(program: Program) -> Iterator[Term]:
    """Neither the customer nor the order is excluded."""
    if program.exclude:
        for condition in (program.exclude.customers, program.exclude.orders):
            if condition:
                yield Not(condition.term, condition.span)


def _another_item(program: Program, contains: Condition, scope: str) -> tuple[Term, ...]:
    from ..analysis.rename import rename

    excluded = Not(program.items_excluded.term, program.items_excluded.span)
    return tuple(rename(term, lambda path: rescoped(path, scope)) for term in (contains.term, excluded))


def rescoped(path: str, scope: str) -> str:
    """The path of another item's property; other paths as they are."""
    return scope + path.removeprefix("item.") if path.startswith("item.") else path


def can_match(program: Program, rule: Rule, tier: int) -> bool:
    """Whether a customer in the tier may match the rule: false only where that is certain.

    A customer can be given a tier by hand, whatever its condition asks for: only what a higher tier's
    condition rules out counts against the rule.
    """
    if not rule.matches_tier(tier):
        return False
    if rule.when is None:
        return True
    verdict = analysis.can_hold_if_given(program, (rule.when.term,), tier)
    return not isinstance(verdict, analysis.Impossible)
