"""From a document and its text to the same with comments: which comment and empty line belongs to what.

A comment behind something belongs to that. One with a line to itself belongs to what follows; but where
collections end before it, to the innermost of them that is not indented further than the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..source import SourceFile, Span
from ..syntax.tree import Document, Mapping, Node, Scalar, Sequence, Style
from .attached import Group, Note, Page, Part

_EMPTY_LINE: Final = re.compile(r"\n[ \t\r]*\n|\r[ \t]*\r(?!\n)")
_BREAK: Final = re.compile(r"[\r\n]")
# Before the document there are, comments aside, only these.
_MARKER: Final = re.compile(r"^(?:%[^\r\n#]*|---)", re.MULTILINE)


def attach(document: Document, source: SourceFile) -> Page:
    """The document with its comments and empty lines."""
    return _Attaching(document, source).page()


class _OwnLine(NamedTuple):
    """A comment that has its line to itself, and its column; `inside`: the dash of what follows stands before it."""

    note: Note
    column: int
    inside: bool


class _Attaching:
    """Walks the tree in file order, beside the comments.

    All before `end` has been seen, and a comment on the line of `end` is about `last`. `closed` are the
    collections that have ended since a part began, innermost first.
    """

    def __init__(self, document: Document, source: SourceFile) -> None:
        self.source, self.text = source, source.text
        self.node, self.comments = document.root, document.comments
        self.next = self.end = 0
        self.closed: list[Group] = []
        self.inside: list[Note] = []  # comments between a dash and the first part of the collection behind it
        self.inside_gap = False
        self.root = Part(None, self._group(document.root))
        self.last = self.root

    def page(self) -> Page:
        start = self.node.span.start
        before = list(self._before(start))
        gap = self._empty_line(start)
        stack = _stack(before, gap)
        directed = before[stack:] if any(note.directive for note in before[stack:]) else []
        del before[len(before) - len(directed) :]
        self.end = start
        group = self.root.value
        assert isinstance(group, Group)
        self._fill(self.root, group, self.node, outside=-1)
        self._give(list(self._own_lines(len(self.text))), group.foot)
        first = self.root if self._bracketed(self.node) or not group.parts else group.parts[0]
        first.lead[:0] = directed
        return Page(before, directed[0].blank if directed else gap, self.root)

    def _before(self, stop: int) -> Iterator[Note]:
        """Comments, `%YAML` and `---` before the document."""
        comments = [comment.span for comment in self.comments if comment.span.start < stop]
        self.next = len(comments)
        markers = [Span(*marker.span()) for marker in _MARKER.finditer(self.text, 0, stop)]
        for span in sorted(comments + markers):
            yield Note(self.text[span.start : span.end].rstrip(), self._empty_line(span.start))
            self.end = span.end

    def _fill(self, owner: Part, group: Group, node: Mapping | Sequence, outside: int) -> None:
        """Read the parts of a collection; `outside` is the column of the one around it."""
        bracketed = self._bracketed(node)
        if bracketed:
            self.last, self.end = owner, node.span.start + 1
        for key, value in _parts(node):
            self._part(group, key, value)
        if bracketed:
            self._give(list(self._own_lines(node.span.end - 1)), group.foot)
            self.last, self.end = owner, node.span.end
        elif group.column > outside:
            # A list that is not indented further than its key ends where the mapping goes on.
            self.closed.append(group)

    def _part(self, group: Group, key: Scalar | None, value: Node) -> None:
        start = (key or value).span.start
        part = Part(key, value if isinstance(value, Scalar) else self._group(value))
        lead = self._lead(start, part)
        if not group.parts:
            split = _stack(lead, part.blank)
            group.head, lead = lead[:split], lead[split:]
        part.lead = lead
        group.parts.append(part)
        self.last, self.end = part, key.span.end if key else start
        if isinstance(value, Scalar):
            self._scalar(part, value)
        else:
            assert isinstance(part.value, Group)
            self._fill(part, part.value, value, group.column)

    def _scalar(self, part: Part, value: Scalar) -> None:
        part.lead += [own.note for own in self._own_lines(value.span.start)]
        while self._comes_before(value.span.end):  # behind the `|` or `>` that begins a text
            part.trail.append(Note(self.comments[self.next].text.rstrip()))
            self.next += 1
        self.end = value.span.end

    def _lead(self, start: int, part: Part) -> list[Note]:
        """The comments that belong to a part that begins here, once those are given away that do not.

        One that speaks to the checker about the line below stays with that line, and so do those between the two.
        """
        found = list(self._own_lines(start))
        notes, self.inside = self.inside, [own.note for own in found if own.inside]
        part.blank, self.inside_gap = self.inside_gap, self._empty_line(start)
        if not self.inside or not isinstance(part.value, Group) or self.text[start] in "[{":
            part.blank, self.inside_gap = part.blank or self.inside_gap, False
            self.inside, lead = [], found
        else:
            part.blank, self.inside[0].blank = self.inside[0].blank, False
            lead = [own for own in found if not own.inside]
        stack = _stack([own.note for own in lead], part.blank)
        kept = next(
            (i for i, own in enumerate(lead) if own.inside or (i >= stack and own.note.directive)), len(lead)
        )
        self._give(lead[:kept], notes)
        return notes + [own.note for own in lead[kept:]]

    def _give(self, found: list[_OwnLine], rest: list[Note]) -> None:
        """Give each comment to the collection that it ends, or to the rest."""
        for note, column, _ in found:
            while self.closed and self.closed[0].column > column:
                del self.closed[0]
            (self.closed[0].foot if self.closed else rest).append(note)
        self.closed.clear()

    def _own_lines(self, stop: int) -> Iterator[_OwnLine]:
        """The comments before `stop` that have a line to themselves; others go to what they stand behind."""
        inside = False
        while self._comes_before(stop):
            comment = self.comments[self.next]
            start = comment.span.start
            self.next += 1
            note = Note(comment.text.rstrip(), self._empty_line(start))
            before = self.text[self.end : start]
            inside = inside or "-" in before
            if _BREAK.search(before) or (start and not self.end):
                yield _OwnLine(note, self._column(start), inside)
            else:
                note.close = self._close(start)
                self.last.trail.append(note)
            self.end = comment.span.end

    def _close(self, comment: int) -> bool:
        value = self.last.value
        plain = isinstance(value, Scalar) and value.style is Style.PLAIN and value.span.end == self.end
        return plain and comment == self.end + 1

    def _comes_before(self, stop: int) -> bool:
        return self.next < len(self.comments) and self.comments[self.next].span.start < stop

    def _group(self, node: Mapping | Sequence) -> Group:
        return Group(isinstance(node, Mapping), self._column(node.span.start), self._bracketed(node))

    def _bracketed(self, node: Mapping | Sequence) -> bool:
        return self.text[node.span.start] in "[{"

    def _column(self, offset: int) -> int:
        return self.source.position(offset)[1] - 1

    def _empty_line(self, offset: int) -> bool:
        """Whether an empty line stands between what was seen last and the offset."""
        return _EMPTY_LINE.search(self.text, self.end, offset) is not None


def _parts(node: Mapping | Sequence) -> Iterator[tuple[Scalar | None, Node]]:
    if isinstance(node, Mapping):
        yield from ((entry.key, entry.value) for entry in node.entries)
    else:
        yield from ((None, item) for item in node.items)


def _stack(notes: list[Note], gap: bool) -> int:
    """Where the last comments begin that no empty line sets apart from each other, or (`gap`) from what follows."""
    if gap:
        return len(notes)
    return max((i for i, note in enumerate(notes) if note.blank), default=0)
