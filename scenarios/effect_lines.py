"""Effects and members as they can be written in an expectation, on one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..compiler.report.cells import visible
from ..compiler.syntax.plain_scalars import kind_of_plain
from ..compiler.syntax.tree import Kind

_BARE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+ -]*(?<! )")
# What follows from the rest, or from whose step it was.
_IMPLIED = frozenset({"kind", "about", "channel"})


def effect_line(effect: Mapping[str, Any]) -> str:
    """`points_earned: {rule: reading, points: 300, order: nora-1}`; keys that are none are left out."""
    kept = {key: value for key, value in effect.items() if key not in _IMPLIED and value is not None}
    if effect.get("bonus") == 0:
        del kept["base"], kept["bonus"]
    if effect["kind"] == "tier_changed":
        # Here none is an end of the move.
        kept = {key: value for key, value in effect.items() if key in kept or key in ("from", "to")}
    return f"{effect['kind']}: {flow(kept)}"


def flow(value: Any) -> str:
    """A value as a line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A text, a number or a truth value as YAML; none is `none`. Amounts are texts, and stand without quotes."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _BARE.fullmatch(text) and kind_of_plain(text) in (Kind.TEXT, Kind.NUMBER, Kind.DATE):
        return text
    return text if _is_moment(text) else visible(json.dumps(text, ensure_ascii=False))


def _is_moment(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})", text) is not None
