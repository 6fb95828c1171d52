"""Hypothesis strategies for whole programs, valid by construction, with thresholds that small orders reach."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st

from .clauses import ITEM_CLAUSES, Declared, customer_clauses, maybe, rule_condition, tier_condition
from .yaml_text import Raw

DECIMALS = {"CAD": 2, "JPY": 0, "KWD": 3}
# With a day of each on which a clock changes at midnight or nearly so, as the start of a program year.
ZONES = {
    "UTC": "01-01",
    "America/Toronto": "03-08",
    "Africa/Cairo": "04-24",
    "America/Havana": "03-08",
    "America/Santiago": "09-06",
    "Asia/Beirut": "03-29",
    "Asia/Kolkata": "04-01",
    "Australia/Lord_Howe": "10-04",
    "Pacific/Auckland": "04-05",
}
TIER_IDS = ["bronze", "silver", "gold", "platinum"]
ATTRIBUTES: dict[str, list[Any]] = {
    "wholesale": ["boolean", "boolean", "text"],
    "visits": ["integer", "integer", {"one_of": ["few", "many"]}],
    "rank": [{"one_of": ["low", "mid", "top"]}, {"one_of": ["low", "top"]}, {"one_of": ["top", "low"]}],
    "fan_since": ["date"],
    "owed": ["money"],
    "score": ["decimal"],
    "note": ["text", "text", "date"],
}
MOMENTS = ["2026-06-01", "2026-12-31", "2027-01-01", "2027-01-15T09:00", "2027-03-01", "2027-03-28T12:30:15"]


def amount_text(minor: int, decimals: int) -> str:
    """Minor units as decimal text."""
    digits = str(minor).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


# --- parts of a program ----------------------------------------------------------------------------------


@st.composite
def windows(draw: st.DrawFn, zone: str) -> Any:
    kind = draw(
        st.sampled_from(["calendar_year", "lifetime", "rolling", "anniversary", "shifted", "calendar_year"])
    )
    if kind == "rolling":
        return {"rolling": {"days": draw(st.sampled_from([1, 2, 7, 30, 365]))}}
    if kind == "shifted":
        return {"calendar_year": {"starts": draw(st.sampled_from([ZONES[zone], "12-31", "03-01"]))}}
    return kind


@st.composite
def amounts(draw: st.DrawFn) -> Declared:
    """Which money counts; keys left out keep their default."""
    found: Declared = {}
    for key, values in {
        "tax": ["exclude", "include"],
        "shipping": ["exclude", "include"],
        "discounts": ["ignore", "deduct"],
    }.items():
        if maybe(draw, 40):
            found[key] = draw(st.sampled_from(values))
    return found


@st.composite
def rewards(draw: st.DrawFn, decimals: int) -> Declared:
    reward = draw(
        st.sampled_from(
            [
                {"type": "points", "points": 10},
                {"type": "free_shipping"},
                {"type": "percentage_off", "percent": Raw("12.50")},
                {"type": "amount_discount", "amount": Raw(amount_text(505, decimals))},
                {"type": "free_product", "product": "A mug"},
                {"type": "gift_card", "amount": Raw("5")},
            ]
        )
    )
    return {**reward, "name": "A treat"} if maybe(draw, 10) else dict(reward)


@st.composite
def tiers(
    draw: st.DrawFn, ids: list[str], decimals: int, attributes: Declared, closing: bool
) -> list[Declared]:
    ladder: list[Declared] = []
    for level, key in enumerate(ids):
        tier: Declared = {"id": key, "name": key.title()}
        everyone = level == 0 and maybe(draw, 70)
        invited = not everyone and maybe(draw, 15)
        if invited:
            tier["invite_only"] = True
        elif not everyone:
            tier["when"] = draw(tier_condition(level, attributes))
        if closing and maybe(draw, 25):
            tier["retain"] = draw(tier_condition(max(0, level - 1), attributes))
        if maybe(draw, 60):
            tier["entry_rewards"] = draw(st.lists(rewards(decimals), min_size=1, max_size=2))
        ladder.append(tier)
    return ladder


@st.composite
def vips(draw: st.DrawFn, window: Any, decimals: int, attributes: Declared) -> Declared:
    closing = window != "lifetime" and not (isinstance(window, dict) and "rolling" in window)
    vip: Declared = {}
    if maybe(draw, 20):
        vip["launches"] = draw(st.sampled_from([Raw(moment) for moment in MOMENTS] + ["not_yet"]))
    vip["window"] = window
    if closing and maybe(draw, 20):
        vip["lasts"] = "this_window"
    if closing and maybe(draw, 30):
        vip["lapse"] = "one_down"
    for key, value, percent in [
        ("refunds", "ignore", 20),
        ("skipped_tiers", "highest", 30),
        ("notify", True, 30),
    ]:
        if maybe(draw, percent):
            vip[key] = value
    if spend := draw(amounts()):
        vip["spend"] = spend
    ids = [key for key in TIER_IDS if maybe(draw, 75)] or ["bronze"]
    if maybe(draw, 5):
        ids.reverse()
    vip["tiers"] = draw(tiers(ids, decimals, attributes, closing and "lasts" not in vip))
    return vip


@st.composite
def order_rules(draw: st.DrawFn, key: str, ids: list[str], decimals: int, attributes: Declared) -> Declared:
    rule: Declared = {"id": key, "activity": "order"}
    fixed = maybe(draw, 25)
    rate = st.sampled_from(["5", "10", "1"] if fixed else ["1", "2", "1.25", "0.5", "0.333333"]).map(Raw)
    table = bool(ids) and maybe(draw, 30)
    rule["points"] = {tier: draw(rate) for tier in ids} if table else draw(rate)
    rule["per"] = "order" if fixed else Raw(draw(st.sampled_from(["1", "10", amount_text(250, decimals)])))
    if not fixed:
        if maybe(draw, 50):
            rule["round"] = draw(st.sampled_from(["nearest", "down", "up", "steps"]))
        if money := draw(amounts()):
            rule["amount"] = money
        if maybe(draw, 25):
            rule["items"] = draw(st.sampled_from(ITEM_CLAUSES))
    if maybe(draw, 25):
        rule["contains"] = draw(st.sampled_from(ITEM_CLAUSES))
    if maybe(draw, 15):
        rule["max_points"] = draw(st.sampled_from([1, 20, 100]))
    draw(common(rule, ids, attributes, table))
    return rule


@st.composite
def activity_rules(draw: st.DrawFn, key: str, ids: list[str], attributes: Declared) -> Declared:
    rule: Declared = {
        "id": key,
        "activity": draw(st.sampled_from(["signup", "birthday", "review", "share", "custom:quiz"])),
    }
    table = bool(ids) and maybe(draw, 15)
    rule["points"] = (
        {tier: draw(st.integers(1, 60)) for tier in ids} if table else draw(st.sampled_from([7, 50]))
    )
    draw(common(rule, ids, attributes, table))
    return rule


@st.composite
def common(draw: st.DrawFn, rule: Declared, ids: list[str], attributes: Declared, table: bool) -> Declared:
    """What rules on orders and on activities may say alike, added to `rule`."""
    if ids and not table and maybe(draw, 25):
        rule["tiers"] = draw(
            st.one_of(
                st.sampled_from(ids).map(lambda tier: {"include": tier}),
                st.lists(st.sampled_from(ids), min_size=1, unique=True).map(lambda some: {"exclude": some}),
            )
        )
    if maybe(draw, 40):
        rule["when"] = draw(rule_condition(attributes, rule["activity"] == "order"))
    if maybe(draw, 30):
        limits = [
            {"times": 1, "days": 30},
            {"times": 2, "days": 1},
            {"times": 1, "per": "calendar_year"},
            {"times": 2},
        ]
        rule["limit"] = draw(st.sampled_from([*limits, "none"]))
    if maybe(draw, 10):
        rule["from"] = Raw(draw(st.sampled_from(MOMENTS)))
    elif maybe(draw, 10):
        rule["until"] = Raw(draw(st.sampled_from(MOMENTS)))
    if maybe(draw, 20):
        rule["qualifies"] = False
    if maybe(draw, 5):
        rule["active"] = False
    return rule


@st.composite
def exclusions(draw: st.DrawFn, attributes: Declared) -> Declared:
    found: Declared = {}
    if maybe(draw, 50):
        clauses = [*customer_clauses(attributes), "customer.days_since_joined < 20"]
        found["customers"] = draw(st.sampled_from(clauses))
    if maybe(draw, 30):
        clauses = [
            'order.channel == "pos"',
            "order.total < 20",
            "order.units == 1",
            'customer.tags has "vip"',
        ]
        found["orders"] = draw(st.sampled_from(clauses))
    if maybe(draw, 40):
        extra = ["item.gift_card or order.total > 150", "not (item.total > 10)"]
        found["items"] = draw(st.sampled_from([*ITEM_CLAUSES, *extra]))
    return found


@st.composite
def campaigns(draw: st.DrawFn) -> list[Declared]:
    """One or two campaigns, one after the other."""
    points = sorted(
        draw(st.lists(st.sampled_from(MOMENTS[:1] + MOMENTS[2:]), min_size=2, max_size=3, unique=True))
    )
    multipliers = st.sampled_from(["2", "1.5", "1.333333"]).map(Raw)
    return [
        {
            "id": f"double-{k}",
            "multiplier": draw(multipliers),
            "starts": Raw(start + at(start)),
            "ends": Raw(end + at(end)),
        }
        for k, (start, end) in enumerate(itertools.pairwise(points))
    ]


def at(moment: str) -> str:
    """What makes a bare date a moment with a time, so that an end is no longer the end of its day."""
    return "" if "T" in moment else "T00:00"


# --- programs --------------------------------------------------------------------------------------------


@st.composite
def programs(draw: st.DrawFn, like: Declared | None = None) -> Declared:
    """A program as plain dicts. With `like`, another version of that one: its currency, zone and window."""
    if like is None:
        currency = draw(st.sampled_from(sorted(DECIMALS)))
        zone = draw(st.sampled_from(list(ZONES)))
        window = draw(windows(zone))
    else:
        currency, zone = like["program"]["currency"], like["program"].get("timezone", "UTC")
        window = like["vip"]["window"] if "vip" in like else "lifetime"
    attributes = {name: draw(st.sampled_from(kinds)) for name, kinds in ATTRIBUTES.items() if maybe(draw, 40)}
    program: Declared = {"tiercel": 1, "program": {"name": "Random", "currency": currency}}
    if zone != "UTC":
        program["program"]["timezone"] = zone
    if attributes:
        program["customer"] = attributes
    if maybe(draw, 50) and (excluded := draw(exclusions(attributes))):
        program["exclude"] = excluded
    if window != "lifetime" or maybe(draw, 85):
        program["vip"] = draw(vips(window, DECIMALS[currency], attributes))
    ids = [tier["id"] for tier in program["vip"]["tiers"]] if "vip" in program else []
    earn = draw(rule_lists(ids, DECIMALS[currency], attributes))
    if earn:
        program["earn"] = earn
    steady = [r for r in earn if r["activity"] == "order" and r.get("active", True)]
    if len(steady) == 1 and "from" not in steady[0] and "until" not in steady[0] and maybe(draw, 60):
        program["campaigns"] = draw(campaigns())
    host(draw, program)
    return program


@st.composite
def rule_lists(draw: st.DrawFn, ids: list[str], decimals: int, attributes: Declared) -> list[Declared]:
    on_orders = draw(st.sampled_from([1, 1, 1, 2, 3, 0]))
    rules = [draw(order_rules(f"rule-{k}", ids, decimals, attributes)) for k in range(on_orders)]
    others = draw(st.sampled_from([0, 0, 1, 2]))
    rules += [draw(activity_rules(f"deed-{k}", ids, attributes)) for k in range(others)]
    return rules


def host(draw: st.DrawFn, program: Declared) -> None:
    """At times, name the platform, where the program may run on it."""
    gifts = any(r["type"] == "gift_card" for t in tiers_of(program) for r in t.get("entry_rewards", []))
    if maybe(draw, 12) and not gifts and "campaigns" not in program:
        platform = draw(st.sampled_from(["shopify", "wix"]))
        program["program"]["hosted"] = {"platform": platform, "plan": "growth"}


def tiers_of(program: Declared) -> list[Declared]:
    """The tiers of a program; none without `vip`."""
    found: list[Declared] = program.get("vip", {}).get("tiers", [])
    return found
