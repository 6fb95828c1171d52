"""What a program declares, as far as it can be read: tiers, and the attributes that conditions read."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.diagnostics import Report
from ..compiler.model.condition import Type
from ..compiler.model.scope import Place
from ..compiler.model.tree import Attribute
from ..compiler.source import SourceFile
from ..compiler.syntax.from_yaml import read_document
from ..compiler.syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from .index import at, entries, mappings
from .view import View

_TYPES = {type.value: type for type in Type if type not in (Type.TEXT_SET, Type.ONE_OF)}


def root_of(view: View, offset: int) -> Mapping | None:
    """The tree to look names up in while something is written at an offset.

    That of the text; or of the text without the line of the offset, which is the one that is not finished; or of
    the last text that had one.
    """
    if view.draft.reading:
        return view.draft.reading.tree.root
    text = view.content
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = next((at for at in range(offset, len(text)) if text[at] in "\r\n"), len(text))
    source = SourceFile(view.draft.name, text[:start] + text[end:])
    tree = read_document(source, Report(source))
    if tree is None and view.known.reading:
        tree = view.known.reading.tree
    return tree.root if tree else None


def tiers(root: Mapping | None) -> dict[str, str]:
    """The ids of the tiers, each with its name."""
    return {
        text_of(tier.get("id")): text_of(tier.get("name"))
        for tier in mappings(at(root, "vip", "tiers"))
        if isinstance(tier.get("id"), Scalar)
    }


def attributes(root: Mapping | None) -> list[Attribute]:
    """The attributes whose types can be read."""
    found = (_attribute(entry) for entry in entries(at(root, "customer")))
    return [attribute for attribute in found if attribute is not None]


def _attribute(entry: Entry) -> Attribute | None:
    written, span = entry.value, entry.key.span
    if isinstance(written, Scalar) and written.text in _TYPES:
        return Attribute(entry.key.text, _TYPES[written.text], (), span, written.span)
    values = written.get("one_of") if isinstance(written, Mapping) else None
    if not isinstance(values, Sequence):
        return None
    texts = tuple(text_of(value) for value in values.items)
    return Attribute(entry.key.text, Type.ONE_OF, texts, span, written.span)


def text_of(written: Node | None) -> str:
    """The text of a scalar; empty of anything else."""
    return written.text if isinstance(written, Scalar) else ""


def conditions(root: Mapping | None) -> Iterator[Scalar]:
    """Every condition."""
    holders: list[tuple[Node | None, tuple[str, ...]]] = [(at(root, "exclude"), tuple(_EXCLUDED))]
    holders += [(tier, tuple(_OF_TIERS)) for tier in mappings(at(root, "vip", "tiers"))]
    holders += [(rule, (*_OF_RULES, "when")) for rule in mappings(at(root, "earn"))]
    for holder, keys in holders:
        stated = (at(holder, key) for key in keys)
        yield from (condition for condition in stated if isinstance(condition, Scalar))


_EXCLUDED = {
    "customers": Place.EXCLUDE_CUSTOMERS,
    "orders": Place.EXCLUDE_ORDERS,
    "items": Place.EXCLUDE_ITEMS,
}
_OF_TIERS = {"when": Place.TIER, "retain": Place.RETAIN}
_OF_RULES = {"items": Place.RULE_ITEMS, "contains": Place.RULE_ITEMS}


def place_of(path: tuple[str, ...], activity: str) -> Place | None:
    """What conditions under a key path read; none where no condition stands. `activity` is that of the rule."""
    match path:
        case ("exclude", key):
            return _EXCLUDED.get(key)
        case ("vip", "tiers", _, key):
            return _OF_TIERS.get(key)
        case ("earn", _, "when"):
            return Place.RULE_ON_ORDERS if activity in ("order", "") else Place.RULE_ON_ACTIVITY
        case ("earn", _, key):
            return _OF_RULES.get(key)
    return None
