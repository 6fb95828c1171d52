"""What emitted tables say beyond the program's own words: thresholds, readings, names of functions."""

from __future__ import annotations

import ast

import pytest

from tiercel.runtime import Threshold, Tier
from tiercel.tests.emit.emitting import emit, program_with, tables_of


def tier_with(when: str) -> Tier:
    """A second tier with that condition, as the tables have it."""
    customer = "{visits: integer, fan_since: date, owed: money}"
    vip = f"{{tiers: [{{id: a, name: A}}, {{id: b, name: B, when: '{when}'}}]}}"
    return tables_of(program_with(vip=vip, customer=customer)).tiers[1]


@pytest.mark.parametrize(
    ("when", "metric", "least"),
    [
        ("spend >= 500", "spend", 50000),
        ("spend > 500", "spend", 50001),
        ("500 <= spend", "spend", 50000),
        ("500 < spend", "spend", 50001),
        ("orders > 2", "orders", 3),
        ("lifetime.orders >= 3", "lifetime.orders", 3),
        ("points_earned >= 1000", "points_earned", 1000),
        ("lifetime.spend * 2 >= 0.05", "lifetime.spend", 3),
        ("lifetime.spend * 2 > 0.04", "lifetime.spend", 3),
        ("-spend <= -1", "spend", 100),
        ("spend - 1 >= 0", "spend", 100),
    ],
)
def test_threshold(when: str, metric: str, least: int) -> None:
    tier = tier_with(when)
    assert tier.thresholds == (Threshold(metric, least),)
    assert not tier.any_threshold


def test_thresholds_that_are_all_needed() -> None:
    tier = tier_with("spend >= 5 and orders > 1")
    assert tier.thresholds == (Threshold("spend", 500), Threshold("orders", 2))
    assert not tier.any_threshold


def test_thresholds_of_which_one_is_enough() -> None:
    tier = tier_with("spend >= 5 or orders > 1")
    assert tier.thresholds == (Threshold("spend", 500), Threshold("orders", 2))
    assert tier.any_threshold


@pytest.mark.parametrize(
    "when",
    [
        "spend <= 500",
        "spend == 500",
        "not spend < 500",
        "spend >= lifetime.spend",
        "spend + lifetime.spend >= 500",
        "orders in [3]",
        "customer.visits >= 3",
        "customer.owed >= 3",
        'customer.country == "CA"',
        'customer.fan_since >= date("2026-01-01")',
        'customer.tags has "vip"',
        "spend >= 5 and (orders >= 2 or orders >= 3)",
        "spend >= 5 or customer.visits >= 3",
        "spend - spend >= 0",
    ],
)
def test_no_plain_threshold(when: str) -> None:
    assert tier_with(when).thresholds == ()


def rule(keys: str, activity: str = "order") -> str:
    """The list of one rule."""
    per = ", per: 1" if activity == "order" else ""
    return f"[{{id: r, activity: {activity}, points: 1{per}, {keys}}}]"


@pytest.mark.parametrize(
    ("program", "needed"),
    [
        (program_with(), False),
        (program_with(exclude="{items: item.gift_card}"), False),
        (program_with(exclude="{items: not item.gift_card}"), True),
        (program_with(exclude="{items: order.total > 5}"), False),
        (program_with(exclude="{orders: order.units > 5}"), True),
        (program_with(exclude="{orders: order.total > 5}"), False),
        (program_with(earn=rule("when: order.units > 5")), True),
        (program_with(earn=rule("when: order.total > 5")), False),
        (program_with(earn=rule("items: item.gift_card")), True),
        (program_with(earn=rule("contains: item.total > 5")), True),
        (program_with(earn=rule("contains: item.total > 5, active: false")), True),
    ],
)
def test_orders_without_items(program: str, needed: bool) -> None:
    assert tables_of(program).needs_items is needed


def test_names_that_orders_remember() -> None:
    tables = tables_of(
        program_with(
            vip="{tiers: [{id: a, name: A}, {id: b, name: B, when: lifetime.orders > 3}]}",
            exclude="{customers: 'customer.tags has \"bot\"', orders: order.tax > 5, items: order.shipping > 1}",
            earn=rule("when: spend > 5 and customer.days_since_joined > 3, items: item.total > 5"),
        )
    )
    assert tables.reads == ("customer.days_since_joined", "customer.tags", "order.tax", "spend")


def test_rules_that_sleep_read_nothing() -> None:
    tables = tables_of(program_with(earn=rule("when: spend > 5, active: false")))
    assert tables.reads == ()
    assert tables.rules == ()


def test_each_rule_has_functions_of_its_own() -> None:
    ids = ["a-b", "a_b", "a_b_2", "a-b-2", "if", "member", "rule"]
    rules = ", ".join(
        f"{{id: {i}, activity: review, points: 1, when: spend > {n}}}" for n, i in enumerate(ids)
    )
    tables = tables_of(program_with(earn=f"[{rules}]"))
    functions = [rule.when for rule in tables.rules]
    assert [rule.id for rule in tables.rules] == ids
    assert len({function.__name__ for function in functions if function}) == len(ids)
    source = emit(program_with(earn=f"[{rules}]"))
    bounds = {
        node.name: ast.unparse(node.body[-1])
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    for number, function in enumerate(functions):
        assert function is not None
        assert bounds[function.__name__] == f"return member.spend > {number * 100}"


def test_lines_of_tables() -> None:
    text = "\r\n".join(
        [
            "tiercel: 1",
            "program: {name: P, currency: CAD}",
            "vip:",
            "  tiers:",
            "    - name: A",
            "      id: a",
            "    - id: b",
            "      name: B",
            "      when: >-",
            "        spend > 5",
            "earn:",
            "  - id: r",
            "    activity: signup",
            "    points: 3",
            "",
        ]
    )
    tables = tables_of(text)
    assert [tier.line for tier in tables.tiers] == [5, 7]
    assert [rule.line for rule in tables.rules] == [12]
    comments = [line.strip() for line in emit(text).splitlines() if ", line " in line]
    assert comments == [f"# program.yaml, line {line}" for line in (4, 9, 5)]
