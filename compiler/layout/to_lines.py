"""From a document with its comments to the lines of its canonical layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..source import SourceFile
from ..syntax.tree import Document, Mapping, Scalar
from ..syntax.tree import Sequence as List
from .attached import Group, Note, Page, Part
from .forms import Form, Keys, Leaf, form_under, items_of, keys_of, leaf_of
from .numbers import decimals_of
from .scalars import Terms, key_text, on_lines, on_one_line

WIDTH = 100
INDENT = 2


def lines_of(page: Page, document: Document, source: SourceFile, order: Keys) -> list[str]:
    """The lines of a file, without their ends."""
    printer = _Printer(Terms(source, decimals_of(document)), tuple(ladder_of(document)))
    return list(printer.page(page, order))


def ladder_of(document: Document) -> Iterator[str]:
    """The ids of the tiers, lowest first, as far as the file gives them."""
    vip = document.root.get("vip")
    tiers = vip.get("tiers") if isinstance(vip, Mapping) else None
    for tier in tiers.items if isinstance(tiers, List) else ():
        found = tier.get("id") if isinstance(tier, Mapping) else None
        if isinstance(found, Scalar):
            yield found.text


@dataclass(slots=True)
class _Unit:
    """The lines of a part, and what stands above them; `gap`: an empty line between the two."""

    blank: bool
    lead: list[Note]
    gap: bool
    body: list[str]


class _Printer:
    """Prints with the terms of one file; `ladder` are the ids of its tiers."""

    def __init__(self, terms: Terms, ladder: tuple[str, ...]) -> None:
        self.terms, self.ladder = terms, ladder

    def page(self, page: Page, order: Keys) -> Iterator[str]:
        yield from _notes(page.before, 0)
        root = page.root.value
        assert isinstance(root, Group)
        gap = page.gap and bool(page.before)
        flat = self._flat_as_written(page.root, order)
        if flat is not None:
            yield from [""] if gap else []
            yield from _notes(page.root.lead, 0)
            yield _with_comment(flat, page.root.trail)
            yield from _notes(root.foot, 0, first=True)
            return
        units = self._units(root, order, 0)
        for index, unit in enumerate(units):
            unit.blank = gap if index == 0 else True
        head = [*page.root.lead, *_quiet(page.root.trail), *root.head]
        yield from self._block(head, units, root.foot, 0, gap)

    def _units(self, group: Group, form: Form, column: int, pinned: bool = False) -> list[_Unit]:
        """The parts of a collection; with `pinned` the first of them keeps its place."""
        parts = self._ordered(group, form, pinned)
        units = [self._unit(part, form_under(form, part.name), column) for part in parts]
        for unit in units[:1]:
            unit.blank = bool(group.head)
        return units

    def _ordered(self, group: Group, form: Form, pinned: bool = False) -> list[Part]:
        """The parts by their keys; one that a comment to the checker speaks about keeps the first place."""
        first = 1 if group.parts and group.column and (pinned or group.parts[0].covered) else 0
        return group.parts[:first] + self._by_keys(group, form, group.parts[first:])

    def _by_keys(self, group: Group, form: Form, parts: list[Part]) -> list[Part]:
        if not group.mapping:
            return parts
        keys = keys_of(form)
        places = {key: place for place, key in enumerate(self.ladder if keys.ladder else keys.forms)}
        end = -1 if keys.others_first else len(places)
        return sorted(parts, key=lambda part: places.get(part.name or "", end))

    def _block(
        self, head: Sequence[Note], units: Iterable[_Unit], foot: Sequence[Note], column: int, blank: bool
    ) -> Iterator[str]:
        """The lines of a collection; `blank`: an empty line may come first."""
        yield from _notes(head, column, first=blank)
        for index, unit in enumerate(units):
            if unit.blank and (index or head or blank):
                yield ""
            yield from _notes(unit.lead, column)
            yield from [""] if unit.gap else []
            yield from unit.body
        yield from _notes(foot, column, first=True)

    def _unit(self, part: Part, form: Form, column: int) -> _Unit:
        if part.key is None:
            part = self._hoisted(part, form)
        value = part.value
        lead = [*part.lead, *_quiet(part.trail[:-1])]
        if isinstance(value, Scalar):
            body = self._scalar(part, value, leaf_of(form), column)
        elif (flat := self._flat_value(part, value, form, column)) is not None:
            body = [_with_comment(flat, part.trail[-1:])]
        elif part.key is None:
            lead = [*part.lead, *_quiet(part.trail)]
            body = self._item(part, value, form, column)
        else:
            lead = part.lead
            body = self._entry(part, value, form, column)
        return _Unit(lead[0].blank if part.lead else part.blank, lead, part.blank and bool(part.lead), body)

    def _hoisted(self, part: Part, form: Form) -> Part:
        """An item with what stands above its first part: on the line of the dash it has to stand above the dash."""
        group = part.value
        if isinstance(group, Scalar) or not group.parts:
            return part
        first, *others = self._ordered(group, form, part.covered)
        if first.key is None:
            first = self._hoisted(first, form_under(form, None))
        first = replace(first, on_covered_line=first.covered or part.covered)
        if not (group.head or first.lead):
            return replace(part, value=replace(group, parts=[first, *others]))
        notes = [replace(note) for note in (*group.head, *first.lead)]
        if first.lead:
            notes[len(group.head)].blank = bool(group.head)
        notes[0].blank = part.blank
        blank = first.blank if first.lead else True
        inner = replace(group, head=[], parts=[replace(first, lead=[], blank=False), *others])
        return replace(part, value=inner, blank=blank, lead=[*part.lead, *notes])

    def _scalar(self, part: Part, scalar: Scalar, leaf: Leaf, column: int) -> list[str]:
        start = self._start(part, column)
        trail = part.trail[-1:]
        room, deep_room = WIDTH - len(start), WIDTH - column - INDENT
        close = any(_may_be_text(note, leaf) for note in trail)
        first, *rest = on_lines(scalar, leaf, self.terms, room, deep_room, close)
        pad = " " * (column + INDENT)
        return [_with_comment(start + first, trail, close), *(pad + line if line else "" for line in rest)]

    def _entry(self, part: Part, group: Group, form: Form, column: int) -> list[str]:
        start = self._start(part, column).rstrip(" ")
        inner = column + INDENT
        block = self._block(
            group.head, self._units(group, form, inner), [*group.foot, *_quiet(part.trail[1:])], inner, False
        )
        return [_with_comment(start, part.trail[:1]), *block]

    def _item(self, part: Part, group: Group, form: Form, column: int) -> list[str]:
        inner = column + INDENT
        first, *others = self._units(group, form, inner, part.covered)
        below = self._block([], others, group.foot, inner, True)
        return [f"{' ' * column}- {first.body[0][inner:]}", *first.body[1:], *below]

    def _flat_value(self, part: Part, group: Group, form: Form, column: int) -> str | None:
        """The line of a part whose collection shares it; none where that has lines of its own."""
        start = self._start(part, column)
        if not group.parts and not _has_comments(group):
            return start + ("{}" if group.mapping else "[]")
        if part.covered:
            flat = self._flat_as_written(part, form)
        else:
            may = keys_of(form).flow if group.mapping else items_of(form).flow
            flat = self._flat(group, form, WIDTH - len(start)) if may else None
        return None if flat is None else start + flat

    def _flat_as_written(self, part: Part, form: Form) -> str | None:
        """A collection in brackets about whose line a comment to the checker speaks: all that is on it stays there."""
        group = part.value
        assert isinstance(group, Group)
        return self._flat(group, form, None) if part.covered and group.bracketed else None

    def _flat(self, group: Group, form: Form, room: int | None) -> str | None:
        """A collection on one line; none where it has comments, or takes more than the room."""
        if _has_comments(group):
            return None
        texts: list[str] = []
        used = 2
        for part in self._by_keys(group, form, group.parts):  # on one line, whichever is first
            left = None if room is None else room - used
            text = None if _part_has_comments(part) else self._flat_part(part, form, left)
            if text is None or (left is not None and len(text) > left):
                return None
            texts.append(text)
            used += len(text) + (2 if used > 2 else 0)
        inside = ", ".join(texts)
        whole = f"{{{inside}}}" if group.mapping else f"[{inside}]"
        return whole if room is None or len(whole) <= room else None

    def _flat_part(self, part: Part, form: Form, room: int | None) -> str | None:
        start = f"{key_text(part.key, self.terms, True)}: " if part.key else ""
        its = form_under(form, part.name)
        if isinstance(part.value, Scalar):
            return start + on_one_line(part.value, leaf_of(its), self.terms, True)
        flat = self._flat(part.value, its, None if room is None else room - len(start))
        if flat and part.key is None and keys_of(its).bare_pair and _is_pair(part.value):
            return flat[1:-1]
        return None if flat is None else start + flat

    def _start(self, part: Part, column: int) -> str:
        """What stands on a part's line before its value."""
        return " " * column + (f"{key_text(part.key, self.terms, False)}: " if part.key else "- ")


def _is_pair(group: Group) -> bool:
    return group.mapping and len(group.parts) == 1


def _may_be_text(note: Note, leaf: Leaf) -> bool:
    """Whether a comment may have been meant as part of the text before it, so that no space may be added.

    The finding `unquoted-hash` goes by the same.
    """
    if not note.close or note.text.removeprefix("#").lstrip().startswith("tiercel:"):
        return False
    return leaf is Leaf.CONDITION or (leaf is Leaf.TEXT and note.text[1:2].strip("#! ") != "")


def _with_comment(line: str, trail: Sequence[Note], close: bool = False) -> str:
    return f"{line}{' ' if close else '  '}{trail[0].text}" if trail else line


def _notes(notes: Iterable[Note], column: int, first: bool = False) -> Iterator[str]:
    """The lines of comments; an empty line before the first only with `first`."""
    for note in notes:
        if note.blank and first:
            yield ""
        first = True
        yield " " * column + note.text


def _quiet(notes: Iterable[Note]) -> list[Note]:
    """Comments that stood behind something, now on lines of their own."""
    return [Note(note.text) for note in notes]


def _has_comments(group: Group) -> bool:
    return bool(group.head or group.foot)


def _part_has_comments(part: Part) -> bool:
    return bool(part.lead or part.trail)
