"""Every class of customers that conditions on single names tell apart: a multi-terminal interval decision diagram.

Each level of the diagram is a variable; a node has a child for each stretch of its values that the conditions tell
apart, and equal nodes are one node, so that two diagrams over the same levels mean the same if and only if they are
the same node. A terminal is a label, such as the tiers that two ladders give. It is built from the top: a state is
what is left of the formulas once the variables above have their values, and equal states become one node.

Sums of several variables have no place in it, but for "x is never more than y", which is how the window and the time
since joining relate. Within a stretch of x, no formula tells its values apart, so its least value stands for all:
"y is at least the least value of x's stretch" leaves a point in every class that has one, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from .budget import Budget, OutOfBudget
from .formula import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    AtLeast,
    Formula,
    Within,
    atoms,
    both,
    either,
    is_false,
    is_true,
    variables,
)
from .intervals import FAR, holds
from .space import Space

Label = Hashable
Rungs = tuple[
    tuple[int, Formula], ...
]  # what is open of a ladder: places, and what is left of their formulas
Ranges = dict[int, tuple[int, int]]  # of a variable the first and the last stretch, by index
MOST_LEVELS = 200
OUTSIDE: Label = ("outside",)  # what the axioms rule out


class Diagram:
    """The diagram of some ladders, each a list of formulas of which the first that holds decides.

    The label of a point is the index of that formula in each ladder, none where none holds.
    """

    def __init__(
        self, ladders: Sequence[Sequence[Formula]], axioms: Iterable[Formula], space: Space, budget: Budget
    ) -> None:
        """`axioms` hold of every point that counts. Raises `OutOfBudget`; ValueError for sums (see `fits`)."""
        self.space = space
        self._budget = budget
        domain, self.variables = _domain(list(axioms), ladders, space)
        if len(self.variables) > MOST_LEVELS:
            raise OutOfBudget
        formulas = [domain, *(formula for ladder in ladders for formula in ladder)]
        self.stretches = {v: _stretches(v, formulas, space) for v in self.variables}
        # The last level is the cheapest by far, so the variable with the most stretches goes there.
        self.levels = sorted(self.variables, key=lambda v: len(self.stretches[v]))
        self._starts = {v: {low: i for i, (low, _) in enumerate(self.stretches[v])} for v in self.variables}
        self.nodes: list[tuple[int, tuple[int, ...]]] = []  # the level, a child for each stretch
        self.labels: list[Label] = []  # terminals are -1 - their index
        self._unique: dict[Hashable, int] = {}
        self._restricted: dict[tuple[Formula, int, int], Formula] = {}
        self._turns: dict[tuple[Formula, int], tuple[int, ...]] = {}
        self._built: dict[Hashable, int] = {}
        self.root = self._build(0, domain, tuple(_open(tuple(enumerate(ladder))) for ladder in ladders))

    # --- building -----------------------------------------------------------------------------------------

    def _build(self, level: int, domain: Formula, ladders: tuple[Rungs, ...]) -> int:
        if is_false(domain):
            return self._terminal(OUTSIDE)
        if level == len(self.levels):
            return self._terminal(tuple(ladder[0][0] if ladder else None for ladder in ladders))
        if level == len(self.levels) - 1:
            return self._node(level, domain, ladders)
        state = (level, domain, ladders)
        known = self._built.get(state)
        if known is None:
            known = self._built[state] = self._node(level, domain, ladders)
        return known

    def _node(self, level: int, domain: Formula, ladders: tuple[Rungs, ...]) -> int:
        variable = self.levels[level]
        self._budget.spend(len(self.stretches[variable]))
        domains = (rungs[0][1] for rungs in self._swept(((0, domain),), variable, cut=False))
        columns = [self._swept(ladder, variable, cut=True) for ladder in ladders]
        children = [
            self._build(level + 1, left, tuple(rungs)) for left, *rungs in zip(domains, *columns, strict=True)
        ]
        if all(child == children[0] for child in children):
            return children[0]
        return self._intern((level, tuple(children)))

    def _swept(self, ladder: Rungs, variable: int, cut: bool) -> Iterator[Rungs]:
        """What is left of a ladder in each stretch of a variable, from the first to the last.

        A formula is looked at anew only where one of its own atoms changes.
        """
        turning: dict[int, list[int]] = {}
        for place, (_, formula) in enumerate(ladder):
            for stretch in self._turning(formula, variable):
                turning.setdefault(stretch, []).append(place)
        left = list(ladder)
        rungs: Rungs = ()
        for stretch in range(len(self.stretches[variable])):
            for place in turning.get(stretch, ()):
                number, formula = ladder[place]
                left[place] = (number, self._restrict(formula, variable, stretch))
            if stretch == 0 or stretch in turning:
                rungs = _open(left) if cut else tuple(left)
            yield rungs

    def _turning(self, formula: Formula, variable: int) -> tuple[int, ...]:
        """The stretches of a variable at which a formula that reads it may become another one, the first included."""
        key = (formula, variable)
        known = self._turns.get(key)
        if known is None:
            own = [a for a in atoms(formula) if isinstance(a, Within) and a.variable == variable]
            starts = self._starts[variable]
            ends = {n for a in own for low, high in a.values for n in (low, high + 1)}
            turns = {starts[n] for n in ends if n in starts} | ({0} if own else set())
            known = self._turns[key] = tuple(sorted(turns))
        return known

    def _restrict(self, formula: Formula, variable: int, stretch: int) -> Formula:
        """What is left of a formula where the variable is in a stretch."""
        if isinstance(formula, Within):
            if formula.variable != variable:
                return formula
            return TRUE if holds(formula.values, self.stretches[variable][stretch][0]) else FALSE
        key = (formula, variable, stretch)
        known = self._restricted.get(key)
        if known is None:
            assert isinstance(formula, All | AnyOf)
            parts = [self._restrict(part, variable, stretch) for part in formula.parts]
            known = self._restricted[key] = both(parts) if isinstance(formula, All) else either(parts)
        return known

    def _intern(self, node: tuple[int, tuple[int, ...]]) -> int:
        known = self._unique.get(node)
        if known is None:
            known = self._unique[node] = len(self.nodes)
            self.nodes.append(node)
        return known

    def _terminal(self, label: Label) -> int:
        key = ("label", label)
        known = self._unique.get(key)
        if known is None:
            self.labels.append(label)
            known = self._unique[key] = -len(self.labels)
        return known

    # --- reading ------------------------------------------------------------------------------------------

    def label(self, node: int) -> Label:
        """The label of a terminal."""
        return self.labels[-1 - node]

    def classes(self) -> list[Label]:
        """The labels of all points that count, in a fixed order."""
        return [label for label in self.labels if label != OUTSIDE]

    def paths(self, wanted: Label) -> Iterator[Ranges]:
        """For each way down to a label, the stretch of each variable on the way; the lowest values first."""
        reaching = self._reaching(wanted)

        def below(node: int, ranges: Ranges) -> Iterator[Ranges]:
            self._budget.spend()
            if node < 0:
                yield ranges
                return
            level, children = self.nodes[node]
            for index, child in enumerate(children):
                if child in reaching:
                    yield from below(child, {**ranges, self.levels[level]: (index, index)})

        if self.root in reaching:
            yield from below(self.root, {})

    def _reaching(self, wanted: Label) -> set[int]:
        """The nodes from which a way leads down to a label; children are always made before their parents."""
        found = {-1 - i for i, label in enumerate(self.labels) if label == wanted}
        for node, (_, children) in enumerate(self.nodes):
            if any(child in found for child in children):
                found.add(node)
        return found

    def widest(self, ranges: Ranges, wanted: Label) -> Ranges:
        """The ranges made as wide as they can be while all points in them that count have the label."""
        found = dict(ranges)
        for variable in reversed(self.variables):
            if variable in found and self._all(_without(found, variable), wanted):
                del found[variable]
        for variable in self.variables:
            if variable in found:
                found[variable] = self._widened(found, variable, wanted)
        return found

    def _widened(self, ranges: Ranges, variable: int, wanted: Label) -> tuple[int, int]:
        first, last = ranges[variable]

        def up_to(end: int) -> bool:
            return self._all({**ranges, variable: (first, end)}, wanted)

        last = _furthest(last, len(self.stretches[variable]) - 1, up_to)

        def down_to(minus: int) -> bool:
            return self._all({**ranges, variable: (-minus, last)}, wanted)

        return -_furthest(-first, 0, down_to), last

    def _all(self, ranges: Ranges, wanted: Label) -> bool:
        """Whether all points of the ranges that count have the label."""
        seen: set[int] = set()
        pending = [self.root]
        while pending:
            node = pending.pop()
            if node in seen:
                continue
            seen.add(node)
            if node < 0:
                if self.label(node) not in (wanted, OUTSIDE):
                    return False
                continue
            level, children = self.nodes[node]
            first, last = ranges.get(self.levels[level], (0, len(children) - 1))
            self._budget.spend(1 + last - first)
            pending.extend(children[first : last + 1])
        return True

    def values(self, variable: int, ranges: Ranges) -> tuple[int, int]:
        """The least and the greatest value of a variable in the ranges."""
        first, last = ranges[variable]
        stretches = self.stretches[variable]
        return stretches[first][0], stretches[last][1]


def fits(formulas: Iterable[Formula]) -> bool:
    """Whether formulas are about single variables alone, as a diagram needs them."""
    return not any(isinstance(atom, AtLeast) for formula in formulas for atom in atoms(formula))


def _open(ladder: Sequence[tuple[int, Formula]]) -> Rungs:
    """What is still open of a ladder: formulas that fail are left out, and all behind one that holds."""
    found: list[tuple[int, Formula]] = []
    for rung in ladder:
        if not is_false(rung[1]):
            found.append(rung)
            if is_true(rung[1]):
                break
    return tuple(found)


def _furthest(known: int, end: int, fits: Callable[[int], bool]) -> int:
    """The greatest number up to `end` that fits, given that a known one does, and all between any that do."""
    while known < end:
        middle = (known + end + 1) // 2
        if fits(middle):
            known = middle
        else:
            end = middle - 1
    return known


def _domain(
    axioms: list[Formula], ladders: Sequence[Sequence[Formula]], space: Space
) -> tuple[Formula, list[int]]:
    """The axioms about variables that the ladders read, sums among them as the module says; and the variables."""
    formulas = [formula for ladder in ladders for formula in ladder]
    if not fits(formulas):
        raise ValueError("a diagram has no place for sums")
    read = list(dict.fromkeys(v for f in formulas for v in sorted(variables(f))))
    plain = [axiom for axiom in axioms if fits([axiom])]
    parts = list(plain)
    for axiom in axioms:
        if axiom not in plain:
            parts.extend(_at_most(axiom, [*formulas, *plain], space))
    return both(parts), list(dict.fromkeys([*read, *sorted(variables(both(parts)))]))


def _at_most(axiom: Formula, formulas: Sequence[Formula], space: Space) -> Iterator[Formula]:
    """`x is at most y`, by the least values of x's stretches."""
    if not isinstance(axiom, AtLeast) or sorted(c for _, c in axiom.terms) != [-1, 1] or axiom.bound != 0:
        raise ValueError("a diagram has no place for sums")
    (smaller,) = [v for v, c in axiom.terms if c < 0]
    (larger,) = [v for v, c in axiom.terms if c > 0]
    for least, _ in _stretches(smaller, formulas, space)[1:]:
        yield either((Within(smaller, ((-FAR, least - 1),)), Within(larger, ((least, FAR),))))


def _stretches(variable: int, formulas: Sequence[Formula], space: Space) -> list[tuple[int, int]]:
    """The stretches of a variable's values that no atom tells apart."""
    low, high = space.domains[variable][0][0], space.domains[variable][-1][1]
    starts = {low}
    for formula in formulas:
        for atom in atoms(formula):
            if isinstance(atom, Within) and atom.variable == variable:
                starts |= {n for a, b in atom.values for n in (a, b + 1) if low < n <= high}
    ordered = sorted(starts)
    return [*zip(ordered, [n - 1 for n in ordered[1:]], strict=False), (ordered[-1], high)]


def _without(ranges: Ranges, variable: int) -> Ranges:
    return {v: r for v, r in ranges.items() if v != variable}
