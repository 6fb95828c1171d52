"""Which names a program declares, and where each is used: tiers, rules, campaigns and attributes of customers."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from ..compiler.node import Node, node
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.placed import place
from ..compiler.syntax.tree import Document, Entry, Mapping, Scalar, Sequence
from ..compiler.syntax.tree import Node as Written

ATTRIBUTE_PREFIX = "customer."


class Thing(Enum):
    """What a name is the name of."""

    TIER = "tier"
    RULE = "rule"
    CAMPAIGN = "campaign"
    ATTRIBUTE = "attribute"
    SCENARIO = "scenario"


@node
class Use(Node):
    """A name where it stands. `quoted`: the span has quotes, or more than the name, around it."""

    thing: Thing
    name: str
    span: Span
    declares: bool
    quoted: bool = False


# Of each list of declarations: where it is, what it declares, and the keys that hold conditions.
_CONDITIONS = {
    ("vip", "tiers"): (Thing.TIER, ("when", "retain")),
    ("earn",): (Thing.RULE, ("when", "items", "contains")),
    ("campaigns",): (Thing.CAMPAIGN, ()),
}
_EXCLUDED = ("customers", "orders", "items")


def uses(source: SourceFile, tree: Document) -> list[Use]:
    """Every name in a file that is of one of these kinds, in file order; whether it is declared is not asked."""
    return sorted(_uses(source, tree.root), key=lambda use: use.span)


def _uses(source: SourceFile, root: Mapping) -> Iterator[Use]:
    for entry in entries(root.get("customer")):
        yield _use(Thing.ATTRIBUTE, entry.key, source, declares=True)
    yield from _in_conditions(source, root.get("exclude"), _EXCLUDED)
    for path, (thing, conditions) in _CONDITIONS.items():
        for declared in mappings(at(root, *path)):
            identified = declared.get("id")
            if isinstance(identified, Scalar):
                yield _use(thing, identified, source, declares=True)
            yield from _in_conditions(source, declared, conditions)
            if thing is Thing.RULE:
                yield from (_use(Thing.TIER, scalar, source) for scalar in _tiers_of(declared))


def _tiers_of(rule: Mapping) -> Iterator[Scalar]:
    """The tier ids in the rate table and the choice of tiers of a rule."""
    yield from (entry.key for entry in entries(rule.get("points")))
    choice = rule.get("tiers")
    if isinstance(choice, Mapping):
        for stated in (choice.get("include"), choice.get("exclude")):
            items = stated.items if isinstance(stated, Sequence) else (stated,)
            yield from (item for item in items if isinstance(item, Scalar))


def _use(thing: Thing, scalar: Scalar, source: SourceFile, *, declares: bool = False) -> Use:
    written = source.text[scalar.span.start : scalar.span.end]
    return Use(thing, scalar.text, scalar.span, declares, written != scalar.text)


def _in_conditions(source: SourceFile, holder: Written | None, keys: tuple[str, ...]) -> Iterator[Use]:
    for key in keys:
        condition = holder.get(key) if isinstance(holder, Mapping) else None
        if isinstance(condition, Scalar) and ATTRIBUTE_PREFIX in condition.text:
            yield from _attributes(source, condition)


def _attributes(source: SourceFile, condition: Scalar) -> Iterator[Use]:
    """The attributes that a condition reads, whether or not it parses."""
    for path, span in names_in(source, condition, behind=ATTRIBUTE_PREFIX):
        if path.startswith(ATTRIBUTE_PREFIX):
            yield Use(Thing.ATTRIBUTE, path.removeprefix(ATTRIBUTE_PREFIX), span, False)


def names_in(source: SourceFile, condition: Scalar, behind: str = "") -> Iterator[tuple[str, Span]]:
    """The names that a condition reads, each with its place in the file: of what is behind that prefix, if it has it."""
    from ..compiler.syntax.condition_parser import words_of

    placed = place(source, condition)
    for word in words_of(placed.text):
        if word.kind == "NAME":
            start = word.start + (len(behind) if word.text.startswith(behind) else 0)
            yield word.text, placed.span(start, word.end)


def at(root: Written | None, *path: str) -> Written | None:
    """The node below a node, along keys; none where one of them is not there."""
    for key in path:
        root = root.get(key) if isinstance(root, Mapping) else None
    return root


def entries(node: Written | None) -> tuple[Entry, ...]:
    """The entries of a mapping; none of anything else."""
    return node.entries if isinstance(node, Mapping) else ()


def mappings(node: Written | None) -> Iterator[Mapping]:
    """The mappings of a list; none of anything else."""
    if isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Mapping))


def use_at(found: list[Use], offset: int) -> Use | None:
    """The name at an offset, right behind its last letter included."""
    return next((use for use in found if use.span.start <= offset <= use.span.end), None)
