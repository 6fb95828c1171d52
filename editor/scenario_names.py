"""What a scenario calls by name of its program: the ids of tiers, rules and campaigns, activities, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..compiler.node import Node, node
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.placed import place
from ..compiler.syntax.tree import Mapping, Scalar
from .declared import text_of, tiers
from .index import Thing, at, entries, mappings
from .paths import Found
from .shapes import ITEM, Shape

# What a value is called in the schema that is such a name; `none` may stand for those of the second and third.
THINGS = {
    "the id of a rule": Thing.RULE,
    "the id of a tier, or `none`": Thing.TIER,
    "the id of a campaign, or `none`": Thing.CAMPAIGN,
}
NONE = "none"
_JOINING = re.compile(r"([^\s,\"'\[{}<>-][^\s,\"'\[{}<>]*)[ \t]+joins\b")
_IN_STEP = {("tier",): Thing.TIER}


@node
class Names(Node):
    """Names, each with something to say of it."""

    tiers: dict[str, str]
    rules: dict[str, str]
    campaigns: dict[str, str]
    activities: dict[str, str]
    attributes: dict[str, str]

    def of(self, thing: Thing) -> dict[str, str]:
        """The names of things of one kind."""
        return {Thing.TIER: self.tiers, Thing.RULE: self.rules, Thing.CAMPAIGN: self.campaigns}.get(thing, {})


def names_of(root: Mapping | None) -> Names:
    """The names in the tree of a program; none where it cannot be read."""
    rules = _ids(root, "earn", "activity")
    activities = {text: "" for text in rules.values() if text not in ("order", "signup", "")}
    attributes = {entry.key.text: text_of(entry.value) for entry in entries(at(root, "customer"))}
    campaigns = {name: f"{times} times" for name, times in _ids(root, "campaigns", "multiplier").items()}
    return Names(tiers(root), rules, campaigns, activities, attributes)


def _ids(root: Mapping | None, section: str, beside: str) -> dict[str, str]:
    listed = mappings(at(root, section))
    return {text_of(one.get("id")): text_of(one.get(beside)) for one in listed if text_of(one.get("id"))}


def members(text: str) -> Iterator[str]:
    """Those who join in a file of scenarios, in file order."""
    yield from dict.fromkeys(_JOINING.findall(text))


@node
class Named(Node):
    """A name of a program where it stands in a scenario."""

    thing: Thing
    name: str
    span: Span


def named_at(source: SourceFile, found: Found, shape: Shape | None, offset: int) -> Named | None:
    """The name at a place: a value that is one, or a word of a step."""
    if found.key:
        return None
    thing = THINGS.get(shape.kind) if shape else None
    if thing is not None:
        return Named(thing, found.scalar.text, found.scalar.span)
    return _in_step(source, found.scalar, offset) if is_step(found.path) else None


def is_step(path: tuple[str, ...]) -> bool:
    """Whether a path leads to a step."""
    return path[:1] == ("scenarios",) and path[2:] == ("steps", ITEM)


def _in_step(source: SourceFile, scalar: Scalar, offset: int) -> Named | None:
    from ..scenarios.notation import read_short
    from ..scenarios.words import BadStep

    try:
        happening = read_short(place(source, scalar))
    except BadStep:
        return None
    for path, span in happening.places.items():
        if path in _IN_STEP and span.start <= offset <= span.end:
            return Named(_IN_STEP[path], source.text[span.start : span.end].strip('"'), span)
    return None
