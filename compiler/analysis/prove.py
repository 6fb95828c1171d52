"""Whether rules that multiply several amounts ever earn more than others: asked of the solver Z3, an extra.

Z3 is imported here alone, and only when it is asked. Its work is limited by its own count of steps and its seed
is fixed, so that every machine gets the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..node import Node, node
from .earning import Earning
from .formula import All, AnyOf, AtLeast, Formula, Within, variables
from .intervals import FAR, Intervals
from .space import Space
from .staircase import staircase

STEPS = 5_000_000  # as Z3 counts them: a few seconds
_SEED = 1


class NoProver(Exception):
    """The extra is not installed."""


class Undecided(Exception):
    """No answer within the steps."""


@node
class Multiplied(Node):
    """A rule that matches: what it earns, on a sum of variables, each with its coefficient."""

    earning: Earning
    amount: Mapping[int, int]


def earns_more(
    formulas: Sequence[Formula], space: Space, one: Sequence[Multiplied], other: Sequence[Multiplied]
) -> dict[int, int] | None:
    """A point at which all formulas hold and `one` earns more than `other`; none where there is none.

    Amounts are not negative where the formulas hold. Raises `NoProver`, `Undecided`.
    """
    return _Question(space).ask(formulas, one, other)


class _Question:
    """One question to Z3: the variables of the space as its integers."""

    def __init__(self, space: Space) -> None:
        try:
            import z3
        except ImportError:
            raise NoProver from None
        self._z3: Any = z3
        self._space = space
        self._solver = z3.SolverFor("QF_LIA")
        self._solver.set("random_seed", _SEED)
        self._solver.set("rlimit", STEPS)
        self._known: dict[int, Any] = {}
        self._helpers = 0

    def ask(
        self, formulas: Sequence[Formula], one: Sequence[Multiplied], other: Sequence[Multiplied]
    ) -> dict[int, int] | None:
        for formula in formulas:
            self._solver.add(self._formula(formula))
        self._solver.add(self._total(one) - self._total(other) >= 1)
        for variable in set().union(*map(variables, formulas)):
            self._variable(variable)
        answer = self._solver.check()
        if answer == self._z3.unsat:
            return None
        if answer != self._z3.sat:
            raise Undecided
        model = self._solver.model()
        return {v: model.eval(known, model_completion=True).as_long() for v, known in self._known.items()}

    # --- formulas -----------------------------------------------------------------------------------------

    def _variable(self, index: int) -> Any:
        if index not in self._known:
            found = self._known[index] = self._z3.Int(f"v{index}")
            self._solver.add(self._within(found, self._space.domains[index]))
        return self._known[index]

    def _within(self, number: Any, values: Intervals) -> Any:
        ways = []
        for low, high in values:
            ends = ([number >= low] if low > -FAR else []) + ([number <= high] if high < FAR else [])
            ways.append(self._z3.And(ends))
        return self._z3.Or(ways)

    def _formula(self, formula: Formula) -> Any:
        match formula:
            case Within(variable=variable, values=values):
                return self._within(self._variable(variable), values)
            case AtLeast(terms=terms, bound=bound):
                return self._sum(dict(terms)) >= bound
            case All(parts=parts):
                return self._z3.And([self._formula(part) for part in parts])
            case AnyOf(parts=parts):
                return self._z3.Or([self._formula(part) for part in parts])

    def _sum(self, terms: Mapping[int, int]) -> Any:
        return self._z3.Sum([c * self._variable(v) for v, c in terms.items()] or [self._z3.IntVal(0)])

    # --- points -------------------------------------------------------------------------------------------

    def _total(self, rules: Sequence[Multiplied]) -> Any:
        return self._z3.Sum([self._points(rule) for rule in rules] or [self._z3.IntVal(0)])

    def _points(self, rule: Multiplied) -> Any:
        """(slope * (amount // width) + start) // over, and at most `most`."""
        steps = staircase(rule.earning)
        if not steps.slope:
            return self._z3.IntVal(steps.at(0))
        widths = self._quotient(self._sum(rule.amount), steps.width)
        points = self._quotient(steps.slope * widths + steps.start, steps.over)
        return points if steps.most is None else self._z3.If(points > steps.most, steps.most, points)

    def _quotient(self, number: Any, divisor: int) -> Any:
        """The number divided, rounded down: a whole number of its own between two bounds."""
        if divisor == 1:
            return number
        self._helpers += 1
        found = self._z3.Int(f"q{self._helpers}")
        self._solver.add(divisor * found <= number, number < divisor * (found + 1))
        return found
