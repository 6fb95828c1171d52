"""Says in a few words what an effect other than earned points is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..compiler.report.cells import visible


def said(effect: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One line for an effect; `names` are those of the tiers by id."""
    match effect["kind"]:
        case "tier_changed":
            before, after = (visible(names.get(effect[end], "no tier")) for end in ("from", "to"))
            return f"{before} to {after} ({effect['cause']})"
        case "reward_issued":
            return f"reward of {visible(names[effect['tier']])}: {_reward(effect['reward'])}"
        case "notification":
            return f"e-mail to {visible(effect['to'])}"
        case "import_skipped":
            return f"skipped, {effect['reason']} (`{visible(effect['vip_tier'])}`)"
        case "import_held":
            return f"held until the launch (`{visible(effect['vip_tier'])}`)"
        case kind:
            return str(kind).replace("_", " ")


def _reward(reward: Mapping[str, Any]) -> str:
    """`percentage_off, percent 15`: the type, and its keys as an effect has them."""
    return ", ".join(
        [reward["type"], *(f"{key} {visible(str(value))}" for key, value in reward.items() if key != "type")]
    )
