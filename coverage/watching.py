"""What scenarios that were played show: their events are applied once more, over evaluators that take notes."""

from __future__ import annotations

from collections.abc import Mapping

from ..runtime import Ledger
from ..scenarios.outcomes import Played
from ..scenarios.versions import Version
from .recording import Noted, noted
from .seen import Seen
from .targets import Ground, ground_of


class Watching:
    """Watches scenarios being played; gathers what they show of each program, by its path."""

    def __init__(self, grounds: dict[str, Ground]) -> None:
        """`grounds` has what there is to cover of programs, by path; what is not there yet is added."""
        self._grounds = grounds
        self._seen: dict[str, set[str]] = {}

    @property
    def seen(self) -> Seen:
        """What was shown so far."""
        return Seen(tuple((path, frozenset(self._seen[path])) for path in sorted(self._seen)))

    def __call__(self, played: Played, versions: Mapping[str, Version]) -> None:
        """Apply the events of a scenario again, and note what is decided. Nothing comes of them that did not before."""
        evaluators = {path: self._noted(path, version) for path, version in versions.items()}
        at_work = {id(version): evaluators[path] for path, version in versions.items()}
        current = evaluators[played.scenario.program]
        ledger = Ledger(current)
        for happened in played.happened:
            if at_work[id(happened.version)] is not current:
                current = at_work[id(happened.version)]
                ledger.switch(current)
            outcome = ledger.apply(dict(happened.event))
            if outcome != happened.outcome:
                raise AssertionError(f"{happened.event['id']} came out otherwise when it was watched")
            current.notes.applied(outcome)

    def _noted(self, path: str, version: Version) -> Noted:
        if path not in self._grounds:
            self._grounds[path] = ground_of(version.model)
        return noted(version.program, self._grounds[path], self._seen.setdefault(path, set()))
