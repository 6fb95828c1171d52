"""Conditions that are plain thresholds (`spend >= 500`), from which the panel tells how far away a tier is."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from ..model.condition import And, Comparison, Condition, Or, Term
from ..model.linear import linear_form
from .expressions import MIRRORED
from .numbers import is_number

_METRICS = frozenset(
    scope + metric for scope in ("", "lifetime.") for metric in ("spend", "orders", "points_earned")
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least value (minor units, counts) of each metric, in order; with `any`, one of them is enough."""

    least: tuple[tuple[str, int], ...] = ()
    any: bool = False


def thresholds(condition: Condition | None) -> Thresholds:
    """The thresholds of a condition that has nothing else; none where it has."""
    if condition is None:
        return Thresholds()
    term = condition.term
    parts = term.parts if isinstance(term, And | Or) else (term,)
    found = [least for part in parts if (least := _threshold(part))]
    if len(found) < len(parts):
        return Thresholds()
    return Thresholds(tuple(found), isinstance(term, Or))


def _threshold(term: Term) -> tuple[str, int] | None:
    """`metric >= least`, whichever way round it is written; `metric > n` asks for the next whole unit."""
    if not isinstance(term, Comparison) or not is_number(term.left):
        return None
    left, right = linear_form(term.left), linear_form(term.right)
    names = {path: k - right.coefficients.get(path, 0) for path, k in left.coefficients.items()}
    names |= {path: -k for path, k in right.coefficients.items() if path not in names}
    read = [(path, k) for path, k in names.items() if k]
    if len(read) != 1 or read[0][0] not in _METRICS:
        return None
    metric, factor = read[0]
    operator = term.operator if factor > 0 else MIRRORED[term.operator]
    bound = (right.constant - left.constant) / factor
    if operator == ">=":
        return metric, ceil(bound)
    return (metric, floor(bound) + 1) if operator == ">" else None
