"""The kinds of values that an expectation can state: how each is read from the file, and when it is met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..compiler.model.moments import BadMoment
from ..compiler.source import Span
from ..compiler.syntax.nearest import listed, nearest
from ..compiler.syntax.refusals import shown
from ..compiler.syntax.tree import Kind, Mapping, Node, Scalar, Sequence
from ..compiler.syntax.wrong_types import found_instead
from ..runtime import Program
from ..runtime.instants import parse_instant
from ..runtime.money import minor_units
from ..schema import scenario_schema
from .clock import read_instant, same_moment


class BadValue(Exception):
    """A value that no effect or member can have: the error's name, the message, where, and what to write."""

    def __init__(self, name: str, message: str, span: Span, help: str | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.span = span
        self.help = help


@dataclass(slots=True)
class Known:
    """What an expectation can speak of: of all versions so far, and all that happened so far.

    `program` is the version at work.
    """

    program: Program
    rules: dict[str, None] = field(default_factory=dict)
    tiers: dict[str, None] = field(default_factory=dict)
    campaigns: dict[str, None] = field(default_factory=dict)
    members: dict[str, None] = field(default_factory=dict)
    orders: dict[str, None] = field(default_factory=dict)


Met = Callable[[Any], bool]
"""Whether what is there, as the runtime has it, is what was wanted."""
Value = Callable[[str, Node, Known], Met]
"""Reads the value under a key. Raises `BadValue`."""

NONE = "none"


def _wrong_type(key: str, node: Node, wanted: str, help: str | None = None) -> BadValue:
    return BadValue("wrong-type", f"`{key}` has to be {wanted}, not {found_instead(node)}", node.span, help)


def _scalar(key: str, node: Node, wanted: str) -> Scalar:
    if not isinstance(node, Scalar):
        raise _wrong_type(key, node, wanted)
    return node


def text(key: str, node: Node, _: Known) -> Met:
    """A text, exactly."""
    wanted = _scalar(key, node, "text").text
    return lambda found: bool(found == wanted)


def text_or_none(key: str, node: Node, known: Known) -> Met:
    """A text, exactly, or `none`."""
    if _scalar(key, node, "text").text == NONE:
        return lambda found: found is None
    return text(key, node, known)


def count(key: str, node: Node, _: Known) -> Met:
    """A whole number."""
    scalar = _scalar(key, node, "a whole number")
    if scalar.kind is not Kind.NUMBER:
        bare = scalar.text if scalar.text.lstrip("-").isdigit() else None
        raise _wrong_type(key, node, "a whole number", f"drop the quotes: `{bare}`" if bare else None)
    number = scalar.number
    if len(scalar.text) > 30 or number != number.to_integral_value():
        raise BadValue(
            "bad-value", f"`{key}` cannot be `{shown(scalar.text)}`: points and orders are whole", node.span
        )
    return lambda found: bool(found == number)


def money(key: str, node: Node, known: Known) -> Met:
    """An amount in the program's currency, exactly, whatever zeros are written."""
    scalar = _scalar(key, node, "an amount of money")
    tables = known.program.tables
    try:
        wanted = known.program.money(minor_units(scalar.text.removeprefix("-"), tables.decimals))
    except ValueError as error:
        why = str(error)
        name = "too-many-decimals" if "decimals" in why else "bad-value"
        said = f"{why}" if name == "too-many-decimals" else f"it is {why}"
        message = f"`{key}` cannot be `{shown(scalar.text)}`: {said}"
        raise BadValue(name, message, node.span, "write an amount, such as `49.95`") from None
    if scalar.text.startswith("-"):
        wanted = f"-{wanted}"
    return lambda found: bool(found == wanted)


def number(key: str, node: Node, _: Known) -> Met:
    """A number, by value."""
    scalar = _scalar(key, node, "a number")
    if scalar.kind is not Kind.NUMBER:
        raise _wrong_type(key, node, "a number")
    wanted = scalar.number
    return lambda found: found is not None and Decimal(found) == wanted


def truth(key: str, node: Node, _: Known) -> Met:
    """`true` or `false`."""
    scalar = _scalar(key, node, "`true` or `false`")
    if scalar.kind is not Kind.BOOLEAN:
        raise _wrong_type(key, node, "`true` or `false`")
    wanted = scalar.text == "true"
    return lambda found: found is wanted


def moment(key: str, node: Node, known: Known) -> Met:
    """A moment; a bare day is any time of it."""
    scalar = _scalar(key, node, "a moment")
    zone, zone_name = known.program.tz, known.program.tables.timezone
    try:
        read_instant(scalar.text, zone, zone_name)
    except BadMoment as bad:
        raise BadValue("bad-moment", str(bad), node.span, bad.help) from None
    return lambda found: found is not None and same_moment(scalar.text, parse_instant(found), zone, zone_name)


def moment_or_none(key: str, node: Node, known: Known) -> Met:
    """A moment, or `none`."""
    if isinstance(node, Scalar) and node.text == NONE:
        return lambda found: found is None
    return moment(key, node, known)


def texts(key: str, node: Node, _: Known) -> Met:
    """A list of texts, in any order."""
    if not isinstance(node, Sequence):
        raise _wrong_type(key, node, "a list of texts")
    wanted = sorted(_scalar(key, item, "text").text for item in node.items)
    return lambda found: sorted(found) == wanted


def _known(which: str, what: str, *, none: bool = False) -> Value:
    """A word that the program or the scenario has to know."""

    def value(key: str, node: Node, known: Known) -> Met:
        scalar = _scalar(key, node, what)
        if none and scalar.text == NONE:
            return lambda found: found is None
        words = getattr(known, which)
        if scalar.text not in words:
            name = "unknown-id" if which in ("rules", "tiers", "campaigns") else "unknown-name"
            raise BadValue(
                name, f"there is no {what} `{shown(scalar.text)}`", node.span, _nearest(scalar.text, words)
            )
        return lambda found: bool(found == scalar.text)

    return value


def _nearest(word: str, known: Iterable[str]) -> str | None:
    words = list(known)
    found = nearest(word, words)
    if found:
        return f"did you mean `{found}`?"
    return f"known here: {listed(words[:12])}" if words else "there are none"


def _word(*path: str) -> Value:
    """One of the words that the schema has there."""

    def value(key: str, node: Node, _: Known) -> Met:
        schema = scenario_schema()["definitions"]["effect"]
        for step in path:
            schema = schema["properties"][step]
        scalar = _scalar(key, node, "text")
        if scalar.text not in schema["enum"]:
            message = f"`{key}` cannot be `{shown(scalar.text)}`"
            raise BadValue("bad-value", message, node.span, _nearest(scalar.text, schema["enum"]))
        return lambda found: bool(found == scalar.text)

    return value


def _reward(key: str, node: Node, known: Known) -> Met:
    """Some keys of a reward."""
    if not isinstance(node, Mapping):
        raise _wrong_type(key, node, "a mapping")
    parts = {e.key.text: REWARD[e.key.text](e.key.text, e.value, known) for e in node.entries}
    return lambda found: all(met(found.get(name)) for name, met in parts.items())


RULE = _known("rules", "rule")
TIER = _known("tiers", "tier", none=True)
MEMBER = _known("members", "member")
ORDER = _known("orders", "order", none=True)
CAMPAIGN = _known("campaigns", "campaign", none=True)

REWARD: dict[str, Value] = {
    "type": _word("reward_issued", "reward", "type"), "points": count, "amount": money, "percent": number,
    "product": text, "name": text,
}  # fmt: skip

EFFECTS: dict[str, dict[str, Value]] = {
    "points_earned": {
        "rule": RULE, "points": count, "base": count, "bonus": count, "campaign": CAMPAIGN, "order": ORDER,
    },
    "points_reversed": {"rule": RULE, "points": count, "order": ORDER},
    "refund_clamped": {"order": ORDER, "asked": money, "taken": money},
    "points_adjusted": {"points": count, "reason": text_or_none},
    "tier_changed": {
        "customer": MEMBER, "from": TIER, "to": TIER, "cause": _word("tier_changed", "cause"), "note": text_or_none,
        "at": moment,
    },
    "reward_issued": {"customer": MEMBER, "tier": TIER, "reward": _reward},
    "notification": {
        "customer": MEMBER, "about": _word("notification", "about"), "channel": _word("notification", "channel"),
        "to": text,
    },
    "import_skipped": {"email": text, "vip_tier": text, "reason": _word("import_skipped", "reason")},
    "import_held": {"email": text, "vip_tier": text},
}  # fmt: skip

METRICS: dict[str, Value] = {"spend": money, "orders": count, "points_earned": count}

MEMBERS: dict[str, Value] = {
    "tier": TIER, "balance": count, **METRICS, "perks": texts, "holds_until": moment_or_none, "email": text,
    "exists": truth,
}  # fmt: skip
