"""From the runtime's refusal of an event to a diagnostic at the part of the step that it is about."""

from __future__ import annotations

import re
from typing import Any

from ..compiler.diagnostics import Diagnostic, Severity
from ..compiler.syntax.nearest import listed, nearest
from ..compiler.syntax.refusals import shown
from ..runtime import Program, Rejected
from .tree import Happening, Path

_ACTIVITIES = ("birthday", "review", "referral", "follow", "share")
_PART = re.compile(r"([A-Za-z_]+|\.[^.\[\]]+)|\[([0-9]+)\]")


def bad_event(step: Happening, event: dict[str, Any], rejected: Rejected, program: Program) -> Diagnostic:
    """The diagnostic of an event that cannot be read (`invalid-event`)."""
    where, _, why = rejected.message.partition(": ")
    path = _path(where)
    name, message = _worded(where, why, path, event)
    span = step.when.span if path == ("at",) and step.when else step.place(path)
    return Diagnostic(name, Severity.ERROR, message, span, help=_help(path, why, event, program))


def _path(where: str) -> Path:
    """`order.items[0].total` as a path."""
    return tuple(int(index) if index else part.removeprefix(".") for part, index in _PART.findall(where))


def _worded(where: str, why: str, path: Path, event: dict[str, Any]) -> tuple[str, str]:
    subject = f"`{shown(where)}`"
    if why.startswith("missing"):
        return "missing-key", f"the event has no {subject}{why.removeprefix('missing')}"
    if why == "unknown key":
        return "unknown-key", f"`{event['type']}` has no key {subject}"
    if "decimals" in why:
        return "too-many-decimals", f"{subject} cannot be `{shown(str(_at(event, path)))}`: {why}"
    if path[:1] == ("attributes",) and why == "not declared by the program":
        return "unknown-name", f"the program declares no attribute `{shown(str(path[-1]))}`"
    value = _at(event, path)
    if isinstance(value, dict | list) or value is None:
        return "bad-value", f"{subject}: {why}"
    return "bad-value", f"{subject} cannot be `{shown(str(value))}`: {why}"


def _at(event: Any, path: Path) -> Any:
    value = event
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _help(path: Path, why: str, event: dict[str, Any], program: Program) -> str | None:
    value = _at(event, path)
    if path == ("activity",) and isinstance(value, str):
        own = [rule.activity for rule in program.tables.rules if rule.activity.startswith("custom:")]
        near = nearest(value, [*_ACTIVITIES, *own])
        return (
            f"did you mean `{near}`?"
            if near
            else f"known here: {listed([*_ACTIVITIES, *own])}, or `custom:` and an id"
        )
    if path[:1] == ("attributes",) and len(path) == 2:
        return _help_with_attribute(str(path[1]), why, program)
    return None


def _help_with_attribute(name: str, why: str, program: Program) -> str | None:
    if why != "not declared by the program":
        return "write `true` or `false`" if why == "neither true nor false" else None
    declared = [attribute.name for attribute in program.tables.attributes]
    near = nearest(name, declared)
    if near:
        return f"did you mean `{near}`?"
    return f"declared: {listed(declared)}" if declared else "declare it under `customer:` of the program"
