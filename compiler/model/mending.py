"""The fixes that findings of the model have in common: writing something else, and leaving something out."""

from __future__ import annotations

import re
from datetime import date, time

from ..diagnostics import Diagnostic, Edit, Fix
from ..source import Span
from ..syntax.tree import Entry, Mapping, Node, Scalar, Sequence
from .excerpts import shortened

_LOOSE_MOMENT = r"""([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})
        (?:(?:[Tt]|[ ]+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?[ ]*(Z|z|[+-]00:?00)?)?"""  # not compiled until a moment is wrong


def write(span: Span, text: str, *, safe: bool = True, as_value: bool = False) -> Fix:
    """Writes a text in place of what stands there; with `as_value` in quotes, where YAML needs them."""
    if as_value:
        from ..syntax.rewrites import as_text

        text = as_text(text)
    return Fix(f"write {shortened(text)}", (Edit(span, text),), safe)


def removal(text: str, holder: Node | None, part: Entry | Node | None) -> list[Fix]:
    """Leaves out an entry of a mapping, which customers may notice, or an item of a list that is there twice."""
    from ..syntax.rewrites import without_entry, without_item

    if isinstance(holder, Mapping) and isinstance(part, Entry):
        edits = without_entry(text, holder, part)
        return [Fix(f"leave out {shortened(part.key.text)}", edits, safe=False)] if edits else []
    if isinstance(holder, Sequence) and isinstance(part, Scalar):
        edits = without_item(text, holder, part)
        return [Fix(f"leave out {shortened(part.text)}", edits)] if edits else []
    return []


def without_key(text: str, root: Mapping, section: str, key: str) -> list[Fix]:
    """Leaves out a key of a section; where it is the only one, the section itself."""
    whole = root.entry(section)
    holder = whole.value if whole else None
    if isinstance(holder, Mapping) and len(holder.entries) > 1:
        return removal(text, holder, holder.entry(key))
    return removal(text, root, whole)


def addition(text: str, holder: Mapping, key: str, value: str) -> Edit:
    """Has a value under a key of a mapping, in place of what stands there or behind everything else."""
    from ..syntax.rewrites import new_entry

    there = holder.get(key)
    return new_entry(text, holder, f"{key}: {value}") if there is None else Edit(there.span, value)


def without_zeros(number: str, most: int, span: Span) -> list[Fix]:
    """The number with as many decimals as it may have, where only zeros are lost.

    Three of them may be meant as thousands: `1.000`.
    """
    whole, _, decimals = number.partition(".")
    kept = decimals[:most]
    if decimals[most:].strip("0") or len(decimals) == 3:
        return []
    return [write(span, f"{whole}.{kept}" if kept else whole)]


def moment_in_full(text: str, span: Span, zone: str) -> list[Fix]:
    """The moment that a text means, as the language writes it; in UTC an offset of nothing says nothing."""
    found = re.fullmatch(_LOOSE_MOMENT, text, re.VERBOSE)
    if found is None or (found[8] and zone != "UTC"):
        return []
    day, clock = _day(found), _clock(found)
    if day is None or (found[5] and clock is None):
        return []
    meant = f"{day}T{clock}" if clock else day
    return [write(span, meant)] if meant != text else []


def date_in_full(text: str, span: Span) -> list[Fix]:
    """The same for a date in a condition."""
    found = re.fullmatch(_LOOSE_MOMENT, text, re.VERBOSE)
    day = _day(found) if found and not found[5] else None
    return [write(span, f'date("{day}")')] if day else []


def _day(found: re.Match[str]) -> str | None:
    try:
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> str | None:
    if not found[5]:
        return None
    try:
        clock = time(int(found[5]), int(found[6]), int(found[7] or 0))
    except ValueError:
        return None
    return clock.isoformat("seconds" if found[7] else "minutes")


def fitted(found: Diagnostic, text: str, scalar: Span) -> Diagnostic:
    """A finding in a condition, its fixes such that they read in the file as they are meant in the condition.

    Where the file writes the condition so that its characters have no places of their own, it keeps no fix.
    """
    from dataclasses import replace

    fixes = (_fitted(fix, text, scalar) for fix in found.fixes)
    return replace(found, fixes=tuple(fix for fix in fixes if fix))


def _fitted(fix: Fix, text: str, scalar: Span) -> Fix | None:
    from ..syntax.rewrites import in_scalar

    if any(edit.span.end > scalar.end for edit in fix.edits):
        return fix  # it puts the condition in quotes, and takes in what is behind it
    if any(edit.span == scalar for edit in fix.edits) and text[scalar.start] in "\"'|>":
        return None
    return Fix(fix.message, in_scalar(text, scalar, fix.edits), fix.safe)
