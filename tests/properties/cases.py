"""Random cases: a program with events, perhaps another version of it with more; and the two evaluators of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from .clauses import Declared
from .order_events import Event
from .strategies import programs
from .streams import lines, openings, streams
from .yaml_text import yaml_text

EXAMPLES = int(os.environ.get("TIERCEL_EXAMPLES", "80"))


def budget(share: float = 1.0) -> settings:
    """How many examples a property gets: its share of `TIERCEL_EXAMPLES`."""
    return settings(
        max_examples=max(1, round(EXAMPLES * share)),
        deadline=None,
        derandomize="TIERCEL_EXAMPLES" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # failures are shrunk by `minimal`, which knows what events and programs are
        print_blob=False,
    )


@dataclass(frozen=True)
class Part:
    """A version of a program, and the lines of events that are applied under it."""

    declared: Declared
    events: tuple[Event, ...]

    @property
    def program(self) -> str:
        """The program's file."""
        return yaml_text(self.declared)

    @property
    def lines(self) -> list[str]:
        """The events as JSON lines."""
        return lines(self.events)

    def __str__(self) -> str:
        return f"{self.program}\n" + "\n".join(self.lines)


@dataclass(frozen=True, repr=False)
class Case:
    """Versions of a program in turn, each with its events."""

    parts: tuple[Part, ...]

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        # What Hypothesis would print is the case as it was drawn; the failure shows the smallest one instead.
        printer.text(f"<{sum(len(part.events) for part in self.parts)} events>")

    def __str__(self) -> str:
        return "\n" + "\n\n--- then, under another version ---\n\n".join(map(str, self.parts)) + "\n"


@st.composite
def cases(draw: st.DrawFn, versions: int = 1) -> Case:
    """A program and its events; with `versions`, others that follow it in the same state."""
    program = draw(programs())
    scene = draw(openings(program))
    events = [*scene.events, *draw(streams(scene))]
    parts = [Part(program, tuple(events))]
    for _ in range(versions - 1):
        scene.program = program = draw(programs(like=program))
        parts.append(Part(program, tuple(draw(streams(scene)))))
    return Case(tuple(parts))


def comparable(outcome: dict[str, Any]) -> dict[str, Any]:
    """An outcome without the text of its message, of which only its presence counts."""
    if outcome["outcome"] == "rejected":
        assert isinstance(outcome["message"], str)
        assert outcome["message"]
        return {**outcome, "message": None}
    return outcome
