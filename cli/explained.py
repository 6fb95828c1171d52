"""The explanation of an order as text: what `tiercel evaluate` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..compiler.model.tree import Limit, Program, Rule
from ..compiler.report.cells import visible
from . import words
from .effect_words import said

Json = dict[str, Any]


def explained(explanation: Json, program: Program) -> Iterator[str]:
    """All lines, without line ends."""
    if explanation["outcome"] == "rejected":
        yield f"rejected, {explanation['reason']}: {visible(explanation['message'])}"
        return
    yield _headline(explanation, program)
    yield from _exclusions(explanation, program)
    for rule in explanation["rules"]:
        yield ""
        yield from _rule(rule, program)
    balance = explanation["balance"]
    yield from (
        "",
        f"together: {_points(explanation['points'], program)}; balance {balance['before']} to {balance['after']}",
    )
    if program.vip:
        yield ""
        yield from _tiers(explanation, program)


def _headline(explanation: Json, program: Program) -> str:
    member = f"a member in {_tier_name(explanation['tier'], program)}"
    time = f", paid at {explanation['at']}" if explanation["at"] else ""
    return f"an order of {explanation['total']} {program.currency.code} by {member}{time}"


def _exclusions(explanation: Json, program: Program) -> Iterator[str]:
    for item in explanation["excluded_items"]:
        why = (
            _clauses(item["clauses"])
            or f"`{words.condition(program.items_excluded)}` (default of exclude.items)"
        )
        yield f"  item {item['line']} of {item['total']} takes no part: {why}"
    excluded = explanation["excluded"]
    if excluded:
        why = _clauses(excluded["clauses"]) or "no item takes part"
        yield f"  it counts for nothing, by exclude.{excluded['by']}: {why}"


def _rule(said_of: Json, program: Program) -> Iterator[str]:
    rule = next(r for r in program.rules if r.id == said_of["rule"])
    earned = _points(said_of["points"], program) if said_of["matched"] else "nothing"
    yield f"{rule.id} (line {said_of['line']}): {earned}"
    facts = list(_steps(said_of, rule, program) if said_of["matched"] else _mismatch(said_of, rule, program))
    width = max(len(name) for name, _ in facts)
    for name, fact in facts:
        yield f"  {name:<{width}}  {fact}"


def _steps(steps: Json, rule: Rule, program: Program) -> Iterator[tuple[str, str]]:
    if steps["clauses"]:
        yield "if", _clauses(steps["clauses"])
    rate = _points_text(steps["rate"], program)
    if steps["amount"] is None:
        yield "fixed", rate
    else:
        yield "amount", f"{steps['amount']} = {steps['amount_of']}"
        yield "rate", f"{rate} per {steps['per']}" + _for_tier(rule)
        yield "exactly", f"{steps['rate']} x {_times(steps)} = {steps['exact']}"
    if steps["campaign"]:
        yield (
            "campaign",
            f"{steps['campaign']}: {steps['exact']} x {steps['multiplier']} = {steps['exact_with_campaign']}",
        )
    yield (
        "rounded",
        f"{'half up' if steps['round'] in ('nearest', 'steps') else steps['round']}: {steps['rounded']}",
    )
    if steps["max_points"] is not None:
        yield "at most", f"{steps['max_points']}: {steps['points']}"
    if steps["bonus"]:
        yield "of which", f"{steps['base']} without the campaign, {steps['bonus']} by it"


def _for_tier(rule: Rule) -> str:
    return ", as the table says for the tier" if rule.table else ""


def _times(steps: Json) -> str:
    quotient = f"{steps['amount']} / {steps['per']}"
    return f"whole times of ({quotient})" if steps["round"] == "steps" else quotient


def _mismatch(why: Json, rule: Rule, program: Program) -> Iterator[tuple[str, str]]:
    match why["reason"]:
        case "inactive":
            yield "not active", "the file says `active: false`"
        case "time":
            yield "time", f"begins {why['begins']}" if "begins" in why else f"was until {why['ended']}"
        case "tier":
            yield "tier", f"for {', '.join(_tier_name(tier, program) for tier in why['for']) or 'no tier'}"
        case "contains":
            yield from _items(why["items"], rule)
        case "when":
            yield "fails", _clauses(why["clauses"])
        case "limit":
            assert isinstance(rule.limit, Limit)
            yield "limit", f"{words.limit(rule.limit)}: used up"


def _items(items: list[list[Json]], rule: Rule) -> Iterator[tuple[str, str]]:
    if not items:
        assert rule.contains is not None
        yield "fails", f"no item to be `{words.condition(rule.contains)}`"
    for number, clauses in enumerate(items):
        yield f"item {number} fails", _clauses(clauses)


def _clauses(clauses: list[Json]) -> str:
    """`spend >= 300` (line 27; spend is 62.50) and ..."""
    return "; ".join(f"`{c['text']}` (line {c['line']}{_values(c['values'])})" for c in clauses)


def _values(values: dict[str, str]) -> str:
    return "".join(f"; {name} is {visible(value)}" for name, value in values.items())


def _tiers(explanation: Json, program: Program) -> Iterator[str]:
    names = {tier.id: tier.name for tier in program.tiers}
    before, after = explanation["tier"], explanation["tier_after"]
    moved = "stays" if before == after else f"becomes {_tier_name(after, program)}"
    yield f"tier: {_tier_name(before, program)} {moved}"
    for effect in explanation["effects"]:
        if effect["kind"] != "points_earned":
            yield f"  {said(effect, names)}"
    for tier in explanation["next_tiers"]:
        needs = (
            tier["needs"] or "nothing more, but for a move by hand that holds the member down, or the launch"
        )
        yield f"  {_tier_name(tier['tier'], program)} (line {tier['line']}) still needs {needs}"


def _tier_name(tier: str | None, program: Program) -> str:
    return next((visible(each.name) for each in program.tiers if each.id == tier), "no tier")


def _points(number: int, program: Program) -> str:
    return _points_text(str(number), program)


def _points_text(number: str, program: Program) -> str:
    return f"{number} {visible(program.points[0] if number == '1' else program.points[1])}"
