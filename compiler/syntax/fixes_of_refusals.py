"""Fixes of what valid YAML may not say in a program file, once all of it has been read.

What a value without quotes is meant to be is told from what the schema asks for at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field, replace
from decimal import Decimal

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
# Optional as far as the schema knows, and not always.
_NEEDED = frozenset({"when", "per"})


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader knows beside the document: dropped entries by where their mapping starts, anchored values."""

    text: str
    document: Document
    dropped: MappingABC[int, list[Entry]]
    anchored: MappingABC[str, Span]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A node, what holds it, the entry whose value it is (none of items), and what is due there."""

    node: Node
    holder: Mapping | Sequence | None
    entry: Entry | None
    due: Due
    holder_due: Due = field(repr=False)


def with_fixes(read: Read, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics, with a fix each where there is one."""
    spots = {_place(spot): spot for spot in _spots(read)}
    for diagnostic in found:
        spot = spots.get(diagnostic.span)
        fix = _FIXES.get(diagnostic.name, _none)(read, diagnostic, spot)
        yield replace(diagnostic, fixes=(fix,)) if fix else diagnostic


def _spots(read: Read) -> Iterator[_Spot]:
    """Every value of the document, and every entry that was dropped, as far as places are known."""
    pending: list[_Spot] = [_Spot(read.document.root, None, None, top(), top())]
    while pending:
        spot = pending.pop()
        yield spot
        node, due = spot.node, spot.due
        if isinstance(node, Mapping):
            whole = _with_dropped(read, node)
            pending += [_Spot(e.value, whole, e, due.at(e.key.text), due) for e in whole.entries]
        elif isinstance(node, Sequence):
            pending += [_Spot(item, node, None, due.at(0), due) for item in node.items]


def _with_dropped(read: Read, mapping: Mapping) -> Mapping:
    dropped = read.dropped.get(mapping.span.start, [])
    entries = sorted((*mapping.entries, *dropped), key=lambda e: e.key.span)
    return Mapping(tuple(entries), mapping.span) if dropped else mapping


def _place(spot: _Spot) -> Span:
    """Where a spot is reported: keys that were dropped at the key, everything else at the value."""
    return spot.entry.key.span if spot.entry and _is_dropped(spot) else spot.node.span


def _is_dropped(spot: _Spot) -> bool:
    holder, entry = spot.holder, spot.entry
    if not isinstance(holder, Mapping) or entry is None:
        return False
    first = next(e for e in holder.entries if e.key.text == entry.key.text)
    return first.key.span != entry.key.span


# --- one function for each name ---------------------------------------------------------------------------------


def _none(_read: Read, _found: Diagnostic, _spot: _Spot | None) -> Fix | None:
    return None


def _ambiguous(read: Read, found: Diagnostic, spot: _Spot | None) -> Fix | None:
    written = read.text[found.span.start : found.span.end]
    if spot is None or spot.node.span != found.span:
        return _ambiguous_key(read, found, written)
    meant = meant_by(written, spot.due)
    if meant is not None:
        return Fix(f"write `{shown(meant)}`", (Edit(found.span, meant),))
    return _left_out(read, spot) if written in _NOTHING else None


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


def _ambiguous_key(read: Read, found: Diagnostic, written: str) -> Fix | None:
    """A key can only be text: it is put in quotes where keys are the author's own."""
    for spot in _spots(read):
        if isinstance(spot.node, Mapping) and any(
            e.key.span == found.span for e in _with_dropped(read, spot.node).entries
        ):
            names_its_own = spot.due.names_its_own()
            return (
                Fix(f"write `{quoted(written)}`", (Edit(found.span, quoted(written)),))
                if names_its_own
                else None
            )
    return None


def _wrong_type(read: Read, _found: Diagnostic, spot: _Spot | None) -> Fix | None:
    """Values that are not there."""
    if spot is None or not isinstance(spot.node, Scalar) or spot.node.text:
        return None
    if spot.entry and ":" in spot.entry.key.text:
        return _with_space(spot, spot.entry.key)
    return _left_out(read, spot)


def _with_space(spot: _Spot, key: Scalar) -> Fix | None:
    """`{per:1.00}` is a key without a value."""
    name, _, value = key.text.partition(":")
    if name not in spot.holder_due.keys_known() or not value:
        return None
    at = key.span.start + len(name) + 1
    return Fix(f"write `{shown(name)}: {shown(value)}`", (Edit(Span(at, at), " "),))


def _left_out(read: Read, spot: _Spot) -> Fix | None:
    """Without the key or the item, which then has its default; a value may be missing as well."""
    if isinstance(spot.holder, Sequence):
        edits = without_item(read.text, spot.holder, spot.node)
        return Fix("delete the empty item", edits, safe=False) if edits else None
    if not isinstance(spot.holder, Mapping) or spot.entry is None:
        return None
    key = spot.entry.key.text
    if key not in spot.holder_due.keys_known() or key in spot.holder_due.required() | _NEEDED:
        return None
    edits = without_entry(read.text, spot.holder, spot.entry)
    return Fix(f"leave out `{key}`", edits, safe=False) if edits else None


def _duplicate(read: Read, _found: Diagnostic, spot: _Spot | None) -> Fix | None:
    """One of two entries that say the same."""
    if spot is None or spot.entry is None or not isinstance(spot.holder, Mapping):
        return None
    first = next(e for e in spot.holder.entries if e.key.text == spot.entry.key.text)
    if first.value != spot.entry.value:
        return None
    edits = without_entry(read.text, spot.holder, spot.entry)
    return Fix("delete the second one, which says the same", edits) if edits else None


def _feature(read: Read, found: Diagnostic, _: _Spot | None) -> Fix | None:
    """Anchors, aliases and tags: in a condition it is put in quotes, an alias becomes what it stands for."""
    text, start = read.text, found.span.start
    mark, name = text[start : start + 1], text[start + 1 : found.span.end]
    condition = _condition_at(read, found.span)
    if condition is not None:
        return condition
    if mark == "*" and name in read.anchored:
        value = text[read.anchored[name].start : read.anchored[name].end]
        return Fix(f"write `{shown(value)}`", (Edit(found.span, value),))
    if mark == "&" and not re.search(rf"\*{re.escape(name)}(?![^\s,\[\]{{}}])", text):
        end = found.span.end + len(text[found.span.end :]) - len(text[found.span.end :].lstrip(" "))
        return Fix(f"delete `{shown(mark + name)}`", (Edit(Span(start, end), ""),))
    return None


def _condition_at(read: Read, span: Span) -> Fix | None:
    key = re.compile(r"([a-z]+)[ ]*:[ ]+$").search(read.text, max(span.start - 40, 0), span.start)
    if key is None or key[1] not in CONDITION_KEYS:
        return None
    holders = (s.node for s in _spots(read) if isinstance(s.node, Mapping))
    inside = [m for m in holders if m.span.start <= span.start < m.span.end]
    bracketed = bool(inside) and is_bracketed(read.text, max(inside, key=lambda m: m.span.start))
    return in_quotes(read.text, span.start, bracketed)


_FIXES = {
    "ambiguous-scalar": _ambiguous,
    "wrong-type": _wrong_type,
    "duplicate-key": _duplicate,
    "yaml-feature": _feature,
}
