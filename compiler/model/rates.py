"""The points of a rule: one rate for everyone it matches, or a table with one per tier."""

from __future__ import annotations

from fractions import Fraction

from ..syntax.nearest import listed, nearest
from ..syntax.tree import Entry, Mapping, Scalar
from .context import Context
from .quantities import rate, whole_rate
from .shaped import required, scalar
from .tier_choice import tier_index

_MOST_GUESSED = 20


def read_rates(node: Mapping, context: Context) -> tuple[Fraction, ...]:
    """The rates under `points`: one, or of a table one per tier, lowest first."""
    points = node.get("points")
    why = _why_whole(node)
    if isinstance(points, Scalar):
        return (_read_rate(points, why, context),)
    assert isinstance(points, Mapping)
    return _read_table(points, why, context)


def _why_whole(node: Mapping) -> str | None:
    """Why the points of a rule have to be whole; none where they are multiplied by an amount."""
    activity = required(node, "activity").text
    if activity != "order":
        return f"points for `{activity}` are issued as they stand here"
    per = scalar(node, "per")
    return (
        "points per order are issued as they stand here" if per is not None and per.text == "order" else None
    )


def _read_rate(written: Scalar, why: str | None, context: Context) -> Fraction:
    if why is None:
        return rate(written, context.report)
    return whole_rate(written, context.report, why)


def _read_table(table: Mapping, why: str | None, context: Context) -> tuple[Fraction, ...]:
    if not context.tiers:
        return _refuse_table(table, context)
    rates = {entry.key.text: _read_rate(_value(entry), why, context) for entry in table.entries}
    named = {entry.key.text for entry in table.entries}
    unknown = [entry.key.text for entry in table.entries if tier_index(entry.key, context, named) is None]
    meant = {nearest(key, context.tiers) for key in unknown[:_MOST_GUESSED]}
    missing = [tier for tier in context.tiers if tier not in rates and tier not in meant]
    if missing:
        message = f"the table has no rate for {listed(missing)}"
        help = "name every tier; a customer in a tier without a rate would earn nothing"
        context.report.error("missing-key", table.span, message, help=help)
    return tuple(rates.get(tier, Fraction(1)) for tier in context.tiers)


def _refuse_table(table: Mapping, context: Context) -> tuple[Fraction, ...]:
    message = "a rate table names tiers, and the program has none"
    help = "declare tiers in `vip`, or write one rate for every customer"
    context.report.error("unknown-id", table.span, message, help=help)
    return ()


def _value(entry: Entry) -> Scalar:
    assert isinstance(entry.value, Scalar)
    return entry.value
