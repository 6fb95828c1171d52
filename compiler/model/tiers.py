"""The tiers of the ladder, with their conditions, entry rewards and perks."""

from __future__ import annotations

from ..diagnostics import Label
from ..source import Span
from ..syntax.tree import Mapping
from .conditions import read_condition
from .context import Context
from .mending import removal
from .names import read_name, refuse_duplicate_ids, refuse_duplicate_names
from .rewards import read_reward
from .scope import Place
from .shaped import flag, key_span, mappings, required, scalars
from .tree import Tier

# Why no tier can state `retain`, and where that is decided.
NoRetain = tuple[str, Span | None]


def read_tiers(nodes: tuple[Mapping, ...], no_retain: NoRetain | None, context: Context) -> tuple[Tier, ...]:
    """Read `vip.tiers`, lowest first."""
    refuse_duplicate_ids(nodes, "tier", context.report)
    refuse_duplicate_names(nodes, "tier", context.report)
    for node in nodes:
        _check_retain(node, no_retain, context)
    return tuple(_read_tier(index, node, context) for index, node in enumerate(nodes))


def _read_tier(index: int, node: Mapping, context: Context) -> Tier:
    invite_only = flag(node, "invite_only", False)
    _check_when(index, node, invite_only, context)
    return Tier(
        node=node,
        index=index,
        id=required(node, "id").text,
        name=read_name(required(node, "name"), context.report),
        when=read_condition(node, "when", Place.TIER, context),
        retain=read_condition(node, "retain", Place.RETAIN, context),
        invite_only=invite_only,
        entry_rewards=tuple(read_reward(reward, context) for reward in mappings(node, "entry_rewards")),
        perks=tuple(perk.text for perk in scalars(node, "perks")),
    )


def _check_when(index: int, node: Mapping, invite_only: bool, context: Context) -> None:
    stated = node.get("when") is not None
    if invite_only and stated:
        context.report.error(
            "key-not-here",
            key_span(node, "when"),
            "an invite-only tier has no `when`: no metrics lead to it",
            labels=[Label(key_span(node, "invite_only"), "invite-only")],
            help="leave out `when` or `invite_only`",
            fixes=removal(context.source.text, node, node.entry("when")),
        )
    if index and not invite_only and not stated:
        context.report.error(
            "missing-key",
            node.span,
            f"the tier `{required(node, 'id').text}` has no `when`: only the first tier can do without",
            help="say who qualifies, such as `when: spend >= 500`, or make the tier `invite_only: true`",
        )


def _check_retain(node: Mapping, no_retain: NoRetain | None, context: Context) -> None:
    if no_retain is None or node.get("retain") is None:
        return
    reason, decided = no_retain
    context.report.error(
        "key-not-here",
        key_span(node, "retain"),
        f"`retain` needs {reason}",
        labels=[] if decided is None else [Label(decided, "decided here")],
        help="leave `retain` out, or set `window` to `calendar_year` or `anniversary` with `lasts: next_window`",
        fixes=removal(context.source.text, node, node.entry("retain")),
    )
