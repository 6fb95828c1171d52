"""What scenarios showed of programs, as plain records that processes can pass on and that add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the programs of a run: keys of targets by the program's path as the run names it."""

    programs: tuple[tuple[str, frozenset[str]], ...] = ()

    def of(self, path: str) -> frozenset[str]:
        """The keys that were seen of one program."""
        return dict(self.programs).get(path, frozenset())


def added(runs: Iterable[Seen]) -> Seen:
    """Everything that any of the runs saw, by path."""
    together: dict[str, set[str]] = {}
    for run in runs:
        for path, keys in run.programs:
            together.setdefault(path, set()).update(keys)
    return Seen(tuple((path, frozenset(together[path])) for path in sorted(together)))
