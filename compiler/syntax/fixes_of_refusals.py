"""Fixes of what valid YAML may not say in a program file, once all of it has been read.

What a value without quotes is meant to be is told from what the schema asks for at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from ..diagnostics import Diagnostic, Edit, Fix
from ..source import Span
from .plain_scalars import NUMBER
from .refusals import CONDITION_KEYS, shown
from .rewrites import in_quotes, is_bracketed, quoted, without_entry, without_item
from .schema_places import Due, top
from .tree import Document, Entry, Mapping, Node, Scalar, Sequence

_TRUE_OR_FALSE = {
    "yes": "true", "on": "true", "y": "true", "true": "true", "no": "false", "off": "false", "n": "false", "false": "false",
}  # fmt: skip
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
_NUMBER_OF_OTHERS = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)?(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,2})?")
# A file with more errors than anyone reads must not cost minutes.
_MOST = 50
# Optional as far as the schema knows, and not always.
_NEEDED = frozenset({"when", "per"})


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader knows beside the document: dropped entries by where their mapping starts, anchored values."""

    text: str
    document: Document
    dropped: MappingABC[int, list[Entry]]
    anchored: MappingABC[str, Span]


class _Spot(NamedTuple):
    """A node, what holds it, the entry whose value it is (none of items), and what is due there."""

    node: Node
    holder: Mapping | Sequence | None
    entry: Entry | None
    due: Due
    holder_due: Due
    dropped: bool = False


def with_fixes(read: Read, found: Sequence_[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics, the first of them with a fix each where there is one."""
    spots = _Spots(read)
    for diagnostic in found[:_MOST]:
        fix = _FIXES.get(diagnostic.name, _none)(spots, diagnostic)
        yield replace(diagnostic, fixes=(fix,)) if fix else diagnostic
    yield from found[_MOST:]


class _Spots:
    """The places of a document, by where they are reported."""

    def __init__(self, read: Read) -> None:
        self.read, self.text = read, read.text
        self.values: dict[Span, _Spot] = {}
        self.keys: dict[Span, _Spot] = {}
        self.mappings: list[Mapping] = []
        for spot in self._walk():
            self.values.setdefault(spot.node.span, spot)
            if spot.entry:
                self.keys.setdefault(spot.entry.key.span, spot)
            if isinstance(spot.node, Mapping):
                self.mappings.append(spot.node)

    def _walk(self) -> Iterator[_Spot]:
        """Every value of the document, those of entries that were dropped among them."""
        pending = [_Spot(self.read.document.root, None, None, top(), top())]
        while pending:
            spot = pending.pop()
            yield spot
            node, due = spot.node, spot.due
            if isinstance(node, Mapping):
                pending += self._entries(node, due)
            elif isinstance(node, Sequence):
                pending += [_Spot(item, node, None, due.at(0), due) for item in node.items]

    def _entries(self, node: Mapping, due: Due) -> Iterator[_Spot]:
        dropped = self.read.dropped.get(node.span.start, [])
        both = [(e, False) for e in node.entries] + [(e, True) for e in dropped]
        both.sort(key=lambda pair: pair[0].key.span)
        whole = Mapping(tuple(e for e, _ in both), node.span)
        for entry, is_dropped in both:
            yield _Spot(entry.value, whole, entry, due.at(entry.key.text), due, is_dropped)


# --- one function for each name ---------------------------------------------------------------------------------


def _none(_spots: _Spots, _found: Diagnostic) -> Fix | None:
    return None


def _ambiguous(spots: _Spots, found: Diagnostic) -> Fix | None:
    written = spots.text[found.span.start : found.span.end]
    spot = spots.values.get(found.span)
    if spot is None:
        return _ambiguous_key(spots, found, written)
    meant = meant_by(written, spot.due)
    if meant is not None:
        return Fix(f"write `{shown(meant)}`", (Edit(found.span, meant),))
    return _left_out(spots, spot) if written in _NOTHING else None


def meant_by(written: str, due: Due) -> str | None:
    """How to write what an ambiguous value means where something is due; none where that is not known."""
    types = due.types()
    if due.takes_text():
        return quoted(written)
    if types == {"boolean"}:
        return _TRUE_OR_FALSE.get(written.lower())
    return plain_number(written) if types & {"number", "integer"} else None


def plain_number(written: str) -> str | None:
    """A number in its plain form; none where it may be meant in another base, or as a time."""
    if not _NUMBER_OF_OTHERS.fullmatch(written) or not any(c.isdigit() for c in written):
        return None
    number = written.replace("_", "").removeprefix("+")
    if "e" in number.lower():
        number = format(Decimal(number), "f")
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, decimals = digits.partition(".")
    plain = sign + (whole or "0") + (f".{decimals}" if decimals else "")
    return plain if NUMBER.fullmatch(plain) and len(plain) < 30 else None


def _ambiguous_key(spots: _Spots, found: Diagnostic, written: str) -> Fix | None:
    """A key can only be text: it is put in quotes where keys are the author's own."""
    spot = spots.keys.get(found.span)
    if spot is None or not spot.holder_due.names_its_own():
        return None
    return Fix(f"write `{quoted(written)}`", (Edit(found.span, quoted(written)),))


def _wrong_type(spots: _Spots, found: Diagnostic) -> Fix | None:
    """Values that are not there."""
    spot = spots.values.get(found.span)
    if spot is None or not isinstance(spot.node, Scalar) or spot.node.text:
        return None
    if spot.entry and ":" in spot.entry.key.text:
        return _with_space(spot, spot.entry.key)
    return _left_out(spots, spot)


def _with_space(spot: _Spot, key: Scalar) -> Fix | None:
    """`{per:1.00}` is a key without a value."""
    name, _, value = key.text.partition(":")
    if name not in spot.holder_due.keys_known() or not value:
        return None
    at = key.span.start + len(name) + 1
    return Fix(f"write `{shown(name)}: {shown(value)}`", (Edit(Span(at, at), " "),))


def _left_out(spots: _Spots, spot: _Spot) -> Fix | None:
    """Without the key or the item, which then has its default; a value may be missing as well."""
    if isinstance(spot.holder, Sequence):
        edits = without_item(spots.text, spot.holder, spot.node)
        return Fix("delete the empty item", edits, safe=False) if edits else None
    if not isinstance(spot.holder, Mapping) or spot.entry is None:
        return None
    key = spot.entry.key.text
    if key not in spot.holder_due.keys_known() or key in spot.holder_due.required() | _NEEDED:
        return None
    edits = without_entry(spots.text, spot.holder, spot.entry)
    return Fix(f"leave out `{key}`", edits, safe=False) if edits else None


def _duplicate(spots: _Spots, found: Diagnostic) -> Fix | None:
    """One of two entries that say the same."""
    spot = spots.keys.get(found.span)
    if spot is None or spot.entry is None or not isinstance(spot.holder, Mapping):
        return None
    first = next(e for e in spot.holder.entries if e.key.text == spot.entry.key.text)
    if first.value != spot.entry.value:
        return None
    edits = without_entry(spots.text, spot.holder, spot.entry)
    return Fix("delete the second one, which says the same", edits) if edits else None


def _feature(spots: _Spots, found: Diagnostic) -> Fix | None:
    """Anchors, aliases and tags: in a condition it is put in quotes, an alias becomes what it stands for."""
    text, start = spots.text, found.span.start
    mark, name = text[start : start + 1], text[start + 1 : found.span.end]
    condition = _condition_at(spots, found.span)
    if condition is not None:
        return condition
    if mark == "*" and name in spots.read.anchored:
        value = text[spots.read.anchored[name].start : spots.read.anchored[name].end]
        return Fix(f"write `{shown(value)}`", (Edit(found.span, value),))
    if mark == "&" and not re.search(rf"\*{re.escape(name)}(?![^\s,\[\]{{}}])", text):
        end = found.span.end + len(text[found.span.end :]) - len(text[found.span.end :].lstrip(" "))
        return Fix(f"delete `{shown(mark + name)}`", (Edit(Span(start, end), ""),))
    return None


def _condition_at(spots: _Spots, span: Span) -> Fix | None:
    key = re.compile(r"([a-z]+)[ ]*:[ ]+$").search(spots.text, max(span.start - 40, 0), span.start)
    if key is None or key[1] not in CONDITION_KEYS:
        return None
    inside = [m for m in spots.mappings if m.span.start <= span.start < m.span.end]
    bracketed = bool(inside) and is_bracketed(spots.text, max(inside, key=lambda m: m.span.start))
    return in_quotes(spots.text, span.start, bracketed)


_FIXES = {
    "ambiguous-scalar": _ambiguous,
    "wrong-type": _wrong_type,
    "duplicate-key": _duplicate,
    "yaml-feature": _feature,
}
