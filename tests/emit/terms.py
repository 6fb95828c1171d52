"""Hypothesis strategies for typed conditions of every kind, and facts to hold them against."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tiercel.compiler.model.condition import (
    Among,
    And,
    Comparison,
    Condition,
    Constant,
    Has,
    Negative,
    Not,
    Or,
    Product,
    Reference,
    Sum,
    Term,
    Type,
)
from tiercel.compiler.source import Span
from tiercel.runtime import Item, Member, Metrics, Order

NOWHERE = Span(0, 0)
NAMES: dict[Type, tuple[str, ...]] = {
    Type.MONEY: ("spend", "lifetime.spend", "customer.owed", "order.total", "order.tax", "item.total"),
    Type.INTEGER: (
        "orders",
        "lifetime.points_earned",
        "customer.days_since_joined",
        "customer.visits",
        "item.quantity",
    ),
    Type.DECIMAL: ("customer.score", "customer.a_very_long_attribute_of_this_merchant"),
    Type.BOOLEAN: ("customer.wholesale", "item.gift_card", "customer.quo_vadis"),
    Type.TEXT: ("customer.country", "customer.note", "order.channel", "item.sku"),
    Type.ONE_OF: ("customer.rank",),
    Type.DATE: ("customer.joined", "customer.fan_since", "customer.last_visit_in_person"),
    Type.TEXT_SET: ("customer.tags", "order.codes", "item.collections"),
}
TEXTS = (
    "",
    "CA",
    "a b",
    "it's",
    'say "hi"',
    "back\\slash",
    "new\nline",
    "{x}",
    '"""',
    "Café 日本",
    "\u202eevil",
)
DATES = ("2026-01-31", "2026-06-30", "2027-01-01")
SMALL = st.integers(-3, 6)
QUARTERS = st.builds(Fraction, st.integers(-8, 8), st.sampled_from([1, 2, 3, 4]))
NUMBERS = (Type.MONEY, Type.INTEGER, Type.DECIMAL)


def constants(kind: Type) -> st.SearchStrategy[Constant]:
    """A literal of a type."""
    values: dict[Type, st.SearchStrategy[Any]] = {
        Type.MONEY: st.one_of(SMALL, st.integers(0, 10**7)),
        Type.INTEGER: SMALL,
        Type.DECIMAL: QUARTERS,
        Type.BOOLEAN: st.booleans(),
        Type.TEXT: st.sampled_from(TEXTS),
        Type.ONE_OF: st.sampled_from(TEXTS),
        Type.DATE: st.sampled_from(DATES),
    }
    return st.builds(Constant, st.just(kind), values[kind], st.just(NOWHERE))


def names(kind: Type) -> st.SearchStrategy[Reference]:
    """A name of a type."""
    return st.builds(Reference, st.sampled_from(NAMES[kind]), st.just(kind), st.just(NOWHERE))


def numbers(kind: Type) -> st.SearchStrategy[Term]:
    """A linear term."""

    def larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        kinds, place = st.just(kind), st.just(NOWHERE)
        return st.one_of(
            st.builds(Sum, st.booleans(), smaller, smaller, kinds, place),
            st.builds(Product, QUARTERS, smaller, kinds, place),
            st.builds(Negative, smaller, kinds, place),
        )

    return st.recursive(st.one_of(names(kind), names(kind), constants(kind)), larger, max_leaves=5)


def scalars(kind: Type) -> st.SearchStrategy[Term]:
    """A name or a literal."""
    return st.one_of(names(kind), names(kind), constants(kind))


def comparisons() -> st.SearchStrategy[Term]:
    """A comparison of two numbers, texts, dates or truth values."""
    every, equality = ["==", "!=", "<", "<=", ">", ">="], ["==", "!="]
    kinds = [(kind, numbers(kind), every) for kind in NUMBERS]
    kinds += [(Type.DATE, scalars(Type.DATE), every)] * 2
    kinds += [(kind, scalars(kind), equality) for kind in (Type.TEXT, Type.ONE_OF, Type.BOOLEAN)]
    return st.one_of(
        st.builds(Comparison, st.sampled_from(operators), side, side, st.just(NOWHERE))
        for _, side, operators in kinds
    )


def memberships() -> st.SearchStrategy[Term]:
    """`in` and `not in`."""

    def of(kind: Type) -> st.SearchStrategy[Term]:
        operand = numbers(kind) if kind in NUMBERS else scalars(kind)
        values = st.lists(constants(kind), min_size=1, max_size=12).map(tuple)
        return st.builds(Among, st.booleans(), operand, values, st.just(NOWHERE))

    return st.one_of(of(kind) for kind in (*NUMBERS, Type.TEXT, Type.ONE_OF, Type.DATE))


def truths() -> st.SearchStrategy[Term]:
    """A truth-valued term."""
    has = st.builds(Has, names(Type.TEXT_SET), st.sampled_from(TEXTS), st.just(NOWHERE))

    def larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        parts = st.lists(smaller, min_size=2, max_size=5).map(tuple)
        return st.one_of(
            st.builds(And, parts, st.just(NOWHERE)),
            st.builds(Or, parts, st.just(NOWHERE)),
            st.builds(Not, smaller, st.just(NOWHERE)),
            st.builds(Comparison, st.sampled_from(["==", "!="]), smaller, smaller, st.just(NOWHERE)),
        )

    return st.recursive(
        st.one_of(comparisons(), memberships(), has, names(Type.BOOLEAN)), larger, max_leaves=12
    )


def conditions() -> st.SearchStrategy[Condition]:
    """A whole condition; its text is not what it means."""
    return st.builds(Condition, truths(), st.just("text that must not be emitted"), st.just(NOWHERE))


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """A value for every name, near the literals above."""
    values: dict[Type, st.SearchStrategy[Any]] = {
        Type.MONEY: st.one_of(SMALL, st.integers(0, 10**7)),
        Type.INTEGER: SMALL,
        Type.DECIMAL: QUARTERS,
        Type.BOOLEAN: st.booleans(),
        Type.TEXT: st.sampled_from(TEXTS),
        Type.ONE_OF: st.sampled_from(TEXTS),
        Type.DATE: st.sampled_from(("", *DATES)),
        Type.TEXT_SET: st.frozensets(st.sampled_from(TEXTS), max_size=3),
    }
    paths = {path: values[kind] for kind, paths in NAMES.items() for path in paths}
    return st.fixed_dictionaries(paths | {"customer.joined": st.sampled_from(DATES)})


def variables(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as emitted code reads them."""
    member, order, item = Member(), Order(), Item()
    member.lifetime, member.attributes = Metrics(), {}
    days = 0
    for path, value in facts.items():
        scope, _, rest = path.partition(".")
        if path == "customer.days_since_joined":
            days = value
        elif scope in ("order", "item"):
            setattr(order if scope == "order" else item, rest, value)
        elif scope == "lifetime":
            setattr(member.lifetime, rest, value)
        elif not rest or rest in ("tags", "country", "joined"):
            setattr(member, rest or scope, value)
        else:
            member.attributes[rest] = value
    return {"member": member, "order": order, "item": item, "days": days}
