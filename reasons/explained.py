"""The explanation of an order as text: what `tiercel evaluate` prints."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..compiler.model.tree import Limit, Program, Rule
from ..compiler.report.cells import visible
from . import words
from .effect_words import said

Json = dict[str, Any]
Facts = Iterator[tuple[str, str]]

BARS = {
    "exclusion": "an excluded customer keeps the tier",
    "launch": "the tiers are not launched",
    "cap": "a move by hand holds the member down",
}


def explained(explanation: Json, program: Program) -> Iterator[str]:
    """All lines, without line ends."""
    if explanation["outcome"] == "rejected":
        yield f"rejected, {explanation['reason']}: {visible(explanation['message'])}"
        return
    yield _headline(explanation, program)
    yield from exclusion_lines(explanation, program)
    rules = {rule.id: rule for rule in program.rules}
    for one in explanation["rules"]:
        yield ""
        yield from rule_lines(one, rules[one["rule"]], program)
    earned, balance = _points(str(explanation["points"]), program), explanation["balance"]
    yield ""
    yield f"together: {earned}; balance {balance['before']} to {balance['after']}"
    if program.vip:
        yield ""
        yield from _tiers(explanation, program)


def _headline(explanation: Json, program: Program) -> str:
    member = f"a member in {tier_name(explanation['tier'], program)}" if program.vip else "a member"
    time = f", paid at {explanation['at']}" if explanation["at"] else ""
    return f"an order of {explanation['total']} {program.currency.code} by {member}{time}"


def exclusion_lines(explanation: Json, program: Program) -> Iterator[str]:
    """Which items take no part, and why the order counts for nothing, if it does."""
    default = f"`{words.condition(program.items_excluded)}` (default of exclude.items)"
    for item in explanation["excluded_items"]:
        yield f"  item {item['line']} of {item['total']} takes no part: {clauses_line(item['clauses']) or default}"
    excluded = explanation["excluded"]
    if excluded:
        why = clauses_line(excluded["clauses"]) or "no item takes part"
        yield f"  it counts for nothing, by exclude.{excluded['by']}: {why}"


# --- rules --------------------------------------------------------------------------------------------------


def rule_lines(one: Json, rule: Rule, program: Program) -> Iterator[str]:
    """What a rule earned on the order, step by step, or why it did not match."""
    earned = _points(str(one["points"]), program) if one["matched"] else "nothing"
    yield f"{rule.id} (line {one['line']}): {earned}"
    facts = list(_steps(one, rule, program) if one["matched"] else _mismatch(one, rule, program))
    width = max(len(name) for name, _ in facts)
    for name, fact in facts:
        yield f"  {name:<{width}}  {fact}"


def _steps(steps: Json, rule: Rule, program: Program) -> Facts:
    if rule.contains:
        yield f"item {steps['contains']} has", f"`{words.condition(rule.contains)}`"
    if steps["clauses"]:
        yield "if", clauses_line(steps["clauses"])
    yield from _exact_steps(steps, rule, program)
    if steps["per"] or steps["campaign"]:
        mode = "half up" if steps["round"] in ("nearest", "steps") else steps["round"]
        yield "rounded", f"{mode}: {steps['rounded']}"
    if steps["max_points"] is not None:
        yield "at most", f"{steps['max_points']}: {steps['points']}"
    if steps["bonus"]:
        yield "of which", f"{steps['base']} without the campaign, {steps['bonus']} by it"


def _exact_steps(steps: Json, rule: Rule, program: Program) -> Facts:
    rate = _points(steps["rate"], program)
    if steps["amount"] is None:
        yield "fixed", rate
    else:
        yield "amount", f"{steps['amount']} = {steps['amount_of']}"
        yield "rate", f"{rate} per {steps['per']}" + (", by the table" if rule.table else "")
        yield "exactly", f"{steps['rate']} x {_times(steps)} = {_exact(steps['exact'])}"
    if steps["campaign"]:
        product = _exact(steps["exact_with_campaign"])
        yield "campaign", f"{steps['campaign']}: {steps['exact']} x {steps['multiplier']} = {product}"


def _times(steps: Json) -> str:
    quotient = f"{steps['amount']} / {steps['per']}"
    return f"whole times of ({quotient})" if steps["round"] == "steps" else quotient


def _exact(number: str) -> str:
    """An exact value; of a fraction without end (`625/24`), about how much it is too."""
    return f"{number} (about {words.decimal(round(Fraction(number), 3))})" if "/" in number else number


def _mismatch(why: Json, rule: Rule, program: Program) -> Facts:
    match why["reason"]:
        case "inactive":
            yield "not active", "the file says `active: false`"
        case "time":
            yield "time", f"begins {why['begins']}" if "begins" in why else f"was until {why['ended']}"
        case "tier":
            yield "tier", f"for {', '.join(tier_name(tier, program) for tier in why['for']) or 'no tier'}"
        case "contains":
            yield from _items(why["items"], rule)
        case "when":
            yield "fails", clauses_line(why["clauses"])
        case "limit":
            assert isinstance(rule.limit, Limit)
            yield "limit", f"{words.limit(rule.limit)}: used up"


def _items(items: list[Json], rule: Rule) -> Facts:
    assert rule.contains is not None
    if not items:
        yield "fails", f"no item to be `{words.condition(rule.contains)}`"
    for item in items:
        yield f"item {item['line']} fails", clauses_line(item["clauses"])


def clauses_line(clauses: list[Json]) -> str:
    """Clauses with their lines and the values that they read: `spend >= 300` (line 27; spend is 62.50)."""
    return "; ".join(f"`{c['text']}` (line {c['line']}{_values(c['values'])})" for c in clauses)


def _values(values: dict[str, str]) -> str:
    return "".join(f"; {name} is {visible(value)}" for name, value in values.items())


# --- tiers --------------------------------------------------------------------------------------------------


def _tiers(explanation: Json, program: Program) -> Iterator[str]:
    names = {tier.id: tier.name for tier in program.tiers}
    before, after = explanation["tier"], explanation["tier_after"]
    moved = "stays" if before == after else f"becomes {tier_name(after, program)}"
    yield f"tier: {tier_name(before, program)} {moved}"
    for effect in explanation["effects"]:
        if effect["kind"] != "points_earned":
            yield f"  {said(effect, names)}"
    for tier in explanation["next_tiers"]:
        yield f"  {tier_line(tier, program)}"


def tier_line(tier: Json, program: Program) -> str:
    """What a higher tier still needs, or what keeps the member from it."""
    name = f"{tier_name(tier['tier'], program)} (line {tier['line']})"
    if tier["needs"]:
        return f"{name} still needs {tier['needs']}"
    return f"{name} is reached, but {BARS[tier['barred_by']]}"


def tier_name(tier: str | None, program: Program) -> str:
    """The name of a tier by its id; `no tier` for none."""
    return next((visible(each.name) for each in program.tiers if each.id == tier), "no tier")


def _points(number: str, program: Program) -> str:
    """`1 point`, `2.5 points`, in the program's own words."""
    return f"{number} {visible(program.points[0] if number == '1' else program.points[1])}"
