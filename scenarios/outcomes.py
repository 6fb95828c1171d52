"""What came of a scenario: of each event, of each expectation, and of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..compiler.diagnostics import Diagnostic, Edit
from ..compiler.node import Node, node
from ..compiler.source import Span
from ..runtime import Customer
from .tree import Scenario
from .versions import Version


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, and what came of it. `before` is the member as of before a paid order, none for other events.

    `step` is the index of its step in the scenario, and `text` says it as the file does.
    """

    step: int
    text: str
    event: dict[str, Any]
    outcome: dict[str, Any]
    version: Version
    before: Customer | None

    @property
    def effects(self) -> list[dict[str, Any]]:
        """The effects; none of an event that was rejected."""
        found: list[dict[str, Any]] = self.outcome.get("effects", [])
        return found

    @property
    def result(self) -> str:
        """The outcome in a word or two: `applied`, `rejected, known-order`."""
        reason = self.outcome.get("reason")
        return f"{self.outcome['outcome']}, {reason}" if reason else str(self.outcome["outcome"])


@node
class Failure(Node):
    """An expectation that is not met: where, what was expected and what is.

    Lines tell more: `difference` of a snapshot, `since` the events since the last expectation (with the first failure
    of an expectation alone), `reasons` why it is so. `help` says what to do where there is one thing to do.
    """

    message: str
    span: Span
    expected: str | None = None
    actual: str | None = None
    difference: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario that was played. `errors` are what keeps it, or its end, from being played.

    `snapshots` are the changes of the file under which its snapshots would be met.
    """

    scenario: Scenario
    happened: tuple[Happened, ...]
    failures: tuple[Failure, ...]
    errors: tuple[Diagnostic, ...]
    snapshots: tuple[Edit, ...]

    @property
    def outcome(self) -> str:
        """`passed`, `failed` or `error`."""
        if self.errors:
            return "error"
        return "failed" if self.failures else "passed"
