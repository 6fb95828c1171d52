"""Hypothesis strategies for conditions, as text: over metrics near small thresholds, customers, orders and items."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Declared = dict[str, Any]

STEPS = [20, 50, 100, 200]  # thresholds, in whole units of the currency


def maybe(draw: st.DrawFn, percent: int) -> bool:
    """True in so many cases of a hundred; shrinks to false."""
    return draw(st.integers(1, 100)) > 100 - percent


def attribute_clauses(attributes: Declared) -> list[str]:
    """Clauses over the attributes as declared."""
    by_type: dict[str, list[str]] = {
        "boolean": ["customer.{0}", "not customer.{0}", "customer.{0} == true"],
        "integer": [
            "customer.{0} >= 2",
            "customer.{0} * 2 - 1 > orders",
            "-customer.{0} < 0",
            "customer.{0} in [0, 3]",
        ],
        "date": [
            'customer.{0} <= date("2026-06-30")',
            'not customer.{0} == date("2026-01-31")',
            'customer.{0} not in [date("2026-01-31")]',
        ],
        "money": ["customer.{0} < 10", "spend - customer.{0} >= 100"],
        "decimal": ["customer.{0} * 1.5 >= 2.25", "customer.{0} != 0.5"],
        "text": ['customer.{0} == "x"', 'customer.{0} in ["x", "true", ""]'],
    }
    clauses: list[str] = []
    for name, kind in attributes.items():
        if isinstance(kind, dict):
            values = kind["one_of"]
            clauses += [f'customer.{name} == "{values[-1]}"', f'customer.{name} not in ["{values[0]}"]']
        else:
            clauses += [clause.format(name) for clause in by_type[kind]]
    return clauses


def customer_clauses(attributes: Declared) -> list[str]:
    """Clauses over a customer, metrics aside."""
    own = [c for c in attribute_clauses(attributes) if "spend" not in c and "orders" not in c]
    return [
        'customer.tags has "vip"',
        'customer.country == "CA"',
        'customer.joined < date("2026-12-31")',
        *own,
    ]


@st.composite
def sums(draw: st.DrawFn, names: list[str], least: int) -> str:
    """A comparison of sums of names, each perhaps multiplied, all of one type."""
    factors = st.sampled_from(["{0}", "{0}", "{0} * 2", "0.5 * {0}", "-{0}", "-({0} - 1) * 1.25", "{0} * 0"])

    def side() -> str:
        terms = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
        return draw(st.sampled_from([" + ", " - "])).join(draw(factors).format(name) for name in terms)

    operator = draw(st.sampled_from([">=", ">", "<", "<=", "==", "!="]))
    right = draw(st.sampled_from([str(least), str(least + 1), f"{least} - 1"])) if maybe(draw, 70) else side()
    return f"{side()} {operator} {right}" if maybe(draw, 80) else f"{right} {operator} {side()}"


MONEY = ["spend", "lifetime.spend"]
COUNTS = ["orders", "lifetime.orders", "points_earned", "lifetime.points_earned"]


@st.composite
def compounds(draw: st.DrawFn, clauses: list[str], money: list[str], depth: int = 3) -> str:
    """A condition of any shape over clauses and sums."""
    if depth == 0 or maybe(draw, 30):
        of_money, of_counts = sums(money, draw(st.sampled_from(STEPS))), sums(COUNTS, draw(st.integers(0, 4)))
        return draw(st.one_of(st.sampled_from(clauses), of_money, of_counts))
    parts = draw(st.lists(compounds(clauses, money, depth - 1), min_size=2, max_size=3))
    return draw(
        st.sampled_from(["({0}) and ({1})", "({0}) or {1}", "not ({0}) or ({1})", "not ({1})"])
    ).format(*parts)


@st.composite
def threshold(draw: st.DrawFn, level: int) -> str:
    """A clause that a customer reaches by buying, harder at higher levels."""
    step = STEPS[level]
    return draw(
        st.sampled_from(
            [
                f"spend >= {step}",
                f"spend >= {step}",
                f"spend >= {step}",
                f"orders >= {level + 1}",
                f"points_earned >= {step}",
                f"lifetime.spend > {step * 2}",
                f"lifetime.orders >= {2 * level + 2}",
                f"spend + lifetime.spend * 0.5 >= {step}",
                f"lifetime.points_earned >= {step}",
                f"spend < {step}",
            ]
        )
    )


@st.composite
def tier_condition(draw: st.DrawFn, level: int, attributes: Declared) -> str:
    """A tier's condition: usually one threshold, at times with another clause, rarely of any shape."""
    if maybe(draw, 8):
        owed = ["customer.owed"] if attributes.get("owed") == "money" else []
        return draw(compounds(customer_clauses(attributes), [*MONEY, *owed]))
    first = draw(threshold(level))
    shape = draw(
        st.sampled_from(["{0}", "{0}", "{0}", "{0}", "{0}", "{0} and {1}", "{0} or {1}", "not ({1}) and {0}"])
    )
    other = draw(st.one_of(threshold(level), st.sampled_from(customer_clauses(attributes))))
    return shape.format(first, other)


ORDER_CLAUSES = [
    "order.total >= 50",
    "order.total >= 20",
    "order.total - order.shipping > 49",
    "order.total < 100",
    "order.discount == 0",
    "order.tax <= 5",
    "order.units >= 2",
    'order.codes has "SAVE"',
    'order.channel in ["web", "pos"]',
    'order.country != "US"',
    'order.tags has "a"',
]


@st.composite
def rule_condition(draw: st.DrawFn, attributes: Declared, on_orders: bool) -> str:
    clauses = ["orders == 0", "spend < 100", "lifetime.orders <= 1", "customer.days_since_joined >= 30"]
    clauses += customer_clauses(attributes) + attribute_clauses(attributes)
    of_order = ORDER_CLAUSES if on_orders else []
    if maybe(draw, 15):
        orders = ["order.total", "order.tax", "order.shipping", "order.discount"] if on_orders else []
        return draw(compounds(clauses + of_order, [*MONEY, *orders]))
    return draw(st.sampled_from(of_order if of_order and maybe(draw, 60) else clauses))


ITEM_CLAUSES = [
    'item.sku == "A"',
    'item.vendor in ["v", "w"]',
    "item.total >= 20",
    "item.quantity >= 2",
    'item.tags has "sale"',
    'not item.collections has "new"',
    "item.gift_card",
    "item.tax > 0 or item.discount > 0",
]
