"""Proposals as a scenario file: what happens in short steps, and as expectations what the program does today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ...compiler.model.words import money
from ...compiler.report.cells import visible
from ..ground import Clause
from ..target import Target
from .proposals import Proposal, Proposals
from .scalars import Amount, flow, line
from .stage import WHO, Setting, Stage, Step
from .titles import title

MOST_EFFECTS = 8
DEFAULT_START = "2026-01-01"


def header() -> Iterator[str]:
    """The lines that begin a file beside its program."""
    yield "tiercel-test: 1"
    yield ""
    yield "scenarios:"


def scenarios(setting: Setting, proposals: Proposals, taken: Collection[str]) -> Iterator[str]:
    """The lines of the scenarios, as items of `scenarios`, without line ends. Titles in `taken` are not used again."""
    used = set(taken)
    for proposal in proposals.made:
        yield from scenario(setting, proposal, used)


def not_found(setting: Setting, proposals: Proposals) -> Iterator[str]:
    """A comment for each target that no scenario was found for."""
    for target in proposals.without:
        yield f"# no scenario was found in which {_said(setting, target)}"


def _said(setting: Setting, target: Target) -> str:
    source = setting.model.source
    return f"{target.says} (line {source.line(target.span.start)} of {visible(source.name)})"


def scenario(setting: Setting, proposal: Proposal, used: set[str]) -> Iterator[str]:
    """The lines of one scenario as an item of `scenarios`."""
    yield f"  - scenario: {line(_title(setting, proposal, used))}"
    if proposal.stage.starts_on != DEFAULT_START:
        yield f"    starts: {proposal.stage.starts_on}"
    yield "    steps:"
    *before, last = proposal.stage.steps
    for step in before:
        yield from _step(step)
    if before and proposal.target.key.endswith("/missed"):
        # What is not to come about is not to come of the last step: the rule may have earned before.
        yield f"      - expect: {{{WHO}: {flow({'tier': proposal.stage.before or 'none'} if setting.model.vip else {'exists': True})}}}"
    yield from _step(last)
    yield from _expectation(setting, proposal)


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


def _step(step: Step) -> Iterator[str]:
    if step.event is None:
        yield f"      - {line(step.text)}"
        return
    yield "      - event:"
    for key, value in step.event.items():
        if key == "order":
            yield from _order(value)
        else:
            yield f"          {key}: {flow(value)}"


def _order(order: dict[str, Any]) -> Iterator[str]:
    """An order in full, an item a line."""
    yield "          order:"
    for key, value in order.items():
        if key != "items":
            yield f"            {key}: {flow(value)}"
    if not order["items"]:
        yield "            items: []"
        return
    yield "            items:"
    yield from (f"              - {flow(item)}" for item in order["items"])


def _expectation(setting: Setting, proposal: Proposal) -> Iterator[str]:
    stage = proposal.stage
    yield "      - expect:"
    yield f"          {WHO}: {flow(_state(setting, stage))}"
    if found := list(_effects(stage)):
        yield "          effects:"
        yield from (f"            - {flow(effect)}" for effect in found)
    owner, what = proposal.target.key.rsplit("/", 1)
    if what == "missed":
        yield "          not:"
        yield f"            - {flow({'points_earned': {'rule': owner.removeprefix('earn.')}})}"


def _state(setting: Setting, stage: Stage) -> dict[str, Any]:
    """The member as of now."""
    member = stage.member
    assert member is not None
    said: dict[str, Any] = {"tier": stage.tier or "none"} if setting.model.vip else {}
    said["balance"] = member.balance
    if setting.model.vip:
        said["spend"] = Amount(money(member.spend, setting.model.currency))
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
        return {key: Amount(item) if key in ("amount", "percent") else item for key, item in value.items()}
    return value
