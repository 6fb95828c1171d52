"""Earnings to compare: all kinds of rates, multipliers, roundings and caps, and pairs that earn nearly the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from tiercel.compiler.analysis.difference import Interval
from tiercel.compiler.analysis.earning import ONCE, Earning
from tiercel.compiler.model.tree import Round

decimals6 = st.integers(0, 3_000_000).map(lambda n: Fraction(n, 10**6))
rates = st.one_of(
    st.sampled_from([Fraction(n, d) for n in range(5) for d in (1, 2, 4, 5, 10)]),
    st.integers(0, 400).map(lambda n: Fraction(n, 100)),
    decimals6,
)
multipliers = st.sampled_from(
    [ONCE, ONCE, ONCE, Fraction(2), Fraction(3, 2), Fraction(11, 10), Fraction(1, 3)]
)
pers = st.one_of(st.none(), st.integers(1, 12), st.sampled_from([20, 25, 50, 100]))
caps = st.one_of(st.none(), st.none(), st.integers(0, 12), st.integers(0, 100))
earnings = st.builds(Earning, rates, multipliers, pers, st.sampled_from(Round), caps)


shares = st.sampled_from([Fraction(1, 2), Fraction(1, 4), Fraction(1, 10)])
shifts = st.sampled_from([Fraction(n, d) for n in (-1, 1) for d in (10**6, 1000, 100)])


@st.composite
def changed(draw: st.DrawFn, before: Earning) -> list[Earning]:
    """What became of a rule, which may well earn nearly the same as before."""
    match draw(st.sampled_from(["same", "round", "split", "rate", "cap", "another"])):
        case "round":
            return [replace(before, round=draw(st.sampled_from(Round)))]
        case "split":
            share, mode = draw(shares), draw(st.sampled_from(Round))
            return [replace(before, rate=before.rate * part, round=mode) for part in (share, 1 - share)]
        case "rate":
            return [replace(before, rate=max(before.rate + draw(shifts), Fraction(0)))]
        case "cap":
            return [replace(before, max_points=draw(caps))]
        case "another":
            return [draw(earnings)]
    return [before]


@st.composite
def close_pairs(draw: st.DrawFn) -> tuple[list[Earning], list[Earning]]:
    old = draw(st.lists(earnings, max_size=3))
    return old, [after for before in old for after in draw(changed(before))]


pairs = st.one_of(close_pairs(), st.tuples(st.lists(earnings, max_size=3), st.lists(earnings, max_size=3)))


@st.composite
def intervals(draw: st.DrawFn) -> list[Interval]:
    """Disjoint, ascending, and the last at times without end."""
    ends = draw(st.lists(st.integers(0, 400), max_size=6, unique=True).map(sorted))
    found: list[Interval] = list(zip(ends[::2], ends[1::2], strict=False))
    if len(ends) % 2:
        found.append((ends[-1], draw(st.sampled_from([None, ends[-1], ends[-1] + 37]))))
    return found
