"""From an error of the JSON Schema to diagnostics: the exact place, our words, and what to write instead."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..diagnostics import Diagnostic, Fix, Label, Severity
from ..source import Span
from . import fixes_of_shape as mend
from .nearest import listed, listed_or, nearest
from .plain import entry_and_node
from .refusals import shown
from .tree import Entry, Kind, Mapping, Node, Scalar
from .wrong_types import found_instead, way_to_type


@dataclass(frozen=True, slots=True)
class Violation:
    """A keyword of the schema that a value breaks: what it asks for, and the schema that it stands in."""

    keyword: str
    asked: Any
    schema: dict[str, Any]
    value: Any
    in_name: bool  # of a key, rather than of its value
    whole: dict[str, Any]  # the schema of the whole file


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error is: the value, the entry whose value it is (none in lists and at the top), what holds it."""

    node: Node
    entry: Entry | None
    parent: Node | None
    key: str  # the nearest key above: of a list's item, that of the list
    root: Mapping
    text: str  # of the whole file

    @staticmethod
    def of(root: Mapping, path: Iterable[str | int], text: str) -> Place:
        """The place at a path of keys and indexes."""
        steps = list(path)
        entry, node = entry_and_node(root, steps)
        parent = entry_and_node(root, steps[:-1])[1] if steps else None
        key = next((step for step in reversed(steps) if isinstance(step, str)), "")
        return Place(node, entry, parent, key, root, text)

    @property
    def subject(self) -> str:
        """What the value is called."""
        if self.entry:
            return f"`{shown(self.key)}`"
        return f"this {_ITEMS.get(self.key, 'item')}" if self.key else "the file"

    @property
    def key_span(self) -> Span:
        """The key; of an item, and of the top, its first key or its bracket."""
        if self.entry:
            return self.entry.key.span
        start, end = self.node.span
        first = (
            self.node.entries[0].key.span if isinstance(self.node, Mapping) and self.node.entries else None
        )
        return first if first and first.start == start else Span(start, min(end, start + 1))


_ITEMS = {
    "tiers": "tier",
    "entry_rewards": "reward",
    "perks": "perk",
    "earn": "rule",
    "campaigns": "campaign",
    "scenarios": "scenario",
    "steps": "step",
    "rows": "row",
    "effects": "effect",
    "exactly": "effect",
    "not": "effect",
}


def explain(broken: Violation, place: Place, reported: list[Span]) -> Iterator[Diagnostic]:
    """The diagnostics of one violation; `reported` are the sorted places of what was refused before."""
    if broken.keyword == "required" and _lacks_keys(place.node, reported):
        return  # the key may have been dropped with what was refused
    yield from _EXPLAIN[broken.keyword](broken, place)


def misplaced_date(entry: Entry | None, date: Scalar) -> Diagnostic:
    """An unquoted date where no moment is meant."""
    subject = f"`{shown(entry.key.text)}`" if entry else "this item"
    message = f"{subject} is not for a date, and `{date.text}` without quotes is one"
    help = f'write it in quotes if it is text: `"{date.text}"`'
    free = entry is None or entry.key.text in ("name", "one", "many", "product")
    return _error("wrong-type", date.span, message, help, fixes=mend.as_date_text(date) if free else ())


def _lacks_keys(node: Node, reported: list[Span]) -> bool:
    """Whether keys were dropped: something was refused in a mapping, and in none of the entries that it kept."""
    assert isinstance(node, Mapping)
    return _refused_in(node.span, reported) > sum(_refused_in(_whole(e), reported) for e in node.entries)


def _whole(entry: Entry) -> Span:
    return Span(entry.key.span.start, max(entry.key.span.end, entry.value.span.end))


def _refused_in(span: Span, reported: list[Span]) -> int:
    starts_before, starts_behind = (bisect_left(reported, Span(at, at)) for at in span)
    return starts_behind - starts_before


def _error(
    name: str, span: Span, message: str, help: str | None = None, *labels: Label, fixes: Iterable[Fix] = ()
) -> Diagnostic:
    return Diagnostic(name, Severity.ERROR, message, span, labels=labels, help=help, fixes=tuple(fixes))


# --- keys ---------------------------------------------------------------------------------------------------------


def _unknown_keys(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    known = broken.schema.get("properties", {})
    assert isinstance(place.node, Mapping)
    for entry in place.node.entries:
        if entry.key.text not in known:
            yield _unknown_key(entry, known, place, broken.whole)


def _unknown_key(entry: Entry, properties: dict[str, Any], place: Place, whole: dict[str, Any]) -> Diagnostic:
    key, known = entry.key.text, list(properties)
    where = f" in {place.subject}" if place.key else ""
    assert isinstance(place.node, Mapping)
    diagnostic = _error(
        "unknown-key",
        entry.key.span,
        f"there is no key `{shown(key)}`{where}",
        _known(key, known, whole),
        fixes=mend.meant_key(entry, place.node, properties, whole),
    )
    if key != "ensure":
        return diagnostic
    note = "`ensure` is reserved for a later version of the language"
    return Diagnostic(
        "unknown-key",
        Severity.ERROR,
        diagnostic.message,
        diagnostic.span,
        notes=(note,),
        help="leave it out: the word is reserved",
    )


def _known(key: str, known: list[str], whole: dict[str, Any]) -> str:
    for section in ("program", "vip"):
        if key in whole["definitions"].get(section, {}).get("properties", {}):
            return f"`{key}` is a key of `{section}`"
    near = nearest(key, known)
    return f"did you mean `{near}`?" if near else f"known here: {listed(known)}"


def _missing_keys(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    assert isinstance(place.node, Mapping)
    known = [*broken.schema.get("properties", {}), *broken.asked]
    meant = {nearest(e.key.text, known) for e in place.node.entries if e.key.text not in known}
    for key in broken.asked:
        if key not in broken.value and key not in meant:
            help = f"add `{key}:`{_wanted(broken, key)}"
            fixes = mend.version_at_top(place.text, place.root) if key == "tiercel" else []
            yield _error("missing-key", place.key_span, f"{place.subject} has no `{key}`", help, fixes=fixes)


def _wanted(broken: Violation, key: str) -> str:
    described = broken.schema.get("properties", {}).get(key, {})
    if "$ref" in described:
        described = {**broken.whole["definitions"][described["$ref"].rpartition("/")[2]], **described}
    words = described.get("enum")
    if words:
        return f" with {listed_or(words)}"
    return f" with {described['title']}" if "title" in described and described["title"] != "a mapping" else ""


def _no_keys(_: Violation, place: Place) -> Iterator[Diagnostic]:
    choice = "`calendar_year` or `rolling`" if place.key == "window" else "`include` or `exclude`"
    yield _error("missing-key", place.key_span, f"{place.subject} is empty", f"add {choice}")


def _ruled_out(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    beside = place.parent.entry(broken.schema["x-beside"]) if isinstance(place.parent, Mapping) else None
    labels = [Label(beside.key.span, "ruled out by this")] if beside else []
    fixes = mend.leave_out(place.text, place.parent, place.entry)
    message, help = broken.schema["errorMessage"], f"leave `{place.key}` out"
    yield _error("key-not-here", place.key_span, message, help, *labels, fixes=fixes)


def _bad_name(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    assert isinstance(place.node, Mapping)
    entry = place.node.entry(broken.value)
    assert entry
    message = f"`{shown(broken.value)}` cannot be the name of an attribute"
    fixes = mend.attribute_name(entry, place.node)
    yield _error("bad-value", entry.key.span, message, _as_id(broken.value, "_"), fixes=fixes)


# --- values -------------------------------------------------------------------------------------------------------


def _wrong_type(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    if place.key == "include":
        message = "`include` takes the id of one tier"
        help = "write one rule for each tier, or one rule with a rate table: `points: {TIER: RATE, ...}`"
        name = "wrong-type" if isinstance(place.node, Scalar) else "one-tier-per-rule"
        help = help if name != "wrong-type" else way_to_type(broken.schema, place.node) or help
        fixes = mend.rule_for_each(place.text, place.root, place.node)
        yield _error(name, place.node.span, message, help, fixes=fixes)
        return
    words = broken.schema.get("enum")
    wanted = listed_or(words) if words else broken.schema.get("title", "text")
    subject = place.subject if place.entry or not place.key else f"an item of `{shown(place.key)}`"
    message = f"{subject} has to be {wanted}, not {found_instead(place.node)}"
    fixes = mend.of_type(broken.schema, place.node)
    yield _error("wrong-type", place.node.span, message, way_to_type(broken.schema, place.node), fixes=fixes)


def _unknown_word(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    assert isinstance(place.node, Scalar)
    words, text = [str(word) for word in broken.asked], place.node.text
    if words == ["order"] and _is_quoted_number(place.node):
        message, fixes = "`per` is a number in quotes", mend.as_number(place.node)
        yield _error("wrong-type", place.node.span, message, f"drop the quotes: `{text}`", fixes=fixes)
        return
    message = f"{place.subject} cannot be `{shown(text)}`"
    fixes = mend.word(place.node, words) or (mend.as_number(place.node) if words == ["order"] else [])
    yield _error("bad-value", place.node.span, message, _other_word(text, place.key, words), fixes=fixes)


def _other_word(text: str, key: str, words: list[str]) -> str:
    if words == ["none"]:
        return "write `none`, or how often: `{times: 1, days: 30}`"
    if key == "window" and text == "rolling":
        return "say over how many days: `{rolling: {days: 365}}`"
    near = nearest(text, words)
    if near:
        return f"did you mean `{near}`?"
    if words == ["order"]:
        return "write an amount of money alone, such as `1.00`, or `order` for points once per order"
    if key == "tiercel":
        return "this version of Tiercel reads version `1` of the language"
    own = ", or `custom:` and an id" if key == "activity" else ""
    return f"known here: {listed(words)}{own}"


def _is_quoted_number(scalar: Scalar) -> bool:
    return scalar.kind is Kind.TEXT and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", scalar.text) is not None


def _bad_pattern(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    if broken.in_name:
        yield from _bad_name(broken, place)
        return
    assert isinstance(place.node, Scalar)
    what = "an id" if place.key == "id" else "`custom:` and an id"
    text = place.node.text
    prefix = "" if place.key == "id" else "custom:"
    message = f"`{shown(text)}` is not {what}"
    help, fixes = _as_id(text.removeprefix(prefix), "-", prefix), mend.as_id(place.node, prefix, place.root)
    yield _error("bad-value", place.node.span, message, help, fixes=fixes)


def _as_id(text: str, joint: str, prefix: str = "") -> str:
    said = f"lower-case letters, digits and `_`{' and `-`' if joint == '-' else ''}, beginning with a letter"
    proposed = re.sub(r"[^a-z0-9_]+" if joint == "_" else r"[^a-z0-9_-]+", joint, text.casefold()[:64])
    proposed = re.sub(r"^[^a-z]+|[_-]+$", "", proposed)
    return f"use {said}{f': `{prefix}{proposed}`' if proposed else ''}"


def _too_few(_: Violation, place: Place) -> Iterator[Diagnostic]:
    yield _error("bad-value", place.node.span, f"{place.subject} is empty", "list at least one")


def _too_many(broken: Violation, place: Place) -> Iterator[Diagnostic]:
    count, most = len(broken.value), broken.asked
    yield _error(
        "bad-value", place.key_span, f"{place.subject} has {count} items, and {most} are the most", None
    )


_EXPLAIN: dict[str, Callable[[Violation, Place], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "minProperties": _no_keys,
    "not": _ruled_out,
    "type": _wrong_type,
    "enum": _unknown_word,
    "pattern": _bad_pattern,
    "minItems": _too_few,
    "maxItems": _too_many,
}
