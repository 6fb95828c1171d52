"""What `tiercel run` makes of events, scenarios that tell them make too; and what came about can be expected."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given

from tiercel.runtime import Ledger
from tiercel.scenarios.effect_lines import effect_line
from tiercel.scenarios.outcomes import Played
from tiercel.scenarios.running import FileResult, Versions, run_file, updated
from tiercel.scenarios.versions import Version
from tiercel.tests.properties.cases import Case, budget, cases
from tiercel.tests.properties.compiled import compile_text
from tiercel.tests.properties.mutations import damaged_file
from tiercel.tests.properties.order_events import Event
from tiercel.tests.properties.short_steps import step

ROOT = Path(__file__).parents[2]
WRITTEN = sorted((ROOT / "programs").glob("*.test.yaml"))
WRITTEN += sorted((ROOT / "tests" / "scenarios" / "cases").glob("*.test.yaml"))
DAMAGED = 300
HEAD = "tiercel-test: 1\nprogram: random.yaml\nscenarios:\n  - scenario: Whatever happens\n    steps:\n"

# Which kinds of events were told, in short and in full: a test that tells none of a kind proves nothing about it.
TOLD: Counter[tuple[str, bool]] = Counter()


class OneVersion(Versions):
    """The program of a case, whatever the path."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self.version = Version(*compile_text(program))

    def get(self, _path: str) -> Version:
        return self.version


def told(case: Case, version: Version) -> list[tuple[Event, str]]:
    """The events of a case that a file can say, each with its step; each happens once."""
    seen: set[str] = set()
    steps = []
    for event in case.parts[0].events:
        # In short an order has the item that such a program asks for.
        said = step(event, in_short=event["type"] != "order.paid" or not version.program.tables.needs_items)
        if said is not None and event["id"] not in seen:
            seen.add(event["id"])
            steps.append((event, said))
    return steps


def expectation(outcome: dict[str, Any]) -> str:
    """Exactly what came of an event, as `tiercel run` has it."""
    if outcome["outcome"] == "rejected":
        return f"expect: {{outcome: rejected, reason: {outcome['reason']}, exactly: []}}"
    effects = ", ".join(f"{{{effect_line(effect)}}}" for effect in outcome["effects"])
    return f"expect: {{outcome: applied, exactly: [{effects}]}}"


def without_event(outcome: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in outcome.items() if key != "event"}


def test_scenarios_do_what_run_does() -> None:
    scenarios_do_what_run_does()
    short = {kind for kind, is_short in TOLD if is_short}
    assert short == {
        "customer.enrolled", "customer.updated", "activity", "order.paid", "order.refunded", "customer.removed",
        "points.adjusted", "tier.set", "tiers.imported", "clock",
    }  # fmt: skip


@given(cases())
@budget(0.5)
def scenarios_do_what_run_does(case: Case) -> None:
    versions = OneVersion(case.parts[0].program)
    ledger = Ledger(versions.version.program)
    steps, outcomes = told(case, versions.version), []
    text = HEAD
    for event, said in steps:
        outcomes.append(ledger.apply_line(json.dumps(event)))
        text += f"      - {said}\n      - {expectation(outcomes[-1])}\n"
        TOLD[event["type"], not said.startswith("event:")] += 1
    plays: list[Played] = []
    result = run_file(
        "random.test.yaml", text.encode(), versions, watch=lambda played, _: plays.append(played)
    )
    assert_passed(result, text)
    happened = [without_event(each.outcome) for each in plays[0].happened]
    assert happened == [without_event(outcome) for outcome in outcomes], text


def assert_passed(result: FileResult, text: str) -> None:
    """Nothing is wrong, nor is anything else than was expected."""
    found = [(error.name, error.message, result.source.position(error.span.start)) for error in result.errors]
    assert not found, (found, text)
    failures = [
        (f.message, f.expected, f.actual, result.source.position(f.span.start))
        for f in result.results[0].failures
    ]
    assert not failures, (failures, text)


@given(cases())
@budget(0.25)
def test_snapshots_that_are_written_are_met(case: Case) -> None:
    versions = OneVersion(case.parts[0].program)
    ledger = Ledger(versions.version.program)
    text = HEAD
    for number, (event, said) in enumerate(told(case, versions.version)):
        if ledger.apply_line(json.dumps(event))["outcome"] != "applied":
            continue
        text += f"      - {said}\n"
        if number % 3 == 0:
            text += (
                '      - expect: {snapshot: ""}\n'
                if number % 2
                else "      - expect:\n          snapshot: old\n"
            )
    text += '      - expect: {snapshot: ""}\n      - expect:\n          snapshot: |\n            old\n'
    text = text if len(text) % 2 else text.replace("\n", "\r\n")
    content = text.encode()
    content = updated(content, run_file("random.test.yaml", content, versions))
    again = run_file("random.test.yaml", content, versions)
    assert_passed(again, content.decode())
    assert updated(content, again) == content
    assert content.count(b"\r\n") == (content.count(b"\n") if "\r\n" in text else 0)


def test_damaged_files_are_diagnosed() -> None:
    texts = [path.read_text("utf-8") for path in WRITTEN if path.stat().st_size]
    versions = Versions()
    rng = random.Random(3)
    for _ in range(DAMAGED):
        content = damaged_file(rng, rng.choice(texts))
        try:
            assert_within(run_file(str(ROOT / "programs" / "lantern.test.yaml"), content, versions))
        except Exception as problem:
            raise AssertionError(f"on {content!r}") from problem


def assert_within(result: FileResult) -> None:
    """Something came of the file, every place within it."""
    assert result.results or result.errors
    found = [*result.errors, *(failure for one in result.results for failure in one.failures)]
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(result.source.text) + 1
        assert one.message
        assert "\n" not in one.message
