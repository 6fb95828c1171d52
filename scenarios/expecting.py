"""Whether what was expected came about: of the event just before, of effects, of members, of a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..compiler.diagnostics import Edit, Report
from ..compiler.source import SourceFile
from ..compiler.syntax.nearest import suggestion
from ..compiler.syntax.refusals import shown
from ..compiler.syntax.tree import Entry, Mapping, Scalar
from ..runtime import Customer
from ..runtime.panel import panel
from .effect_lines import effect_line, flow
from .matching import Effect, Miss, Wanted, flow_of, forbidden, inexact, line_of, missing, wanted
from .outcomes import Failure, Happened
from .scene import Scene
from .snapshots import differences, snapshot, snapshot_edit
from .told import told as told_lines
from .tree import Expectation, MemberPattern, Pattern, Patterns
from .values import MEMBERS, METRICS, BadValue, Known, Met, Value
from .why import Told, why_effects, why_member


class Expecting:
    """Checks expectations, in order. `snapshots` gathers the changes of the file that would make snapshots true."""

    def __init__(self, source: SourceFile, report: Report) -> None:
        self.snapshots: list[Edit] = []
        self._source = source
        self._report = report

    def check(
        self,
        expected: Expectation,
        told: Told,
        scene: Scene,
    ) -> list[Failure]:
        """The failures of one expectation."""
        check = _Check(told, scene, self._report)
        found = [
            *check.outcome(expected, told.ever[-1] if told.ever else None),
            *check.effects(expected),
            *(failure for member in expected.members for failure in check.member(member)),
        ]
        if expected.snapshot is not None:
            found += self._snapshot(expected.snapshot, told.since, scene)
        return _told_once(sorted(found, key=lambda failure: failure.span.start))

    def read(self, expected: Expectation, scene: Scene) -> None:
        """Report what is wrong with an expectation that is never reached: members and orders can have any name."""
        known = replace(scene.known, members=_Any(), orders=_Any())
        for reader in _readers(expected, known):
            try:
                reader()
            except BadValue as bad:
                self._report.error(bad.name, bad.span, str(bad), help=bad.help)

    def _snapshot(self, written: Scalar, since: Sequence[Happened], scene: Scene) -> Iterator[Failure]:
        now = snapshot(since, scene.ledger)
        if written.text.rstrip() == now.rstrip():
            return
        self.snapshots.append(snapshot_edit(self._source, written, now))
        span, lines = differences(self._source, written, now)
        message = "the snapshot is empty" if not written.text.strip() else "the snapshot is another"
        help = "`tiercel test --update` writes what is true now"
        yield Failure(message, span, written.text.rstrip(), now.rstrip(), tuple(lines), help=help)


def _readers(expected: Expectation, known: Known) -> Iterator[Callable[[], object]]:
    """What reads each value of an expectation, and raises `BadValue` where it cannot be."""
    for patterns in filter(None, (expected.effects, expected.exactly, expected.nots)):
        yield from (partial(wanted, pattern, known) for pattern in patterns.items)
    for member in expected.members:
        for entry in member.keys.entries:
            nested = entry.value.entries if isinstance(entry.value, Mapping) else (entry,)
            kinds = METRICS if nested != (entry,) else MEMBERS
            yield from (partial(kinds[e.key.text], e.key.text, e.value, known) for e in nested)


class _Any(dict[str, None]):
    """Names, whatever they are."""

    def __contains__(self, _: object) -> bool:
        return True


def _told_once(failures: list[Failure]) -> list[Failure]:
    """The failures of one expectation, of which the first alone tells what happened."""
    first = next((failure for failure in failures if failure.since), None)
    return [f if f is first or not f.since else replace(f, since=()) for f in failures]


class _Check:
    """One expectation, and what it is compared with."""

    def __init__(self, told: Told, scene: Scene, report: Report) -> None:
        self.told = told
        self.since = told.since
        self.scene = scene
        self.known = scene.known
        self.report = report
        self.happened: list[Effect] = [effect for event in told.since for effect in event.effects]

    # --- the event just before --------------------------------------------------------------------------

    def outcome(self, expected: Expectation, last: Happened | None) -> Iterator[Failure]:
        """Whether the event just before had the outcome."""
        word, reason = expected.outcome, expected.reason
        if word is None:
            return
        if last is None:
            message = "nothing has happened before this that could have an outcome"
            self.report.error("bad-step", word.span, message, help="put it behind an event")
            return
        actual = last.outcome["outcome"]
        if actual != word.text:
            why = [last.outcome["message"]] if "message" in last.outcome else []
            message = f"`{last.text}` is {last.result}, and not {word.text}"
            yield Failure(message, word.span, word.text, actual, since=self._told(), reasons=tuple(why))
        elif reason is not None and last.outcome["reason"] != reason.text:
            message = f"`{last.text}` is rejected for another reason: {last.outcome['reason']}"
            yield Failure(
                message, reason.span, reason.text, last.outcome["reason"], reasons=(last.outcome["message"],)
            )

    # --- effects ----------------------------------------------------------------------------------------

    def effects(self, expected: Expectation) -> Iterator[Failure]:
        """Whether the effects are as listed."""
        if expected.effects is not None:
            patterns = self._wanted(expected.effects)
            yield from self._missed(missing(patterns, self.happened), patterns)
        if expected.exactly is not None:
            patterns = self._wanted(expected.exactly)
            complete = len(patterns) == len(expected.exactly.items)
            miss = inexact(patterns, self.happened, expected.exactly) if complete else None
            yield from self._missed(miss, patterns)
        for pattern in self._wanted(expected.nots) if expected.nots else ():
            yield from self._forbidden(pattern)

    def _wanted(self, patterns: Patterns) -> list[Wanted]:
        return [one for pattern in patterns.items if (one := self._read(pattern))]

    def _read(self, pattern: Pattern) -> Wanted | None:
        try:
            return wanted(pattern, self.known)
        except BadValue as bad:
            self.report.error(bad.name, bad.span, str(bad), help=bad.help)
            return None

    def _missed(self, miss: Miss | None, patterns: Sequence[Wanted]) -> Iterator[Failure]:
        if miss is None:
            return
        about = next(
            (p for p in patterns if p.pattern.span.start <= miss.span.start < p.pattern.span.end), None
        )
        why = why_effects(about, self.since, self.scene) if about else ()
        yield Failure(
            miss.message, miss.span, miss.expected, miss.actual, since=self._told(), reasons=tuple(why)
        )

    def _forbidden(self, pattern: Wanted) -> Iterator[Failure]:
        found = forbidden(pattern, self.happened)
        if found is None:
            return
        why = why_effects(pattern, self.since, self.scene, came=True)
        message = f"this `{pattern.pattern.kind}` came about, and should not have"
        wanted_, actual = f"no {line_of(pattern)}", effect_line(found)
        yield Failure(message, pattern.pattern.span, wanted_, actual, since=self._told(), reasons=tuple(why))

    def _told(self) -> tuple[str, ...]:
        return tuple(told_lines(self.since))

    # --- members ----------------------------------------------------------------------------------------

    def member(self, pattern: MemberPattern) -> Iterator[Failure]:
        """Whether what is said of a member is true."""
        who = pattern.who.text
        customer = self.scene.book.get(who)
        exists = pattern.keys.entry("exists")
        never = isinstance(exists.value, Scalar) and exists.value.text == "false" if exists else False
        if who not in self.known.members and not never:
            message = f"`{shown(who)}` never joined"
            help = suggestion(who, self.known.members) or "add a step in which the member joins"
            self.report.error("unknown-name", pattern.who.span, message, help=help)
            return
        actual = {"exists": customer is not None}
        if customer is not None:
            actual |= self._member(customer)
        for entry in pattern.keys.entries:
            yield from self._state(who, entry, actual, MEMBERS)

    def _member(self, customer: Customer) -> dict[str, Any]:
        summary = self.scene.ledger.summary(customer)
        seen = panel(self.scene.book.programs[customer.digest], customer)
        return {
            **{key: summary[key] for key in ("tier", "balance", "email", "lifetime")},
            **summary["window"],
            "perks": (seen["tier"] or {}).get("perks", []),
            "holds_until": seen["holds_until"],
        }

    def _state(
        self, who: str, entry: Entry, actual: dict[str, Any], kinds: dict[str, Value], within: str = ""
    ) -> Iterator[Failure]:
        key, value = entry.key.text, entry.value
        if key == "lifetime" and isinstance(value, Mapping):
            for part in value.entries:
                yield from self._state(who, part, actual.get("lifetime", {}), METRICS, "lifetime ")
            return
        try:
            met: Met = kinds[key](key, value, self.known)
        except BadValue as bad:
            self.report.error(bad.name, bad.span, str(bad), help=bad.help)
            return
        if key not in actual:
            message = f"`{who}` is no member any more"
            yield Failure(message, value.span, flow_of(value), None, since=self._told())
        elif not met(actual[key]):
            yield self._differs(who, entry, actual, within)

    def _differs(self, who: str, entry: Entry, actual: dict[str, Any], within: str) -> Failure:
        key, wanted_, found = entry.key.text, flow_of(entry.value), flow(actual[entry.key.text])
        if key == "exists":
            message = f"`{who}` is {'still a member' if actual[key] else 'no member any more'}"
        else:
            message = f"the {within}{_NAMES.get(key, key)} of `{who}` is {found}, and not {wanted_}"
        why = why_member(who, key, wanted_, self.told, self.scene)
        return Failure(message, entry.value.span, wanted_, found, since=self._told(), reasons=tuple(why))


_NAMES = {
    "points_earned": "number of points earned",
    "orders": "number of orders",
    "holds_until": "end of the tier",
}
