"""How much of a program was covered: counts, exact percentages, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from fractions import Fraction

from ..compiler.node import Node, node
from .target import Kind, Target
from .targets import Ground


@node
class Covered(Node):
    """A program with what was seen of it. `path` is the program as the run names it."""

    path: str
    ground: Ground = field(compare=False, repr=False)
    seen: frozenset[str]

    def of(self, kind: Kind | None = None) -> tuple[int, int]:
        """How many targets of a kind (none: of all) were seen, and how many there are that can be."""
        counted = [t for t in self.ground.counted if kind in (None, t.kind)]
        return sum(t.key in self.seen for t in counted), len(counted)

    @property
    def missing(self) -> list[Target]:
        """What was not seen and can be, in file order."""
        return [target for target in self.ground.counted if target.key not in self.seen]

    @property
    def out_of_reach(self) -> list[Target]:
        """What is proved to be impossible, in file order."""
        return [target for target in self.ground.targets if target.unreachable is not None]


def percentage(seen: int, counted: int) -> Fraction:
    """Of 100; all of nothing is 100."""
    return Fraction(100 * seen, counted) if counted else Fraction(100)


def together(programs: Sequence[Covered]) -> tuple[int, int]:
    """How many targets of all the programs were seen, and how many there are."""
    seen, counted = zip(*(program.of() for program in programs), strict=True) if programs else ((), ())
    return sum(seen), sum(counted)


def shown_percentage(seen: int, counted: int) -> str:
    """With one decimal, rounded down, so that 100 is said of nothing less: `97.4 %`, `100 %`."""
    tenths = 10 * percentage(seen, counted)
    whole, part = divmod(tenths.numerator // tenths.denominator, 10)
    return f"{whole}.{part} %" if part or seen < counted else f"{whole} %"


def by_kind(programs: Iterable[Target]) -> dict[Kind, list[Target]]:
    """The targets of each kind, in order."""
    found: dict[Kind, list[Target]] = {kind: [] for kind in Kind}
    for target in programs:
        found[target.kind].append(target)
    return found
