"""The outline of a program: its sections, and the tiers, rules, campaigns and attributes in them; or of scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from ..compiler.node import Node, node
from ..compiler.source import Span
from ..compiler.syntax.tree import Entry, Mapping, Scalar, Sequence
from .declared import text_of
from .index import Thing, at, entries, mappings
from .view import View

_LISTS = {"vip": (Thing.TIER, ("tiers",)), "earn": (Thing.RULE, ()), "campaigns": (Thing.CAMPAIGN, ())}


@node
class Symbol(Node):
    """Something with a name: what it is (a section has none), all of it, and where its name stands."""

    name: str
    detail: str
    thing: Thing | None
    span: Span
    name_span: Span
    below: tuple[Symbol, ...] = ()


def outline(view: View) -> list[Symbol]:
    """The sections of a program in file order, each with what it declares; of a file of scenarios, with their titles."""
    if view.reading is None:
        return []
    root = view.reading.tree.root
    found = (_moved(view, _section(entry)) for entry in root.entries)
    return [symbol for symbol in found if symbol is not None]


def _section(entry: Entry) -> Symbol:
    key = entry.key.text
    span = Span(entry.key.span.start, max(entry.key.span.end, entry.value.span.end))
    detail = text_of(entry.value)
    if key == "program":
        detail = text_of(at(entry.value, "name"))
    return Symbol(key, detail, None, span, entry.key.span, tuple(_below(key, entry)))


def _below(key: str, entry: Entry) -> Iterator[Symbol]:
    if key == "customer":
        for each in entries(entry.value):
            span = Span(each.key.span.start, max(each.key.span.end, each.value.span.end))
            yield Symbol(each.key.text, text_of(each.value) or "one_of", Thing.ATTRIBUTE, span, each.key.span)
    if key == "scenarios":
        for played in mappings(entry.value):
            yield from _scenario(played)
    if key in _LISTS:
        thing, path = _LISTS[key]
        for declared in mappings(at(entry.value, *path)):
            yield from _declared(thing, declared)


def _declared(thing: Thing, mapping: Mapping) -> Iterator[Symbol]:
    identified = mapping.get("id")
    if isinstance(identified, Scalar) and identified.text:
        detail = next((text_of(mapping.get(k)) for k in ("name", "activity") if mapping.get(k)), "")
        yield Symbol(identified.text, detail, thing, mapping.span, identified.span)


def _scenario(mapping: Mapping) -> Iterator[Symbol]:
    """A scenario by its title; how often it is played, if there is a table."""
    title, rows = mapping.get("scenario"), mapping.get("rows")
    name = " ".join(text_of(title).split())
    if isinstance(title, Scalar) and name:
        detail = f"{len(rows.items)} rows" if isinstance(rows, Sequence) else ""
        yield Symbol(name, detail, Thing.SCENARIO, mapping.span, title.span)


def _moved(view: View, symbol: Symbol) -> Symbol | None:
    """The symbol where it stands in the text of now; none where it was changed."""
    name_span = view.new(symbol.name_span)
    if name_span is None:
        return None
    below = tuple(moved for each in symbol.below if (moved := _moved(view, each)) is not None)
    span = view.around(symbol.span)
    return Symbol(symbol.name, symbol.detail, symbol.thing, span, name_span, below)
