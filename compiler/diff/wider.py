"""Whether a condition of the new version holds of more customers or orders than that of the old one, or of fewer."""

from __future__ import annotations

from collections.abc import Mapping

from ..analysis.decide import Impossible, Possible, Verdict
from ..analysis.evaluate import Value, holds
from ..model.condition import Condition, Not, Reference, Term
from ..node import Node, node
from ..source import Span
from .both import Both, Side, read_by

_NOWHERE = Span(0, 0)


@node
class Compared(Node):
    """Cases of which a condition holds in the new version alone, and in the old one alone; none where there is none.

    `decided` is false where more could not be found out.
    """

    gained: Mapping[str, Value] | None
    lost: Mapping[str, Value] | None
    names: tuple[Reference, ...]
    decided: bool

    @property
    def better(self) -> bool | None:
        """Whether only more is covered (true), only less (false), or neither, both, or not known."""
        if not self.decided or (self.gained is None) == (self.lost is None):
            return None
        return self.gained is not None


def compared(both: Both, old: Condition | None, new: Condition | None) -> Compared:
    """Compare two conditions; one that is none never holds."""
    before = both.old.term(old.term) if old else None
    after = both.new.term(new.term) if new else None
    names = read_by(term for term in (before, after) if term)
    gained, lost = _beyond(both, after, before), _beyond(both, before, after)
    cases = [verdict.values if isinstance(verdict, Possible) else None for verdict in (gained, lost)]
    decided = all(isinstance(verdict, Possible | Impossible) for verdict in (gained, lost))
    replayed = _replays(both, old, new, *cases)
    return Compared(cases[0], cases[1], tuple(names), decided and replayed)


def _beyond(both: Both, one: Term | None, other: Term | None) -> Verdict:
    """A case in which one holds and the other does not."""
    if one is None:
        return Impossible()
    return both.decider.decide(
        [one, Not(other, _NOWHERE)] if other else [one], also=read_by([one, other or one])
    )


def _replays(
    both: Both,
    old: Condition | None,
    new: Condition | None,
    gained: Mapping[str, Value] | None,
    lost: Mapping[str, Value] | None,
) -> bool:
    """Whether each version's own condition says of the cases what they are shown for."""
    expected = ((gained, False, True), (lost, True, False))
    return all(
        (_holds(both.old, old, values), _holds(both.new, new, values)) == (before, after)
        for values, before, after in expected
        if values is not None
    )


def _holds(side: Side, condition: Condition | None, values: Mapping[str, Value]) -> bool:
    return condition is not None and holds(condition.term, side.values(values))
