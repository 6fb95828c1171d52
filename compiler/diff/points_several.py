"""Rules that multiply several amounts of one order: sensible orders are tried, and proofs left to a solver.

What counts of items is known by classes of them, each as one item: of which `items` conditions hold of it. Where
such a condition looks at an item's own amounts, several items are more than one of their sum; then the classes
still cover all orders, and a proof holds, but not every order that the solver finds is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from ..analysis.decide import Decider, Impossible, Possible
from ..analysis.evaluate import Value
from ..analysis.formula import Formula
from ..analysis.intervals import TooLarge
from ..analysis.prove import Multiplied, NoProver, Undecided, earns_more
from ..analysis.space import item_scope
from ..model.condition import Not, Reference, Term, Type
from ..node import Node, node
from .both import read_by
from .points_amounts import Amounts, Outcome, bases_of, money
from .points_case import Case, case_of
from .points_rules import NOWHERE, Base, Entry
from .points_sets import Matched, of_item

UNPROVED = "orders with several amounts were not all compared"
NO_PROVER = "orders with several amounts are compared with the extra `prove`: pip install 'tiercel[prove]'"
MOST_CONDITIONS = 5
_FIRST_CLASS = 50
_TOTALS = 4
_PARTS = ("total", "tax", "discount")
_OF_ORDER = tuple(money(f"order.{part}") for part in (*_PARTS, "shipping"))


@node
class ItemClass(Node):
    """The items of which these conditions hold and no others: `values` are those of one, as `item.…`."""

    number: int
    holding: frozenset[Term]
    values: Mapping[str, Value]

    @property
    def amounts(self) -> dict[str, Reference]:
        """What all items of the class have together, part by part."""
        return {part: money(f"item{self.number}.{part}") for part in _PARTS}


class Several:
    """Examines sets of rules that multiply several amounts."""

    def __init__(self, amounts: Amounts) -> None:
        self._amounts = amounts
        self._decider = amounts.decider

    def of_order(self, matched: Matched) -> Outcome:
        """Candidates among sensible orders and from the solver, and what it can rule out."""
        conditions = dict.fromkeys(base.items for base in bases_of(matched.entries) if base.items)
        classes = list(_classes(self._decider, list(conditions)[:MOST_CONDITIONS], matched.absent))
        cases = list(self._tried(matched, classes))
        if len(conditions) > MOST_CONDITIONS:
            return Outcome(tuple(cases), True, True, None, None, (UNPROVED,))
        try:
            more, less = (self._found(matched, classes, more) for more in (True, False))
        except NoProver:
            return Outcome(tuple(cases), True, True, None, None, (NO_PROVER,))
        except (Undecided, TooLarge):
            return Outcome(tuple(cases), True, True, None, None, (UNPROVED,))
        cases += [case for found in (more, less) for case in found if case]
        return Outcome(tuple(cases), bool(more), bool(less), None, None, (UNPROVED,))

    # --- trying -----------------------------------------------------------------------------------------------

    def _tried(self, matched: Matched, classes: Sequence[ItemClass]) -> Iterator[Case]:
        """Orders of usual totals with tax, shipping, discounts and items of each class, or without."""
        like = self._amounts.case(matched.terms)
        if like is None:
            return
        for total in self._amounts.usual[:_TOTALS]:
            for items in _baskets(classes, total):
                for tax, shipping, discount in product((0, total // 10), repeat=3):
                    order: dict[str, Value] = {
                        "order.total": total,
                        "order.tax": tax,
                        "order.shipping": shipping,
                        "order.discount": discount,
                    }
                    case = Case({**like.values, **order}, (*like.items, *items))
                    if case.is_valid:
                        yield case

    # --- proving ----------------------------------------------------------------------------------------------

    def _found(self, matched: Matched, classes: Sequence[ItemClass], more: bool) -> list[Case | None]:
        """The order that the solver finds; none in the list where there is no such order, no list where it is ruled out."""
        old, new = ([self._multiplied(entry, classes) for entry in side] for side in matched.entries)
        one, other = (new, old) if more else (old, new)
        point = earns_more(self._formulas(matched, classes), self._decider.space, one, other)
        return [] if point is None else [self._case(matched, classes, point)]

    def _multiplied(self, entry: Entry, classes: Sequence[ItemClass]) -> Multiplied:
        terms = _summed(entry.base, classes) if entry.base else {}
        variable = self._decider.space.variable
        return Multiplied(entry.earning, {variable(path, Type.MONEY): c for path, c in terms.items()})

    def _formulas(self, matched: Matched, classes: Sequence[ItemClass]) -> list[Formula]:
        """What holds of the order, and, apart from the items that it has to contain, of the classes of its items."""
        sums = [name for each in classes for name in each.amounts.values()]
        found = [self._decider.formula(term) for term in matched.terms]
        for names in ([*read_by(matched.terms), *self._amounts.also, *_OF_ORDER], [*_OF_ORDER, *sums]):
            found += [axiom.formula for axiom in self._decider.axioms_of(names)]
        return found

    def _case(self, matched: Matched, classes: Sequence[ItemClass], point: Mapping[int, int]) -> Case | None:
        space = self._decider.space
        values = space.values(point, [*read_by(matched.terms), *self._amounts.also, *_OF_ORDER])
        case = case_of(values)
        if case is None:
            return None
        items = [
            {**each.values, **{f"item.{part}": sums[name.path] for part, name in each.amounts.items()}}
            for each in classes
            if any((sums := space.values(point, each.amounts.values())).values())
        ]
        found = Case(case.values, (*case.items, *items))
        return found if found.is_valid else None


def _classes(decider: Decider, conditions: Sequence[Term], absent: Sequence[Term]) -> Iterator[ItemClass]:
    """The classes of items that there can be, but for those of which no condition holds."""
    never = [Not(term, NOWHERE) for term in absent]
    for number, truths in enumerate(product((True, False), repeat=len(conditions)), start=_FIRST_CLASS):
        if not any(truths):
            continue
        terms = [t if holds else Not(t, NOWHERE) for t, holds in zip(conditions, truths, strict=True)]
        verdict = decider.decide([of_item(term, number) for term in (*terms, *never)])
        if not isinstance(verdict, Impossible):
            holding = frozenset(t for t, holds in zip(conditions, truths, strict=True) if holds)
            values = verdict.values if isinstance(verdict, Possible) else {}
            own = {
                "item." + path.partition(".")[2]: value for path, value in values.items() if item_scope(path)
            }
            yield ItemClass(number, holding, {"item.quantity": 1, **own})


def _baskets(classes: Sequence[ItemClass], total: int) -> Iterator[list[dict[str, Value]]]:
    """No item, one of a class for all of the total or half of it, one of each class."""
    yield []
    for each in classes:
        for part in (total, total // 2):
            yield [{**each.values, "item.total": part}]
    if len(classes) > 1:
        yield [{**each.values, "item.total": total // len(classes)} for each in classes]


def _summed(base: Base, classes: Sequence[ItemClass]) -> dict[str, int]:
    """The names that make up the amount, each with its sign."""
    parts = {"total": 1}
    if not base.amount.tax:
        parts["tax"] = -1
    if not base.amount.deduct_discounts:
        parts["discount"] = 1
    if base.items is not None:
        counting = [each for each in classes if base.items in each.holding]
        return {each.amounts[part].path: sign for each in counting for part, sign in parts.items()}
    if not base.amount.shipping:
        parts["shipping"] = -1
    return {f"order.{part}": sign for part, sign in parts.items()}
