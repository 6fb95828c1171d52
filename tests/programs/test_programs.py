"""The programs in `programs/`: nothing to find fault with, and the same outcomes for their sample events."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tiercel.compiler.diagnostics import Severity
from tiercel.compiler.driver import Compilation, compile_bytes
from tiercel.reasons.evaluators import evaluator
from tiercel.runtime import Ledger

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMS = sorted(path for path in (ROOT / "programs").glob("*.yaml") if ".test." not in path.name)
SCENARIOS = sorted((HERE / "scenarios").glob("*/*.events.jsonl"))

Golden = Callable[[Path, str], None]
Line = dict[str, Any]


@cache
def compiled(path: Path) -> Compilation:
    return compile_bytes(path.relative_to(ROOT).as_posix(), path.read_bytes())


def outcomes(program: Path, events: Path) -> list[Line]:
    ledger = Ledger(evaluator(compiled(program)))
    return [ledger.apply_line(line) for line in events.read_text(encoding="utf-8").splitlines()]


def scenario(events: Path) -> tuple[list[Line], list[Line]]:
    """What is expected of a scenario's events, and what comes of them."""
    expected = events.with_name(events.name.replace(".events.", ".expected."))
    lines = [json.loads(line) for line in expected.read_text(encoding="utf-8").splitlines()]
    return lines, outcomes(ROOT / "programs" / f"{events.parent.name}.yaml", events)


def shown(effect: Line, expected: Line) -> Line:
    """An effect with the keys that are expected; of a reward, too."""
    reward = expected.get("reward")
    cut = {key: effect.get(key) for key in expected}
    if reward:
        cut["reward"] = {key: effect["reward"].get(key) for key in reward}
    return cut


# A rule for each tier, and rules by payment card, are what these two are about.
REMARKS = {"marlow": {"multiple-order-rules"}, "peaks": {"multiple-order-rules"}}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_there_is_nothing_to_say(path: Path) -> None:
    found = compiled(path).diagnostics
    assert {d.name for d in found if d.severity is not Severity.INFO} == REMARKS.get(path.stem, set())


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_what_is_remarked_on_is_explained(path: Path) -> None:
    names = {d.name for d in compiled(path).diagnostics}
    assert {name for name in names if f"`{name}`" not in path.read_text(encoding="utf-8")} == set()


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_sample_events(path: Path, golden: Golden) -> None:
    lines = [json.dumps(o) + "\n" for o in outcomes(path, path.with_suffix(".events.jsonl"))]
    golden(HERE / "outcomes" / f"{path.stem}.jsonl", "".join(lines))


@pytest.mark.parametrize(
    "events", SCENARIOS, ids=lambda path: f"{path.parent.name}-{path.name.split('.')[0]}"
)
def test_published_structure(events: Path) -> None:
    expected, found = scenario(events)
    assert [o["event"] for o in found] == [line["event"] for line in expected]
    for line, outcome in zip(expected, found, strict=True):
        assert outcome["outcome"] == "applied", (line["why"], outcome)
        effects = outcome["effects"]
        assert len(effects) == len(line["effects"]), (line["why"], effects)
        pairs = zip(effects, line["effects"], strict=True)
        assert [shown(e, x) for e, x in pairs] == line["effects"], line["why"]


def test_scenarios_say_why() -> None:
    assert len(SCENARIOS) >= 10
    assert all(line["why"] for events in SCENARIOS for line in scenario(events)[0])


def test_samples_make_something_happen() -> None:
    kinds = {
        effect["kind"] + ":" + str(effect.get("cause", ""))
        for path in PROGRAMS
        for outcome in outcomes(path, path.with_suffix(".events.jsonl"))
        for effect in outcome.get("effects", [])
    }
    causes = ("qualified", "disqualified", "refund", "reset", "lapsed", "manual", "import")
    assert kinds >= {f"tier_changed:{cause}" for cause in causes}
    assert kinds >= {
        "points_earned:",
        "points_reversed:",
        "reward_issued:",
        "notification:",
        "import_skipped:",
    }
