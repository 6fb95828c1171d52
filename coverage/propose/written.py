"""Proposals as a scenario file: what happens in short steps, and as expectations what the program does today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ...compiler.layout.from_bytes import lay_out
from ...compiler.model.words import money
from ...compiler.report.cells import visible
from ...scenarios.rows import HOLE
from ..ground import Clause
from ..target import Target
from .proposals import Proposal, Proposals
from .scalars import Bare, flow
from .stage import WHO, Json, Setting, Stage
from .titles import title

MOST_EFFECTS = 8
DEFAULT_START = "2026-01-01"


HEADER = ("tiercel-test: 1", "", "scenarios:")


def scenarios(setting: Setting, proposals: Proposals, taken: Collection[str]) -> Iterator[str]:
    """The lines of the scenarios as items of `scenarios`, in canonical layout, without line ends.

    Titles in `taken` are not used again.
    """
    used = set(taken)
    for number, proposal in enumerate(proposals.made):
        yield from [""] if number else []
        yield from _item(scenario(setting, proposal, used))


def _item(scenario: Json) -> list[str]:
    # Each by itself: all together may be more than one file may hold.
    file = "\n".join([*HEADER, f"- {flow(scenario)}", ""])
    return lay_out("proposed", file.encode()).text.split("\n")[len(HEADER) : -1]


def not_found(setting: Setting, proposals: Proposals) -> Iterator[str]:
    """A line for each target that no scenario was found for, with what became of those that were tried."""
    for one in proposals.without:
        yield f"no scenario was found in which {_said(setting, one.target)}: {one.why}"


def _said(setting: Setting, target: Target) -> str:
    source = setting.model.source
    return f"{target.says} (line {source.line(target.span.start)} of {visible(source.name)})"


def scenario(setting: Setting, proposal: Proposal, used: set[str]) -> Json:
    """One scenario as an item of `scenarios`."""
    stage = proposal.stage
    found: Json = {"scenario": _title(setting, proposal, used)}
    if stage.starts_on != DEFAULT_START:
        found["starts"] = Bare(stage.starts_on)
    *before, last = [step.text if step.event is None else {"event": step.event} for step in stage.steps]
    if before and proposal.target.key.endswith("/missed"):
        # What is not to come about is not to come of the last step: the rule may have earned before.
        known = {"tier": stage.before or "none"} if setting.model.vip else {"exists": True}
        before.append({"expect": {WHO: known}})
    steps = [*before, last, {"expect": _expectation(setting, proposal)}]
    if names := dict.fromkeys(HOLE.findall(flow([found, steps]))):
        # What a program calls `<name>` looks like a column of a table: one in which each stands for itself.
        found["rows"] = [{name: f"<{name}>" for name in names}]
    return {**found, "steps": steps}


def _title(setting: Setting, proposal: Proposal, used: set[str]) -> str:
    """The title, with a number where it was used before."""
    owner = proposal.target.key.rsplit("/", 1)[0]
    clause: Clause | None = next((c for c in setting.ground.clauses if c.key == owner), None)
    rules = {f"earn.{rule.id}": rule for rule in setting.model.rules}
    rule = clause.place.rule if clause else rules.get(owner)
    wanted = found = " ".join(title(proposal, clause, rule, setting.model).split())
    number = 1
    while found in used:
        number += 1
        found = f"{wanted} ({number})"
    used.add(found)
    return found


def _expectation(setting: Setting, proposal: Proposal) -> Json:
    expected: Json = {WHO: _state(setting, proposal.stage)}
    if effects := list(_effects(proposal.stage)):
        expected["effects"] = effects
    owner, what = proposal.target.key.rsplit("/", 1)
    if what == "missed":
        expected["not"] = [{"points_earned": {"rule": owner.removeprefix("earn.")}}]
    return expected


def _state(setting: Setting, stage: Stage) -> dict[str, Any]:
    """The member as of now."""
    member = stage.member
    assert member is not None
    said: dict[str, Any] = {"tier": stage.tier or "none"} if setting.model.vip else {}
    said["balance"] = member.balance
    if setting.model.vip:
        said["spend"] = Bare(money(member.spend, setting.model.currency))
    return said


def _effects(stage: Stage) -> Iterator[dict[str, Any]]:
    """The effects of the last step, as much of each as says what it is; of very many the first."""
    keys = {
        "points_earned": ("rule", "points"),
        "points_reversed": ("rule", "points"),
        "tier_changed": ("from", "to", "cause"),
        "reward_issued": ("tier", "reward"),
    }
    told: Sequence[dict[str, Any]] = [e for e in stage.effects if e["kind"] in keys]
    for effect in told[:MOST_EFFECTS]:
        kind = effect["kind"]
        yield {kind: {key: _value(effect[key]) for key in keys[kind]}}


def _value(value: Any) -> Any:
    if value is None:
        return "none"
    if isinstance(value, dict):
        return {key: Bare(item) if key in ("amount", "percent") else item for key, item in value.items()}
    return value
