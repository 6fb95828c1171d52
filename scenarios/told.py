"""Tells what happened, a line for each event and each of its effects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..compiler.report.cells import visible
from .effect_lines import effect_line
from .outcomes import Happened

MOST = 12


def told(events: Sequence[Happened], most: int = MOST) -> Iterator[str]:
    """The lines; of more than `most` events those of the last ones."""
    if len(events) > most:
        yield f"({len(events) - most} more before)"
    for event in events[-most:]:
        yield from event_lines(event)


def event_lines(event: Happened) -> Iterator[str]:
    """A step, what became of it where it was not applied, and its effects, indented."""
    outcome = "" if event.outcome["outcome"] == "applied" else f" ({event.result})"
    yield visible(event.text) + outcome
    for effect in event.effects:
        yield f"  {effect_line(effect)}"
