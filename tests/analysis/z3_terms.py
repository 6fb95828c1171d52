"""Conditions for Z3, and what always holds of customers and orders: written from the language, not from the analysis.

Everything is a whole number or a boolean, so that nothing is lost in Z3's real numbers, which have thirds and no
decimal is one. A decimal counts 10**-15, far finer than the literals and factors of `terms` can tell apart. A text is
the index of its literal, and any other number is a text that nothing mentions. A date is the ordinal of its day,
with a boolean for whether it was given.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

import z3

from tiercel.compiler.analysis.evaluate import Value
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

from .terms import CHOICES, ITEMS, TYPES

GRAIN = 10**15
LAST_DAY = date.max.toordinal()
METRICS = ("spend", "orders", "points_earned")

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COUNTED = (Type.MONEY, Type.INTEGER, Type.DECIMAL)


class Names:
    """The variables of names, and the indexes of texts."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {"": 0}

    def text(self, text: str) -> Any:
        """The number of a text."""
        return z3.IntVal(self.texts.setdefault(text, len(self.texts)))

    def number(self, path: str) -> Any:
        """The variable of a name that is neither a boolean nor a set."""
        return z3.Int(path)

    def given(self, path: str) -> Any:
        """Whether a date was given."""
        return z3.BoolVal(True) if path == "customer.joined" else z3.Bool(f"{path} given")

    def has(self, path: str, text: str) -> Any:
        """Whether a set has a text."""
        return z3.Bool(f"{path} has {text}")


# --- terms --------------------------------------------------------------------------------------------------


def truth(term: Term, names: Names) -> Any:
    """A truth-valued term."""
    match term:
        case Constant():
            return z3.BoolVal(bool(term.value))
        case Reference():
            return z3.Bool(term.path)
        case Not():
            return z3.Not(truth(term.operand, names))
        case And():
            return z3.And([truth(part, names) for part in term.parts])
        case Or():
            return z3.Or([truth(part, names) for part in term.parts])
        case Has():
            return names.has(term.operand.path, term.text)
        case Comparison():
            return _compared(term.operator, term.left, term.right, names)
        case Among():
            found = z3.Or([_compared("==", term.operand, value, names) for value in term.values])
            present = _given(term.operand, names)
            return z3.And(present, z3.Not(found)) if term.negated else found
    raise AssertionError(term)


def _compared(sign: str, left: Term, right: Term, names: Names) -> Any:
    apply = _OPERATORS[sign]
    kind = left.type if isinstance(left, Constant | Reference | Negative | Sum | Product) else Type.BOOLEAN
    if kind is Type.BOOLEAN:
        return apply(truth(left, names), truth(right, names))
    if kind in _COUNTED:
        return _sum_compared(apply, left, right)
    sides = apply(_single(left, right, names), _single(right, left, names))
    return z3.And(_given(left, names), _given(right, names), sides)


def _given(term: Term, names: Names) -> Any:
    is_date = isinstance(term, Reference) and term.type is Type.DATE
    return names.given(term.path) if is_date else z3.BoolVal(True)


def _single(term: Term, other: Term, names: Names) -> Any:
    """A date or a text; a literal beside a `one_of` is the place of its value."""
    if isinstance(term, Reference):
        return names.number(term.path)
    assert isinstance(term, Constant)
    if term.type is Type.DATE:
        return z3.IntVal(date.fromisoformat(str(term.value)).toordinal())
    if isinstance(other, Reference) and other.type is Type.ONE_OF:
        return z3.IntVal(CHOICES[other.path].index(str(term.value)))
    return names.text(str(term.value))


def _sum_compared(apply: Callable[[Any, Any], Any], left: Term, right: Term) -> Any:
    factors: dict[str, Fraction] = {}
    constant = Fraction(0)
    for path, factor in (*_parts(left, Fraction(1)), *_parts(right, Fraction(-1))):
        if path:
            factors[path] = factors.get(path, Fraction(0)) + factor
        else:
            constant += factor
    units = {path: c / GRAIN if TYPES[path] is Type.DECIMAL else c for path, c in factors.items()}
    times = lcm(constant.denominator, *(c.denominator for c in units.values()))
    total = sum(
        (int(c * times) * z3.Int(path) for path, c in units.items()), z3.IntVal(int(constant * times))
    )
    return apply(total, 0)


def _parts(term: Term, factor: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Names with what they are multiplied by, and numbers under no name."""
    match term:
        case Constant():
            assert not isinstance(term.value, str)
            yield "", factor * Fraction(term.value)
        case Reference():
            yield term.path, factor
        case Negative():
            yield from _parts(term.operand, -factor)
        case Product():
            yield from _parts(term.operand, factor * term.factor)
        case Sum():
            yield from _parts(term.left, factor)
            yield from _parts(term.right, -factor if term.minus else factor)
        case _:
            raise AssertionError(term)


# --- what always holds --------------------------------------------------------------------------------------


def always(refunds_count: bool, closes: bool, all_time: bool, read: set[str]) -> Iterator[Any]:
    """What holds of every customer and order, whatever is read; items that nothing asks about need not be there."""
    yield from _ranges()
    yield from _of_metrics(refunds_count, closes, all_time)
    yield from _of_orders([item for item in ITEMS if any(path.startswith(f"{item}.") for path in read)])
    joined, days, today = z3.Ints("customer.joined customer.days_since_joined today")
    yield today == joined + days
    yield z3.And(today >= 1, today <= LAST_DAY)


def _ranges() -> Iterator[Any]:
    for path, kind in TYPES.items():
        variable = z3.Int(path)
        if kind is Type.DATE:
            yield z3.And(variable >= 1, variable <= LAST_DAY)
        elif kind is Type.ONE_OF:
            yield z3.And(variable >= 0, variable < len(CHOICES[path]))
        elif is_counted_up(path, kind):
            yield variable >= (1 if path.endswith(".quantity") else 0)


def is_counted_up(path: str, kind: Type) -> bool:
    """Whether a name is a number that is never negative."""
    declared = path.startswith("customer.") and path != "customer.days_since_joined"
    return kind is Type.MONEY or (kind is Type.INTEGER and not declared)


def _of_metrics(refunds_count: bool, closes: bool, all_time: bool) -> Iterator[Any]:
    for scope in ("", "lifetime.", *(["previous."] if closes else [])):
        yield z3.Implies(z3.Int(f"{scope}spend") > 0, z3.Int(f"{scope}orders") >= 1)
    for metric in METRICS if refunds_count else ():
        window, before, ever = (z3.Int(f"{scope}{metric}") for scope in ("", "previous.", "lifetime."))
        yield window + before <= ever if closes else window <= ever
        if all_time:
            yield window == ever


def _of_orders(items: list[str]) -> Iterator[Any]:
    total, tax, shipping, discount, units = (
        z3.Int(f"order.{name}") for name in ("total", "tax", "shipping", "discount", "units")
    )
    yield total >= tax + shipping
    for whole, part in ((total, "total"), (tax, "tax"), (discount, "discount"), (units, "quantity")):
        yield whole >= z3.Sum([z3.IntVal(0), *(z3.Int(f"{item}.{part}") for item in items)])
    for item in items:
        yield z3.Int(f"{item}.total") >= z3.Int(f"{item}.tax")


# --- a case -------------------------------------------------------------------------------------------------


def pinned(values: dict[str, Value], names: Names) -> Iterator[Any]:
    """That the names have these values."""
    for path, value in values.items():
        kind = TYPES[path]
        if isinstance(value, frozenset):
            yield from (names.has(path, text) == z3.BoolVal(text in value) for text in ("", "a", "b"))
        elif kind is Type.BOOLEAN:
            yield z3.Bool(path) == z3.BoolVal(bool(value))
        elif kind is Type.DATE:
            yield names.given(path) == z3.BoolVal(bool(value))
            if value:
                yield names.number(path) == date.fromisoformat(str(value)).toordinal()
        elif kind is Type.ONE_OF:
            yield names.number(path) == CHOICES[path].index(str(value))
        elif kind is Type.TEXT:
            yield names.number(path) == names.text(str(value))
        elif kind is not Type.DECIMAL:  # nothing but the terms themselves binds a decimal
            assert isinstance(value, int)
            yield names.number(path) == value


def satisfiable(constraints: list[Any]) -> bool | None:
    """Whether the constraints hold together; none where Z3 does not find out within its limit, counted in steps."""
    solver = z3.Solver()
    solver.set("rlimit", 3_000_000)
    solver.set("random_seed", 1)
    solver.add(constraints)
    answer = solver.check()
    return None if answer == z3.unknown else bool(answer == z3.sat)
