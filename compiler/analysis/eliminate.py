"""Whole numbers that satisfy a conjunction of linear inequalities: Fourier-Motzkin elimination, exact over integers.

Eliminating x combines each lower bound `a x >= L` with each upper bound `b x <= U` to `a U - b L >= 0`. Over the
whole numbers that is exact where a or b is 1, which money and counts nearly always make it. Elsewhere the "real
shadow" (the combination) can only refute, and the "dark shadow" (which asks for (a-1)(b-1) more) can only confirm
(W. Pugh, The Omega Test, 1991); between the two the caller splits a variable's range and asks again.
Equalities are solved before, so that what they say of remainders is not left to splitting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import gcd

from .budget import Budget

Terms = tuple[tuple[int, int], ...]
Row = tuple[Terms, int]  # the sum of coefficient times variable is at least the number
Pick = Callable[[int, int, int], int]

OPEN = 10**150  # stands for no bound: far beyond what a variable's own range allows


class Inexact(Exception):
    """Neither refuted nor confirmed; `variable` is the one whose range should be split."""

    def __init__(self, variable: int) -> None:
        super().__init__(variable)
        self.variable = variable


class Refuted(Exception):
    """The inequalities contradict each other."""


def solve_rows(rows: Sequence[Row], pick: Pick, budget: Budget) -> dict[int, int] | None:
    """A point that satisfies every row, none where there is none; raises `Inexact` and `OutOfBudget`.

    `pick(variable, low, high)` chooses among the values that are left for a variable.
    """
    try:
        return _solve(_tidy(rows), pick, budget)
    except Refuted:
        return None


def _solve(rows: dict[Terms, int], pick: Pick, budget: Budget) -> dict[int, int]:
    budget.spend(1 + len(rows) // 8)
    if not rows:
        return {}
    equalities = list(_equalities(rows))
    equal = _with_unit(equalities)
    if equal is not None:
        return _substitute(rows, equal, pick, budget)
    if equalities:
        return _with_smaller_coefficients(rows, equalities[0], pick, budget)
    variable, exact = _choose(rows)
    with_it, rest = _split(rows, variable)
    if not exact:
        _check_real_shadow(with_it, rest, variable, pick, budget)
    shadow = _combined(with_it, variable, dark=not exact)
    try:
        point = _solve(_tidy([*rest.items(), *shadow]), pick, budget)
    except Refuted:
        if exact:
            raise
        raise Inexact(variable) from None
    return _extended(point, with_it, variable, pick)


def _tidy(rows: Sequence[Row]) -> dict[Terms, int]:
    """The rows in lowest terms, of those with the same left side the tightest; raises `Refuted`."""
    found: dict[Terms, int] = {}
    for terms, bound in rows:
        if not terms:
            if bound > 0:
                raise Refuted
            continue
        divisor = gcd(*(c for _, c in terms))
        if divisor > 1:
            terms, bound = tuple((v, c // divisor) for v, c in terms), -(-bound // divisor)
        found[terms] = max(bound, found.get(terms, bound))
    for terms, bound in found.items():
        opposite = found.get(tuple((v, -c) for v, c in terms))
        if opposite is not None and bound + opposite > 0:
            raise Refuted
    return found


def _equalities(rows: dict[Terms, int]) -> Iterator[Row]:
    """The rows whose opposites are rows too."""
    for terms, bound in rows.items():
        if rows.get(tuple((v, -c) for v, c in terms)) == -bound:
            yield terms, bound


def _with_unit(equalities: Sequence[Row]) -> tuple[int, Terms, int] | None:
    """A variable with coefficient 1 or -1 in an equality, and that equality as a row."""
    for terms, bound in equalities:
        unit = next((v for v, c in terms if abs(c) == 1), None)
        if unit is not None:
            return unit, terms, bound
    return None


def _with_smaller_coefficients(
    rows: dict[Terms, int], equality: Row, pick: Pick, budget: Budget
) -> dict[int, int]:
    """Solve for x + the sum of quotient times variable in the place of x, the one with the smallest coefficient.

    In the equality that leaves the remainders of the other coefficients: as in Euclid's algorithm, one of them is 1
    in the end. Both ways the change is one between whole numbers, so that nothing is lost.
    """
    variable, smallest = min(equality[0], key=lambda term: abs(term[1]))
    quotients = {v: q for v, c in equality[0] if v != variable and (q := c // smallest)}
    replaced: list[Row] = []
    for row, bound in rows.items():
        coefficients = dict(row)
        factor = coefficients.get(variable, 0)
        for v, q in quotients.items() if factor else ():
            coefficients[v] = coefficients.get(v, 0) - factor * q
        replaced.append((_terms(coefficients), bound))
    point = _solve(_tidy(replaced), pick, budget)
    for v in (variable, *quotients):
        point.setdefault(v, pick(v, -OPEN, OPEN))
    point[variable] -= sum(q * point[v] for v, q in quotients.items())
    return point


def _substitute(
    rows: dict[Terms, int], equal: tuple[int, Terms, int], pick: Pick, budget: Budget
) -> dict[int, int]:
    """Solve for the other variables with `variable` replaced by what it equals."""
    variable, terms, bound = equal
    sign = dict(terms)[variable]
    others = {v: -c * sign for v, c in terms if v != variable}
    constant = bound * sign  # variable = constant + sum of others
    replaced: list[Row] = []
    for row, least in rows.items():
        coefficients = dict(row)
        factor = coefficients.pop(variable, 0)
        for v, c in others.items() if factor else ():
            coefficients[v] = coefficients.get(v, 0) + factor * c
        replaced.append((_terms(coefficients), least - factor * constant))
    point = _solve(_tidy(replaced), pick, budget)
    for v in others:
        point.setdefault(v, pick(v, -OPEN, OPEN))
    point[variable] = constant + sum(c * point[v] for v, c in others.items())
    return point


def _terms(coefficients: dict[int, int]) -> Terms:
    return tuple(sorted((v, c) for v, c in coefficients.items() if c))


def _choose(rows: dict[Terms, int]) -> tuple[int, bool]:
    """The variable whose elimination makes the fewest new rows, exactly if any can be; and whether it is exact."""
    lower: dict[int, list[int]] = {}
    upper: dict[int, list[int]] = {}
    for terms in rows:
        for v, c in terms:
            (lower if c > 0 else upper).setdefault(v, []).append(abs(c))
    candidates = []
    for v in sorted(lower.keys() | upper.keys()):
        below, above = lower.get(v, []), upper.get(v, [])
        exact = all(c == 1 for c in below) or all(c == 1 for c in above)
        candidates.append((not exact, len(below) * len(above) - len(below) - len(above), v))
    inexact, _, variable = min(candidates)
    return variable, not inexact


def _split(
    rows: dict[Terms, int], variable: int
) -> tuple[list[tuple[dict[int, int], int]], dict[Terms, int]]:
    with_it: list[tuple[dict[int, int], int]] = []
    rest: dict[Terms, int] = {}
    for terms, bound in rows.items():
        coefficients = dict(terms)
        if variable in coefficients:
            with_it.append((coefficients, bound))
        else:
            rest[terms] = bound
    return with_it, rest


def _combined(with_it: Sequence[tuple[dict[int, int], int]], variable: int, dark: bool) -> list[Row]:
    """Each lower bound of the variable against each upper one."""
    found: list[Row] = []
    for low, low_bound in with_it:
        for high, high_bound in with_it:
            a, b = low[variable], -high[variable]
            if a > 0 and b > 0:
                sums = {v: b * c for v, c in low.items() if v != variable}
                for v, c in high.items():
                    if v != variable:
                        sums[v] = sums.get(v, 0) + a * c
                gap = (a - 1) * (b - 1) if dark else 0
                found.append((_terms(sums), b * low_bound + a * high_bound + gap))
    return found


def _check_real_shadow(
    with_it: Sequence[tuple[dict[int, int], int]],
    rest: dict[Terms, int],
    variable: int,
    pick: Pick,
    budget: Budget,
) -> None:
    """Raise `Refuted` where not even fractions satisfy the rows."""
    try:
        _solve(_tidy([*rest.items(), *_combined(with_it, variable, dark=False)]), pick, budget)
    except Inexact:
        return


def _extended(
    point: dict[int, int], with_it: Sequence[tuple[dict[int, int], int]], variable: int, pick: Pick
) -> dict[int, int]:
    """The point with a value for the variable, between the bounds that the others leave."""
    low, high = -OPEN, OPEN
    for coefficients, bound in with_it:
        for v in coefficients:
            if v != variable and v not in point:
                point[v] = pick(v, -OPEN, OPEN)
        rest = bound - sum(c * point[v] for v, c in coefficients.items() if v != variable)
        c = coefficients[variable]
        if c > 0:
            low = max(low, -(-rest // c))
        else:
            high = min(high, rest // c)
    point[variable] = pick(variable, low, high)
    return point
