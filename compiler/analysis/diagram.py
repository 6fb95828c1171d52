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

from collections.abc import Hashable, Iterable, Iterator, Sequence

from .budget import Budget, OutOfBudget
from .formula import FALSE, TRUE, All, AnyOf, AtLeast, Formula, Within, atoms, both, either, variables
from .intervals import FAR, holds
from .space import Space

Label = Hashable
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
        domain, read = _domain(list(axioms), ladders, space)
        if len(read) > MOST_LEVELS:
            raise OutOfBudget
        self.levels = read
        self.stretches = {
            v: _stretches(v, [domain, *(f for ladder in ladders for f in ladder)], space) for v in read
        }
        self.nodes: list[tuple[int, tuple[int, ...]]] = []  # the level, a child for each stretch
        self.labels: list[Label] = []  # terminals are -1 - their index
        self._unique: dict[Hashable, int] = {}
        self._restricted: dict[tuple[Formula, int, int], Formula] = {}
        self._built: dict[Hashable, int] = {}
        self.root = self._build(0, domain, tuple(tuple(enumerate(ladder)) for ladder in ladders))

    # --- building -----------------------------------------------------------------------------------------

    def _build(
        self, level: int, domain: Formula, ladders: tuple[tuple[tuple[int, Formula], ...], ...]
    ) -> int:
        if domain == FALSE:
            return self._terminal(OUTSIDE)
        ladders = tuple(map(_open, ladders))
        if level == len(self.levels):
            return self._terminal(tuple(ladder[0][0] if ladder else None for ladder in ladders))
        state = (level, domain, ladders)
        known = self._built.get(state)
        if known is None:
            known = self._built[state] = self._node(level, domain, ladders)
        return known

    def _node(self, level: int, domain: Formula, ladders: tuple[tuple[tuple[int, Formula], ...], ...]) -> int:
        self._budget.spend()
        variable = self.levels[level]
        children = []
        for index in range(len(self.stretches[variable])):
            left = tuple(
                tuple((number, self._restrict(formula, variable, index)) for number, formula in ladder)
                for ladder in ladders
            )
            children.append(self._build(level + 1, self._restrict(domain, variable, index), left))
        if all(child == children[0] for child in children):
            return children[0]
        return self._intern((level, tuple(children)))

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
        for variable in reversed(self.levels):
            if variable in found and self._all(_without(found, variable), wanted):
                del found[variable]
        for variable in self.levels:
            for step in (1, -1):
                while variable in found and (wider := self._wider(found, variable, step)) is not None:
                    if not self._all(wider, wanted):
                        break
                    found = wider
        return found

    def _wider(self, ranges: Ranges, variable: int, step: int) -> Ranges | None:
        first, last = ranges[variable]
        first, last = (first, last + 1) if step > 0 else (first - 1, last)
        if first < 0 or last >= len(self.stretches[variable]):
            return None
        return {**ranges, variable: (first, last)}

    def _all(self, ranges: Ranges, wanted: Label) -> bool:
        """Whether all points of the ranges that count have the label."""
        seen: set[int] = set()
        pending = [self.root]
        while pending:
            node = pending.pop()
            if node in seen:
                continue
            seen.add(node)
            self._budget.spend()
            if node < 0:
                if self.label(node) not in (wanted, OUTSIDE):
                    return False
                continue
            level, children = self.nodes[node]
            first, last = ranges.get(self.levels[level], (0, len(children) - 1))
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


def _open(ladder: tuple[tuple[int, Formula], ...]) -> tuple[tuple[int, Formula], ...]:
    """What is still open of a ladder: formulas that fail are left out, and all behind one that holds."""
    found: list[tuple[int, Formula]] = []
    for number, formula in ladder:
        if formula == FALSE:
            continue
        found.append((number, formula))
        if formula == TRUE:
            break
    return tuple(found)


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
