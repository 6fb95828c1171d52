"""Plays a scenario over the runtime: events in order, and after them whether what was expected came about."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from ..compiler.diagnostics import Diagnostic, Report, Severity
from ..compiler.model.moments import BadMoment
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.nearest import nearest
from ..runtime import IncompatibleProgram, Rejected
from .bad_events import bad_event
from .clock import Clock
from .events import BadSince, Narrator
from .expecting import Expecting
from .outcomes import Failure, Happened, Played
from .scene import Scene
from .tree import Expectation, Happening, Scenario, Step, Takeover
from .versions import Version
from .why import Told
from .words import BadStep


def play(scenario: Scenario, source: SourceFile, versions: Mapping[str, Version]) -> Played:
    """Play a scenario of a file. `versions` has, by path, every program that the scenario names.

    It goes on after an expectation that fails, and stops at a step that cannot be understood.
    """
    player = _Player(scenario, source, versions)
    player.play()
    return Played(
        scenario,
        tuple(player.happened),
        tuple(player.failures),
        tuple(player.report.diagnostics),
        tuple(player.expecting.snapshots),
    )


class _Stop(Exception):
    """The rest of the scenario means nothing."""


class _Player:
    """Where a scenario is. `since` is how many events there were at the last expectation."""

    def __init__(self, scenario: Scenario, source: SourceFile, versions: Mapping[str, Version]) -> None:
        self.scenario = scenario
        self.versions = versions
        self.report = Report(source)
        self.happened: list[Happened] = []
        self.failures: list[Failure] = []
        self.since = 0
        self.scene = Scene(versions[scenario.program])
        self.expecting = Expecting(source, self.report)

    def play(self) -> None:
        """All steps, up to one that cannot be understood."""
        program, starts = self.scene.program, self.scenario.starts
        try:
            clock = Clock(starts, program.tz, program.tables.timezone)
        except BadMoment as bad:
            assert starts is not None
            self.report.error("bad-moment", starts.span, str(bad), help=bad.help)
            return
        self.narrator = Narrator(clock, self.scene.book)
        for index, step in enumerate(self.scenario.steps):
            try:
                self._step(index, step)
            except _Stop:
                self._read_rest(index)
                return

    def _read_rest(self, index: int) -> None:
        """What is wrong with expectations that are never reached, for all that a file has wrong is said at once."""
        for step in self.scenario.steps[index:]:
            if isinstance(step, Expectation):
                self.expecting.read(step, self.scene)

    def _step(self, index: int, step: Step) -> None:
        if isinstance(step, Takeover):
            self._take_over(step)
        elif isinstance(step, Happening):
            self._happen(index, step)
        else:
            since = self.happened[self.since :]
            self.failures += self.expecting.check(step, Told(since, self.happened), self.scene)
            self.since = len(self.happened)

    def _take_over(self, step: Takeover) -> None:
        try:
            self.scene.switch(self.versions[step.path])
        except IncompatibleProgram as incompatible:
            message = (
                str(incompatible)
                .replace("the state holds", "there are")
                .replace("incompatible-program: ", "")
            )
            self._stop("bad-step", step.span, message)

    def _happen(self, index: int, step: Happening) -> None:
        try:
            events = self.narrator.events(step, self.scene.program)
        except BadMoment as bad:
            when = None if isinstance(bad, BadSince) else step.when
            self._stop("bad-moment", when.span if when else step.place(("since",)), str(bad), bad.help)
        except BadStep as bad:
            self._stop("bad-step", bad.span, str(bad), bad.help)
        expected = self._expected_after(index)
        for event in events:
            self._apply(index, step, event, expected)

    def _expected_after(self, index: int) -> Expectation | None:
        """The expectation right behind a step, if it says what has to become of it."""
        after = self.scenario.steps[index + 1 : index + 2]
        found = after[0] if after else None
        return found if isinstance(found, Expectation) and found.outcome else None

    def _apply(
        self, index: int, step: Happening, event: dict[str, Any], expected: Expectation | None
    ) -> None:
        refused = (
            expected is not None and expected.outcome is not None and expected.outcome.text == "rejected"
        )
        if not refused:
            self._check(step, event)
        key = event.get("customer")
        is_order = event["type"] == "order.paid"
        member = self.scene.book.get(key) if is_order and isinstance(key, str) else None
        # Without the orders before it, which no order reads, and of which every copy would hold all.
        before = None if member is None else member.without_orders()
        outcome = self.scene.ledger.apply(copy(event))
        happened = Happened(index, step.text, event, outcome, self.scene.version, before)
        self.happened.append(happened)
        if outcome["outcome"] == "applied":
            self._note(event)
        elif outcome["outcome"] == "rejected" and expected is None:
            self.failures.append(self._rejection(step, happened))

    def _check(self, step: Happening, event: dict[str, Any]) -> None:
        """Stop at an event that no program could understand, or that names a tier which this one does not have."""
        try:
            self.scene.program.read(event)
        except Rejected as rejected:
            self.report.diagnostics.append(bad_event(step, event, rejected, self.scene.program))
            raise _Stop from None
        tiers = self.scene.program.tier_of_id
        if event["type"] == "tier.set" and tiers and event["tier"] not in tiers:
            near = nearest(event["tier"], tiers)
            help = f"did you mean `{near}`?" if near else f"known here: {', '.join(f'`{t}`' for t in tiers)}"
            self._stop("unknown-id", step.place(("tier",)), f"there is no tier `{event['tier']}`", help)

    def _note(self, event: dict[str, Any]) -> None:
        self.narrator.applied(event)
        if event["type"] == "customer.enrolled":
            self.scene.known.members[event["customer"]] = None
        if event["type"] == "order.paid":
            self.scene.known.orders[event["order"]["id"]] = None

    def _rejection(self, step: Happening, happened: Happened) -> Failure:
        """An event that was rejected though nothing says that it should be."""
        reason, message = happened.outcome["reason"], happened.outcome["message"]
        who = happened.event.get("customer")
        near = (
            nearest(who, self.scene.known.members)
            if reason == "not-a-member" and isinstance(who, str)
            else None
        )
        help = f"did you mean `{near}`?" if near and near != who else None
        help = help or f"if that is meant, expect it: `expect: {{outcome: rejected, reason: {reason}}}`"
        return Failure(f"this is rejected: {message}", step.span, "applied", happened.result, help=help)

    def _stop(self, name: str, span: Span, message: str, help: str | None = None) -> None:
        self.report.diagnostics.append(Diagnostic(name, Severity.ERROR, message, span, help=help))
        raise _Stop
