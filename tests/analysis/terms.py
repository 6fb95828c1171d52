"""Random typed conditions, as terms that the type checker would have let through, and the programs that they are of."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tiercel.compiler.model.condition import (
    Among,
    And,
    Comparison,
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
from tiercel.compiler.model.tree import Program
from tiercel.compiler.model.types import ORDERED
from tiercel.compiler.source import Span
from tiercel.tests.properties.compiled import compile_text

FORMULAS = int(os.environ.get("TIERCEL_FORMULAS", "150"))
NOWHERE = Span(0, 0)


def budget(share: float = 1.0) -> settings:
    """How many examples a property gets: its share of `TIERCEL_FORMULAS`; the same ones unless that is set."""
    return settings(
        max_examples=max(1, round(FORMULAS * share)),
        deadline=None,
        derandomize="TIERCEL_FORMULAS" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )


# --- programs -----------------------------------------------------------------------------------------------

_ATTRIBUTES = """\
tiercel: 1
program: {name: Corner Shop, currency: CAD}
customer:
  wholesale: boolean
  vetted: boolean
  referrals: integer
  rank: integer
  score: decimal
  ratio: decimal
  owed: money
  note: text
  city: text
  birthday: date
  wedding: date
  level: {one_of: [red, blue, green]}
  size: {one_of: [s, m]}
"""
_TIERS = "  tiers:\n    - {id: a, name: A}\n"


def _program(vip: str) -> Program:
    return compile_text(_ATTRIBUTES + vip)[0]


PROGRAMS: dict[str, Program] = {
    "no tiers": _program(""),
    "all time": _program("vip:\n  window: lifetime\n" + _TIERS),
    "all time, refunds ignored": _program("vip:\n  window: lifetime\n  refunds: ignore\n" + _TIERS),
    "by year": _program("vip:\n  window: calendar_year\n" + _TIERS),
    "by year, refunds ignored": _program("vip:\n  window: calendar_year\n  refunds: ignore\n" + _TIERS),
}
CHOICES = {"customer.level": ("red", "blue", "green"), "customer.size": ("s", "m")}

# --- names --------------------------------------------------------------------------------------------------

_METRICS = {"spend": Type.MONEY, "orders": Type.INTEGER, "points_earned": Type.INTEGER}
_ITEM = {
    "total": Type.MONEY,
    "tax": Type.MONEY,
    "discount": Type.MONEY,
    "quantity": Type.INTEGER,
    "sku": Type.TEXT,
    "vendor": Type.TEXT,
    "tags": Type.TEXT_SET,
    "gift_card": Type.BOOLEAN,
}
_OTHERS = {
    "customer.tags": Type.TEXT_SET,
    "customer.country": Type.TEXT,
    "customer.joined": Type.DATE,
    "customer.days_since_joined": Type.INTEGER,
    "customer.wholesale": Type.BOOLEAN,
    "customer.vetted": Type.BOOLEAN,
    "customer.referrals": Type.INTEGER,
    "customer.rank": Type.INTEGER,
    "customer.score": Type.DECIMAL,
    "customer.ratio": Type.DECIMAL,
    "customer.owed": Type.MONEY,
    "customer.note": Type.TEXT,
    "customer.city": Type.TEXT,
    "customer.birthday": Type.DATE,
    "customer.wedding": Type.DATE,
    "customer.level": Type.ONE_OF,
    "customer.size": Type.ONE_OF,
    "order.total": Type.MONEY,
    "order.tax": Type.MONEY,
    "order.shipping": Type.MONEY,
    "order.discount": Type.MONEY,
    "order.units": Type.INTEGER,
    "order.channel": Type.TEXT,
    "order.country": Type.TEXT,
    "order.codes": Type.TEXT_SET,
}
# Lints ask of the window before this one, and of several items of one order, under names of their own.
_SCOPES = ("", "lifetime.", "previous.")
ITEMS = ("item", "item2")
TYPES: dict[str, Type] = {
    **{scope + name: kind for scope in _SCOPES for name, kind in _METRICS.items()},
    **_OTHERS,
    **{f"{item}.{name}": kind for item in ITEMS for name, kind in _ITEM.items()},
}
COUNTRIES = ("customer.country", "order.country")

Strategy = st.SearchStrategy


def names(kind: Type) -> Strategy[Reference]:
    """A name of the type."""
    paths = [path for path, type in TYPES.items() if type is kind]
    return st.sampled_from([Reference(path, kind, NOWHERE) for path in paths])


# --- literals -----------------------------------------------------------------------------------------------

_DAYS = ["0001-01-01", "2020-02-28", "2020-02-29", "2020-03-01", "2024-12-31", "9999-12-30", "9999-12-31"]
_TEXTS = ["", "a", "b", "other", "CA"]
_CODES = ["", "CA", "US", "GB", "FR"]


def plain(value: Fraction) -> Constant:
    """A number literal that is not money: whole if it can be."""
    whole = value.denominator == 1
    return Constant(Type.INTEGER if whole else Type.DECIMAL, int(value) if whole else value, NOWHERE)


def fractions(most: int = 12) -> Strategy[Fraction]:
    """Decimals near 0, most of them whole or with one digit, none with more than three."""
    return st.builds(
        lambda number, divisor: Fraction(number, divisor),
        st.integers(-3, most),
        st.sampled_from([1, 1, 1, 2, 4, 10, 100, 1000]),
    )


def literals(kind: Type, path: str = "") -> Strategy[Constant]:
    """A literal beside something of the type, which has that path if it is a name."""
    values: dict[Type, Strategy[bool | int | str]] = {
        Type.BOOLEAN: st.booleans(),
        Type.MONEY: st.one_of(st.integers(-1, 6), st.integers(-2, 6).map(lambda n: n * 100)),
        Type.DATE: st.sampled_from(_DAYS),
        Type.TEXT: st.sampled_from(_CODES if path in COUNTRIES else _TEXTS),
        Type.ONE_OF: st.sampled_from(CHOICES.get(path, ("",))),
    }
    if kind in values:
        return st.builds(Constant, st.just(kind), values[kind], st.just(NOWHERE))
    return (
        st.integers(-3, 8).map(lambda n: plain(Fraction(n)))
        if kind is Type.INTEGER
        else fractions().map(plain)
    )


# --- numbers ------------------------------------------------------------------------------------------------

_FACTORS = st.one_of(
    st.integers(-5, 7).map(Fraction),
    st.sampled_from([Fraction(n, 4) for n in (-6, -1, 1, 2, 3, 5, 6)] + [Fraction(1, 1000)]),
)
_PLAIN_NUMBERS = (Type.INTEGER, Type.DECIMAL)


def type_of_number(term: Term) -> Type:
    """The type of a number-valued term."""
    assert isinstance(term, Constant | Reference | Negative | Sum | Product)
    return term.type


def common(left: Term, right: Term) -> Type:
    """The type of what is made of two numbers: integers widen to decimals."""
    types = (type_of_number(left), type_of_number(right))
    return Type.DECIMAL if Type.DECIMAL in types else types[0]


def product(factor: Fraction, operand: Term) -> Product:
    """The operand times a constant; constants that multiply are folded."""
    if isinstance(operand, Product):
        factor, operand = factor * operand.factor, operand.operand
    kind = type_of_number(operand)
    if kind is Type.INTEGER and factor.denominator != 1:
        kind = Type.DECIMAL
    return Product(factor, operand, kind, NOWHERE)


def negative(operand: Term) -> Negative:
    """`-x`."""
    return Negative(operand, type_of_number(operand), NOWHERE)


def total(minus: bool, left: Term, right: Term) -> Sum:
    """`left + right` or `left - right`."""
    return Sum(minus, left, right, common(left, right), NOWHERE)


_MONEY_NAMES = names(Type.MONEY)
_PLAIN_NAMES = st.one_of([names(kind) for kind in _PLAIN_NUMBERS])
_SHAPES = st.sampled_from(["name"] * 3 + ["product"] * 3 + ["sum"] * 4 + ["more", "less", "negative"])


@st.composite
def numbers(draw: st.DrawFn, money: bool, depth: int = 3) -> Term:
    """A number that reads a name: money, or whole and decimal numbers mixed."""
    shape = draw(_SHAPES) if depth else "name"
    if shape == "name":
        return draw(_MONEY_NAMES if money else _PLAIN_NAMES)
    part = draw(SUMS[money, depth - 1])
    match shape:
        case "product":
            return product(draw(_FACTORS), part)
        case "sum":
            return total(draw(st.booleans()), part, draw(SUMS[money, depth - 1]))
        case "more":
            return total(draw(st.booleans()), part, draw(LITERALS[Type.MONEY if money else Type.DECIMAL]))
        case "less":
            return total(draw(st.booleans()), draw(LITERALS[Type.MONEY if money else Type.DECIMAL]), part)
    return negative(part)


LITERALS = {kind: literals(kind) for kind in Type}
SUMS = {(money, depth): numbers(money, depth) for money in (False, True) for depth in range(4)}

# --- clauses ------------------------------------------------------------------------------------------------

_EQUALITY = st.sampled_from(["==", "!="])
_ORDER = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def compared(operator: str, left: Term, right: Term) -> Comparison:
    """A comparison."""
    return Comparison(operator, left, right, NOWHERE)


def mirrored(term: Comparison, turned: bool) -> Comparison:
    """The comparison with its sides changed over, under the same operator."""
    return replace(term, left=term.right, right=term.left) if turned else term


_BETWEEN = st.sampled_from(["literal", "literal", "list"])
_LITERALS_OF = {path: literals(kind, path) for path, kind in TYPES.items()}
_LIST_LENGTHS = st.integers(1, 4)
_BESIDE_WHOLE = fractions().map(plain)


def beside_literal(draw: st.DrawFn, term: Term, kind: Type, path: str = "") -> Term:
    """Something against a literal on either side, or against a list of them."""
    literal = _LITERALS_OF.get(path, LITERALS[kind])
    if draw(_BETWEEN) == "list":
        values = tuple(draw(literal) for _ in range(draw(_LIST_LENGTHS)))
        return Among(draw(st.booleans()), term, values, NOWHERE)
    # What a whole number is compared with need not be whole; in its lists it has to be.
    against = draw(_BESIDE_WHOLE if kind is Type.INTEGER else literal)
    comparison = compared(draw(_ORDER if kind in ORDERED else _EQUALITY), term, against)
    return mirrored(comparison, draw(st.booleans()))


_NAMES = {kind: names(kind) for kind in Type}
_KINDS = st.sampled_from(
    [Type.MONEY, Type.INTEGER, Type.DECIMAL, Type.DATE, Type.TEXT, Type.ONE_OF, Type.BOOLEAN, Type.TEXT_SET]
)
_TAGS = st.sampled_from(["a", "b", ""])


def name_clause(draw: st.DrawFn) -> Term:
    """A name against literals; of a set, that it has a text; a boolean alone."""
    kind = draw(_KINDS)
    name = draw(_NAMES[kind])
    if kind is Type.TEXT_SET:
        return Has(name, draw(_TAGS), NOWHERE)
    return name if kind is Type.BOOLEAN else beside_literal(draw, name, kind, name.path)


def sum_clause(draw: st.DrawFn) -> Term:
    """A sum against a literal or a list, or against another sum."""
    sums = SUMS[draw(st.booleans()), 3]
    term = draw(sums)
    if draw(st.booleans()):
        return beside_literal(draw, term, type_of_number(term))
    return compared(draw(_ORDER), term, draw(sums))


def pair_clause(draw: st.DrawFn) -> Term:
    """A name against a name, maybe itself."""
    kind, operators = draw(st.sampled_from([(Type.DATE, _ORDER), (Type.TEXT, _EQUALITY)]))
    return compared(draw(operators), draw(_NAMES[kind]), draw(_NAMES[kind]))


def literal_clause(draw: st.DrawFn) -> Term:
    """Literals alone, which have a place as a part of a condition."""
    kind = draw(st.sampled_from([Type.BOOLEAN, Type.TEXT, Type.DATE, Type.DECIMAL]))
    literal = draw(LITERALS[kind])
    return literal if kind is Type.BOOLEAN else beside_literal(draw, literal, literal.type)


_CLAUSES = st.sampled_from([name_clause] * 8 + [sum_clause] * 8 + [pair_clause] * 4 + [literal_clause])


@st.composite
def clauses(draw: st.DrawFn) -> Term:
    """A part of a condition without `and`, `or` or `not`."""
    return draw(_CLAUSES)(draw)


CLAUSES = clauses()

# --- conditions ---------------------------------------------------------------------------------------------


def negation(term: Term) -> Not:
    """`not x`."""
    return Not(term, NOWHERE)


def joined(kind: type[And] | type[Or], parts: Iterable[Term]) -> Term:
    """Parts joined by `and` or `or`; those joined by the same are flattened, as the type checker does."""
    flat: list[Term] = []
    for part in parts:
        flat += part.parts if isinstance(part, And | Or) and isinstance(part, kind) else (part,)
    return kind(tuple(flat), NOWHERE)


_FORMS = st.sampled_from(["clause"] * 4 + ["and"] * 4 + ["or"] * 3 + ["not", "same"])


@st.composite
def conditions(draw: st.DrawFn, depth: int) -> Term:
    """A condition that nests so deep."""
    form = draw(_FORMS) if depth else "clause"
    if form == "clause":
        return draw(CLAUSES)
    part = CONDITIONS[depth - 1]
    if form == "not":
        return negation(draw(part))
    if form == "same":
        return compared(draw(_EQUALITY), draw(part), draw(part))
    return joined(And if form == "and" else Or, [draw(part) for _ in range(draw(st.integers(2, 4)))])


CONDITIONS = [conditions(depth) for depth in range(4)]


@st.composite
def asked(draw: st.DrawFn) -> list[Term]:
    """Conditions of which it is asked whether they can hold together."""
    return [draw(CONDITIONS[2]) for _ in range(draw(st.integers(1, 4)))]


ASKED = asked()
PROGRAM_NAMES = st.sampled_from(list(PROGRAMS))
