"""What a tier, a rule, a campaign or an attribute is, on a few lines of Markdown, from what the program means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..compiler.analysis.decide import Analysis, Possible
from ..compiler.lint.facts import customer
from ..compiler.model import words as plain
from ..compiler.model.condition import Not, Type, references
from ..compiler.model.tree import Program, Rule, Tier
from ..reasons import words
from ..reasons.portrait import campaign_words, rule_facts, tier_facts
from .index import ATTRIBUTE_PREFIX, Thing

_MOST_TIERS = 50  # of a longer ladder no example is looked for: it would keep the editor waiting


def card(thing: Thing, name: str, program: Program) -> str | None:
    """What a name stands for; none where the program has nothing of that name."""
    lines = list(_CARDS[thing](name, program)) if thing in _CARDS else []
    return "\n".join(lines) if lines else None


_HARMLESS = re.compile(r"[\w .,;:%()/'+-]*")


def _fact(name: str, value: str) -> str:
    return f"- *{_said(name)}:* {_said(value)}"


def _said(text: str) -> str:
    """Text of a program: as it is where that is no Markdown."""
    return text if _HARMLESS.fullmatch(text) else _code(text)


def _code(text: str) -> str:
    """Text as it is, whatever Markdown would make of it."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


# --- tiers ----------------------------------------------------------------------------------------------------


def _tier(name: str, program: Program) -> Iterator[str]:
    for tier in program.tiers:
        if tier.id == name and program.vip:
            yield f"**{_code(tier.name)}**, tier {tier.index + 1} of {len(program.tiers)}, lowest first\n"
            for fact, value in tier_facts(tier, program):
                yield _fact(fact, value)
            example = _example(tier, program)
            if example:
                yield f"- *for example:* {example}"
            if not (tier.invite_only or tier.for_everyone):
                yield _fact("lasts", plain.lasts(program.vip))
            if program.vip.launches or program.vip.not_yet:
                yield _fact("launch", plain.launch(program.vip, program.timezone))
            if program.exclude and program.exclude.customers:
                yield f"- *takes no part:* whoever meets {_code(words.condition(program.exclude.customers))}"
            yield from _earned(tier, program)


def _example(tier: Tier, program: Program) -> str | None:
    """A customer who gets the tier and none above it."""
    if tier.when is None or len(program.tiers) > _MOST_TIERS:
        return None
    above = [t.when for t in program.tiers[tier.index + 1 :] if t.when]
    unmet = [Not(condition.term, condition.span) for condition in above]
    # An analysis of its own: that of a check under way is asked by one thread alone.
    verdict = Analysis(program, unmet).decide([tier.when.term, *unmet])
    if not isinstance(verdict, Possible):
        return None
    read = {name.path for name in references(tier.when.term)}
    terms = [tier.when.term, *(c.term for c in above if read & {name.path for name in references(c.term)})]
    return customer(program, terms, verdict.values)


def _earned(tier: Tier, program: Program) -> Iterator[str]:
    """What members earn; orders first, whose rules add up."""
    earning = [rule for rule in program.rules if rule.active and rule.matches_tier(tier.index)]
    on_orders = [_rate(tier, rule, program) for rule in earning if rule.on_orders]
    if program.order_rules:
        yield _fact("an order earns", on_orders[0] if on_orders else "nothing")
    yield from (_fact("an order also earns", rate) for rate in on_orders[1:])
    if on_orders:
        yield from _multiplied(program)
    for rule in earning:
        if not rule.on_orders:
            yield _fact(f"{rule.activity} earns", _rate(tier, rule, program))


def _rate(tier: Tier, rule: Rule, program: Program) -> str:
    """`2 points per 1.00 (orders)`, with what else has to hold: `(spring, if order.units > 1, from 2026-03-01)`."""
    rate = words.rate(rule.rates[tier.index if rule.table else 0], rule, program)
    limits = [
        f"of items with {words.condition(rule.items)}" if rule.items else "",
        f"if an item has {words.condition(rule.contains)}" if rule.contains else "",
        f"if {words.condition(rule.when)}" if rule.when else "",
        words.stretch(rule.starts, rule.ends, program.timezone) if rule.starts or rule.ends else "",
    ]
    return f"{rate} ({', '.join([rule.id, *filter(None, limits)])})"


# --- rules, campaigns, attributes -----------------------------------------------------------------------------


def _rule(name: str, program: Program) -> Iterator[str]:
    for rule in program.rules:
        if rule.id == name:
            off = "" if rule.active else ", not active"
            yield f"**{_code(rule.id)}**, a rule for {'orders' if rule.on_orders else _code(rule.activity)}{off}\n"
            yield from (_fact(fact, value) for fact, value in rule_facts(rule, program))
            if rule.on_orders and rule.active:
                yield from _multiplied(program)


def _multiplied(program: Program) -> Iterator[str]:
    for campaign in program.campaigns:
        yield _fact(f"campaign {campaign.id}", campaign_words(campaign, program.timezone))


def _campaign(name: str, program: Program) -> Iterator[str]:
    for campaign in program.campaigns:
        if campaign.id == name:
            yield f"**{_code(campaign.id)}**, a campaign: {campaign_words(campaign, program.timezone)}"


def _attribute(name: str, program: Program) -> Iterator[str]:
    from .name_words import MEANINGS

    path = ATTRIBUTE_PREFIX + name
    for attribute in program.attributes:
        if attribute.name == name and path not in MEANINGS:
            yield f"**{_code(path)}**, {attribute.type.value}, an attribute of this program\n"
            if attribute.values:
                yield f"- *values:* {', '.join(map(_code, attribute.values))}"
            first = _code(attribute.values[0]) if attribute.values else _UNTIL_GIVEN[attribute.type]
            yield f"- *until it is given:* {first}"


_UNTIL_GIVEN = {
    Type.BOOLEAN: "`false`",
    Type.INTEGER: "`0`",
    Type.DECIMAL: "`0`",
    Type.MONEY: "`0`",
    Type.TEXT: '`""`',
    Type.DATE: "no date: every comparison is false",
}
_CARDS = {Thing.TIER: _tier, Thing.RULE: _rule, Thing.CAMPAIGN: _campaign, Thing.ATTRIBUTE: _attribute}
