"""A program in words, line by line: what `tiercel show` prints."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.model import words as plain
from ..compiler.model.tree import Campaign, Exclude, Program, Round, Rule, Tier, Vip
from ..compiler.report.cells import visible
from . import words
from .defaults import defaults

EVERYONE = "everyone who joins"
ROUNDED = {
    Round.NEAREST: "to the nearest whole number, half up",
    Round.DOWN: "down",
    Round.UP: "up",
    Round.STEPS: "down to whole steps, before the rate",
}


def portrait(program: Program) -> Iterator[str]:
    """All lines, without line ends."""
    yield visible(program.name)
    yield from _facts(_head(program))
    if program.vip:
        yield from ("", f"Tiers, lowest first ({len(program.tiers)})")
        for tier in program.tiers:
            yield from _tier(tier, program)
        yield from ("", "How tiers are counted and kept")
        yield from _facts(_ladder(program.vip, program.timezone))
    yield from ("", "What earns points")
    for rule in program.rules:
        yield from _rule(rule, program)
    if not program.rules:
        yield "  nothing"
    yield from _orders_by_tier(program)
    yield from _campaigns(program)
    yield from ("", "What takes no part")
    yield from _facts(_excluded(program))
    yield from ("", "Defaults in effect")
    yield from _facts(defaults(program))


def _facts(facts: Iterator[tuple[str, str]], indent: str = "  ") -> Iterator[str]:
    """Names and what they are, in two columns."""
    rows = list(facts)
    width = max((len(name) for name, _ in rows), default=0)
    return (f"{indent}{name:<{width}}  {value}" for name, value in rows)


def _head(program: Program) -> Iterator[tuple[str, str]]:
    decimals = program.currency.decimals
    yield "currency", f"{program.currency.code}, " + (f"{decimals} decimals" if decimals else "no decimals")
    yield "time zone", program.timezone
    yield "points", f"one {visible(program.points[0])}, many {visible(program.points[1])}"
    if program.hosted:
        yield "runs on", f"{program.hosted.platform}, plan {program.hosted.plan}"
    for attribute in program.attributes:
        values = f": {', '.join(map(visible, attribute.values))}" if attribute.values else ""
        yield "attribute", f"customer.{attribute.name}, {attribute.type.value.replace('_', ' ')}{values}"


# --- tiers --------------------------------------------------------------------------------------------------


def _tier(tier: Tier, program: Program) -> Iterator[str]:
    yield f"  {visible(tier.name)} ({tier.id})"
    yield from _facts(tier_facts(tier, program), "    ")


def tier_facts(tier: Tier, program: Program) -> Iterator[tuple[str, str]]:
    """How members reach and keep a tier, and what it gives them: names, and what they are."""
    if tier.invite_only:
        yield "reached by", "invitation: a move by hand or by CSV alone"
    else:
        yield "reached by", EVERYONE if tier.when is None else words.condition(tier.when)
    kept = _kept(tier, program)
    if kept:
        yield "kept by", kept
    for reward in tier.entry_rewards:
        yield "on entering", words.reward(reward, program)
    for perk in tier.perks:
        yield "perk", visible(perk)


def _kept(tier: Tier, program: Program) -> str:
    """How members keep the tier from one window to the next; nothing where that cannot happen, or is no question."""
    vip = program.vip
    if vip is None or not vip.window.closes or not vip.lasts_next_window or tier.for_everyone:
        return ""
    if tier.retain is not None:
        return words.condition(tier.retain)
    return "nothing: it lapses" if tier.invite_only else "the same"


def _ladder(vip: Vip, zone: str) -> Iterator[tuple[str, str]]:
    if vip.not_yet:
        yield "launch", "not yet: nobody is placed in a tier"
    elif vip.launches:
        yield "launch", words.stretch(vip.launches, None, zone)
    yield "counted over", plain.window(vip.window)
    yield "a tier lasts", plain.lasts(vip)
    if vip.window.closes:
        yield "not earned again", plain.lapse(vip)
    yield "spend is", words.amount(vip.spend)
    yield "refunds", plain.refunds(vip)
    yield "skipped tiers", f"a jump pays {plain.skipped_tiers(vip)}"
    yield "e-mail", "tells customers about a new tier" if vip.notify else "none"


# --- points -------------------------------------------------------------------------------------------------


def _rule(rule: Rule, program: Program) -> Iterator[str]:
    off = "" if rule.active else " (not active)"
    yield f"  {rule.id}, for {'orders' if rule.on_orders else visible(rule.activity)}{off}"
    yield from _facts(rule_facts(rule, program), "    ")


def rule_facts(rule: Rule, program: Program) -> Iterator[tuple[str, str]]:
    """What a rule gives, to whom and when: names, and what they are."""
    yield from _rates(rule, program)
    if rule.per is not None:
        yield (
            "of",
            words.amount(rule.amount)
            + (f", of items with {words.condition(rule.items)}" if rule.items else ""),
        )
        yield "rounded", ROUNDED[rule.round]
    if rule.contains:
        yield "if an item has", words.condition(rule.contains)
    if rule.when:
        yield "if", words.condition(rule.when)
    if rule.starts or rule.ends:
        yield "time", words.stretch(rule.starts, rule.ends, program.timezone)
    if rule.max_points is not None:
        yield "at most", f"{rule.max_points} an order"
    if rule.limit:
        yield "limit", words.limit(rule.limit)
    if not rule.qualifies:
        yield "counts", "to the balance alone, not to points_earned"


def _rates(rule: Rule, program: Program) -> Iterator[tuple[str, str]]:
    if rule.table:
        for tier, rate in zip(program.tiers, rule.rates, strict=True):
            yield f"in {visible(tier.name)}", words.rate(rate, rule, program)
    else:
        yield _who(rule, program), words.rate(rule.rates[0], rule, program)


def _who(rule: Rule, program: Program) -> str:
    if rule.include is not None:
        return f"in {visible(program.tiers[rule.include].name)} alone"
    if rule.exclude:
        return f"in all but {', '.join(visible(program.tiers[t].name) for t in rule.exclude)}"
    return "everyone"


def _orders_by_tier(program: Program) -> Iterator[str]:
    """What an order earns in each tier, if its rules' conditions hold; rules add up."""
    if not program.vip or not program.order_rules:
        return
    yield from ("", "What orders earn in each tier")
    indexes: list[int | None] = [tier.index for tier in program.tiers]
    if not program.tiers[0].for_everyone or program.vip.launches or program.vip.not_yet:
        indexes.insert(0, None)
    yield from _facts((_in_tier(t, program), order_rates(t, program)) for t in indexes)


def _in_tier(tier: int | None, program: Program) -> str:
    return "in no tier" if tier is None else f"in {visible(program.tiers[tier].name)}"


def order_rates(tier: int | None, program: Program) -> str:
    """What an order earns in a tier (none: in no tier), if its rules' conditions hold."""
    rates = (
        f"{words.rate(rule.rates[tier if rule.table and tier is not None else 0], rule, program)} ({rule.id})"
        for rule in program.order_rules
        if rule.matches_tier(tier)
    )
    return " + ".join(rates) or "nothing"


# --- campaigns and exclusions -------------------------------------------------------------------------------


def _campaigns(program: Program) -> Iterator[str]:
    if program.campaigns:
        yield from ("", "Campaigns")
        yield from _facts((each.id, campaign_words(each, program.timezone)) for each in program.campaigns)


def campaign_words(campaign: Campaign, zone: str) -> str:
    """`2 times what orders earn, from 2026-11-27 through 2026-11-29`."""
    times = words.stretch(campaign.starts, campaign.ends, zone)
    return f"{words.decimal(campaign.multiplier)} times what orders earn, {times}"


def _excluded(program: Program) -> Iterator[tuple[str, str]]:
    stated: Exclude | None = program.exclude
    if stated and stated.customers:
        yield "customers", words.condition(stated.customers)
    if stated and stated.orders:
        yield "orders", words.condition(stated.orders)
    yield "items", words.condition(program.items_excluded)
