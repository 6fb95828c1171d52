"""What resolved conditions are, what they come to, and which of their clauses decide it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiercel.compiler.analysis.evaluate import deciding, holds
from tiercel.compiler.diagnostics import Report
from tiercel.compiler.model.condition import (
    Among,
    And,
    Comparison,
    Condition,
    Constant,
    Negative,
    Or,
    Product,
    Reference,
    Sum,
    Term,
    Type,
    children,
)
from tiercel.compiler.model.from_expression import resolve_condition
from tiercel.compiler.model.linear import linear_form
from tiercel.compiler.model.scope import BUILT_IN_ATTRIBUTES, Place
from tiercel.compiler.model.tree import Attribute, Currency
from tiercel.compiler.source import SourceFile, Span
from tiercel.compiler.syntax.tree import Kind, Scalar

NOWHERE = Span(0, 0)
ATTRIBUTES = tuple(
    Attribute(name, type, values, NOWHERE, NOWHERE)
    for name, type, values in (
        ("vip", Type.BOOLEAN, ()),
        ("visits", Type.INTEGER, ()),
        ("score", Type.DECIMAL, ()),
        ("since", Type.DATE, ()),
        ("size", Type.ONE_OF, ("small", "large")),
    )
)
VALUES: dict[str, object] = {
    "spend": 49_95,
    "orders": 3,
    "points_earned": 120,
    "customer.vip": True,
    "customer.visits": -2,
    "customer.score": Fraction(5, 2),
    "customer.since": "",
    "customer.joined": "2026-01-31",
    "customer.size": "small",
    "customer.country": "CA",
    "customer.tags": frozenset({"a", "b"}),
}


def resolve(text: str) -> Condition:
    report = Report(SourceFile("condition", text))
    scalar = Scalar(Kind.TEXT, text, Span(0, len(text)))
    place = Place.RULE_ON_ORDERS
    condition = resolve_condition(report.source, scalar, place, ATTRIBUTES, Currency("CAD", 2), report)
    assert condition is not None, report.diagnostics
    return condition


def money(value: int) -> Constant:
    return Constant(Type.MONEY, value, NOWHERE)


SPEND = Reference("spend", Type.MONEY, NOWHERE)
ORDERS = Reference("orders", Type.INTEGER, NOWHERE)
SIZE = Reference("customer.size", Type.ONE_OF, NOWHERE)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("spend >= 49.95", Comparison(">=", SPEND, money(4995), NOWHERE)),
        ("-5 <= spend", Comparison("<=", money(-500), SPEND, NOWHERE)),
        ("spend >= 2 * 3 - 1", Comparison(">=", SPEND, money(500), NOWHERE)),
        (
            "2 * (3 * spend) * 0.5 >= 1",
            Comparison(">=", Product(Fraction(3), SPEND, Type.MONEY, NOWHERE), money(100), NOWHERE),
        ),
        (
            "orders * 0.5 >= 1.0",
            Comparison(
                ">=",
                Product(Fraction(1, 2), ORDERS, Type.DECIMAL, NOWHERE),
                Constant(Type.INTEGER, 1, NOWHERE),
                NOWHERE,
            ),
        ),
        (
            "-spend + 5 - 1 - 6 >= 0",
            Comparison(
                ">=",
                Sum(True, Negative(SPEND, Type.MONEY, NOWHERE), money(200), Type.MONEY, NOWHERE),
                money(0),
                NOWHERE,
            ),
        ),
        (
            'customer.size not in ["small"]',
            Among(True, SIZE, (Constant(Type.ONE_OF, "small", NOWHERE),), NOWHERE),
        ),
        (
            "(orders == 1 and (orders == 1 and orders == 1)) or (orders == 1 or orders == 1)",
            Or(
                (
                    And(
                        (Comparison("==", ORDERS, Constant(Type.INTEGER, 1, NOWHERE), NOWHERE),) * 3, NOWHERE
                    ),
                    *(Comparison("==", ORDERS, Constant(Type.INTEGER, 1, NOWHERE), NOWHERE),) * 2,
                ),
                NOWHERE,
            ),
        ),
    ],
)
def test_term(text: str, term: Term) -> None:
    assert resolve(text).term == term


def test_condition_keeps_its_text() -> None:
    assert resolve("spend\n  >= 5\n").text == "spend\n  >= 5\n"


def test_built_in_attributes() -> None:
    assert {"tags", "country", "joined", "days_since_joined"} == BUILT_IN_ATTRIBUTES


# --- linear forms ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "coefficients", "constant"),
    [
        ("spend", {"spend": 1}, 0),
        ("2 * spend - 5", {"spend": 2}, -500),
        ("-(spend - 2 * lifetime.spend) * 3", {"spend": -3, "lifetime.spend": 6}, 0),
        ("spend - spend", {}, 0),
        ("orders * 0.25 + points_earned - (1.5 - orders)", {"orders": Fraction(5, 4), "points_earned": 1}, Fraction(-3, 2)),
        ("0 * orders + customer.score", {"customer.score": 1}, 0),
    ],
)  # fmt: skip
def test_linear_form(text: str, coefficients: dict[str, Fraction], constant: Fraction) -> None:
    comparison = resolve(f"{text} >= 0").term
    assert isinstance(comparison, Comparison)
    form = linear_form(comparison.left)
    assert form.coefficients == coefficients
    assert form.constant == constant


def test_a_long_sum_is_neither_deep_nor_another() -> None:
    signs = ["+" if i % 3 else "-" for i in range(500)]
    term = resolve("orders" + "".join(f"{sign}orders" for sign in signs) + " >= 1").term
    assert isinstance(term, Comparison)
    assert linear_form(term.left).coefficients == {"orders": 1 + sum(1 if s == "+" else -1 for s in signs)}
    depth, level = 0, [term.left]
    while level:
        depth, level = depth + 1, [child for top in level for child in children(top)]
    assert depth <= 12


def test_truth_values_have_no_linear_form() -> None:
    with pytest.raises(ValueError, match="not a number"):
        linear_form(resolve("customer.vip and spend > 1").term)
    with pytest.raises(ValueError, match="not a number"):
        linear_form(Constant(Type.TEXT, "a", NOWHERE))


# --- outcomes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("spend >= 49.95 and spend <= 49.95", True),
        ("spend * 2 > 99.90", False),
        ("orders + 0.5 == customer.score + 1", True),
        ("customer.visits < 0 and -customer.visits == 2", True),
        ("customer.vip", True),
        ("not customer.vip", False),
        ("customer.vip == (orders > 5)", False),
        ('customer.size == "small" and customer.size != "large"', True),
        ('customer.size in ["large"]', False),
        ('customer.tags has "a" and not customer.tags has "A"', True),
        ("orders in [1, 3] and orders not in [1, 2]", True),
        ('customer.joined > date("2026-01-30") and customer.joined in [date("2026-01-31")]', True),
        # No date is given: every comparison is false.
        ('customer.since == date("2026-01-31")', False),
        ('customer.since != date("2026-01-31")', False),
        ('customer.since < date("2026-01-31")', False),
        ('date("2026-01-31") >= customer.since', False),
        ("customer.since != customer.joined", False),
        ('customer.since in [date("2026-01-31")]', False),
        ('customer.since not in [date("2026-01-31")]', False),
        ('not (customer.since == date("2026-01-31"))', True),
    ],
)
def test_outcome(text: str, outcome: bool) -> None:
    assert holds(resolve(text).term, VALUES) is outcome


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("spend >= 10", ["spend >= 10"]),
        ("spend >= 10 and orders >= 3", ["spend >= 10", "orders >= 3"]),
        ("spend >= 100 and orders >= 3", ["spend >= 100"]),
        ("spend >= 100 or orders >= 3", ["orders >= 3"]),
        ("spend >= 100 or orders >= 4", ["spend >= 100", "orders >= 4"]),
        ("orders >= 3 and (spend >= 100 or not customer.vip)", ["spend >= 100", "not customer.vip"]),
        ('not (customer.tags has "a" or orders > 9)', ['not (customer.tags has "a" or orders > 9)']),
        ("spend >= 10 or orders >= 3", ["spend >= 10"]),
        ('orders in [1, 2] and customer.size == "large"', ["orders in [1, 2]", 'customer.size == "large"']),
    ],
)
def test_deciding_clauses(text: str, clauses: list[str]) -> None:
    found = deciding(resolve(text).term, VALUES)
    assert [text[slice(*clause.span)] for clause in found] == clauses


# --- against Python, which writes and reads conditions on whole numbers the same way -----------------------------

NAMES = st.sampled_from(["orders", "points_earned"])
NUMBERS = st.recursive(
    st.one_of(NAMES, st.integers(0, 9).map(str)),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-"), inner),
        st.builds("{} * {}".format, st.integers(0, 5), inner),
        st.builds("-{}".format, inner),
    ),
    max_leaves=5,
)
COMPARED = st.builds("{} {} {}".format, NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), NUMBERS)
LISTED = st.builds(
    "{} {} {}".format, NUMBERS, st.sampled_from(["in", "not in"]), st.lists(st.integers(-3, 9), min_size=1)
)
TRUTHS = st.recursive(
    st.one_of(COMPARED, LISTED),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("(({}) {} ({}))".format, inner, st.sampled_from(["==", "!="]), inner),
        st.builds("(not {})".format, inner),
    ),
    max_leaves=5,
)


@given(TRUTHS.map("{} and orders == orders".format), st.integers(0, 9), st.integers(0, 9))
def test_outcomes_are_those_of_python(text: str, orders: int, points: int) -> None:
    values = {"orders": orders, "points_earned": points}
    assert holds(resolve(text).term, values) is eval(text, {}, values)


@given(TRUTHS.map("{} or orders == 1".format), st.integers(0, 9), st.integers(0, 9))
def test_deciding_clauses_decide_whatever_the_other_clauses_say(text: str, orders: int, points: int) -> None:
    values = {"orders": orders, "points_earned": points}
    term = resolve(text).term
    decisive = {id(clause) for clause in deciding(term, values)}
    assert holds(others_turned(term, decisive, values), values) is holds(term, values)


def others_turned(term: Term, kept: set[int], values: dict[str, int]) -> Term:
    """The term with the outcome of every clause in its place, turned round but for those that are kept."""
    match term:
        case And() | Or():
            return type(term)(tuple(others_turned(part, kept, values) for part in term.parts), term.span)
        case _:
            return Constant(Type.BOOLEAN, holds(term, values) is (id(term) in kept), term.span)
