"""Puts the values of a table's row where a scenario says `<name>`: in its steps, its title, its program and its start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..compiler.diagnostics import Label, Report
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.nearest import suggestion
from ..compiler.syntax.placed import PlacedText, place
from ..compiler.syntax.refusals import shown
from ..compiler.syntax.tree import Entry, Kind, Mapping, Node, Scalar
from ..compiler.syntax.tree import Sequence as List
from .tree import Row

COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
HOLE = re.compile(rf"<({COLUMN.pattern})>")


def read_rows(table: Node | None, report: Report) -> list[Row]:
    """The rows of a table, if there is one; rows whose keys are not those of the first are reported."""
    if not isinstance(table, List):
        return []
    rows = [row for row in table.items if isinstance(row, Mapping)]
    first = rows[0]
    for entry in first.entries:
        if COLUMN.fullmatch(entry.key.text) is None:
            report.error(
                "bad-value",
                entry.key.span,
                f"`{shown(entry.key.text)}` cannot be the name of a column",
                help="use letters, digits, `-` and `_`, beginning with a letter",
            )
    for row in rows[1:]:
        _compare(row, first, report)
    return [Row(number, row, row.span) for number, row in enumerate(rows, 1)]


def _compare(row: Mapping, first: Mapping, report: Report) -> None:
    known = [entry.key.text for entry in first.entries]
    labels = [Label(first.entries[0].key.span, "the columns are those of this row")] if known else []
    for entry in row.entries:
        if entry.key.text not in known:
            message = f"the first row has no `{shown(entry.key.text)}`"
            report.error(
                "unknown-key",
                entry.key.span,
                message,
                labels=labels,
                help=suggestion(entry.key.text, known),
            )
    strangers = [e.key.text for e in row.entries if e.key.text not in known]
    for key in known:
        # One that is misspelt is missing too, and has been reported.
        if row.get(key) is None and not strangers:
            start = row.entries[0].key.span if row.entries else row.span
            report.error(
                "missing-key",
                start,
                f"this row has no `{shown(key)}`",
                labels=labels,
                help=f"add `{shown(key)}:`",
            )


def scalars(node: Node) -> Iterator[Scalar]:
    """All keys and values in a node, in file order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from scalars(entry.value)
    else:
        for item in node.items:
            yield from scalars(item)


def check_holes(parts: Sequence[Node], rows: Sequence[Row], source: SourceFile, report: Report) -> None:
    """Report names in parts of a scenario that no column has, and columns that nothing asks for."""
    columns = [entry.key for entry in rows[0].values.entries] if rows else []
    known = [key.text for key in columns]
    asked: set[str] = set()
    for scalar in (s for part in parts for s in scalars(part)):
        for hole in HOLE.finditer(scalar.text):
            asked.add(hole[1])
            if hole[1] not in known:
                span = place(source, scalar).span(*hole.span())
                message = f"no row has a `{shown(hole[1])}`" if rows else "the scenario has no `rows`"
                help = (
                    suggestion(hole[1], known) if rows else f"add `rows:` with a `{shown(hole[1])}` in each"
                )
                report.error("unknown-name", span, message, help=help)
    for key in columns:
        if key.text not in asked:
            message = f"nothing asks for `<{shown(key.text)}>`"
            report.error(
                "unknown-key", key.span, message, help="use it in a step, or leave it out of all rows"
            )


def value_at(written: str, row: Row) -> Node | None:
    """What a row has for a part of a step that is nothing but `<name>`, perhaps in quotes; none for other parts."""
    hole = HOLE.fullmatch(written.strip("\"'"))
    return row.values.get(hole[1]) if hole else None


class Filler:
    """Fills the holes of one scenario with the values of one row; without a row everything stays as it is."""

    def __init__(self, source: SourceFile, row: Row | None) -> None:
        self._source = source
        self._values = {} if row is None else {e.key.text: e.value for e in row.values.entries}
        # What a scalar that was put together says, with the places of its characters in the step.
        self._placed: dict[Span, PlacedText] = {}

    def placed(self, scalar: Scalar) -> PlacedText:
        """The text of a filled scalar with the place of each character; a value stands where its name did."""
        found = self._placed.get(scalar.span)
        return place(self._source, scalar) if found is None else found

    def text(self, text: str) -> str:
        """A text with its holes filled."""
        return HOLE.sub(lambda hole: self._value(hole[1]) or hole[0], text)

    def fill(self, node: Node) -> Node:
        """The node with its holes filled. A scalar that is nothing but a hole becomes the value, of its kind."""
        if not self._values:
            return node
        if isinstance(node, Scalar):
            return self._scalar(node)
        if isinstance(node, Mapping):
            entries = [Entry(self._scalar(e.key), self.fill(e.value)) for e in node.entries]
            return Mapping(tuple(entries), node.span)
        return List(tuple(self.fill(item) for item in node.items), node.span)

    def _value(self, name: str) -> str | None:
        value = self._values.get(name)
        return value.text if isinstance(value, Scalar) else None

    def _scalar(self, scalar: Scalar) -> Scalar:
        whole = HOLE.fullmatch(scalar.text)
        value = self._values.get(whole[1]) if whole else None
        if isinstance(value, Scalar):
            self._placed[scalar.span] = _all_at(value.text, scalar.span)
            return Scalar(value.kind, value.text, scalar.span, value.style)
        if not HOLE.search(scalar.text):
            return scalar
        placed = self._filled(place(self._source, scalar))
        self._placed[scalar.span] = placed
        return Scalar(Kind.TEXT, placed.text, scalar.span, scalar.style)

    def _filled(self, written: PlacedText) -> PlacedText:
        text, starts, ends, done = "", [], [], 0
        for hole in HOLE.finditer(written.text):
            value = self._value(hole[1])
            if value is None:
                continue
            before, span = slice(done, hole.start()), written.span(*hole.span())
            text += written.text[before] + value
            starts += [*written.starts[before], *[span.start] * len(value)]
            ends += [*written.ends[before], *[span.end] * len(value)]
            done = hole.end()
        rest = slice(done, len(written.text))
        return PlacedText(
            text + written.text[rest], [*starts, *written.starts[rest]], [*ends, *written.ends[rest]]
        )


def _all_at(text: str, span: Span) -> PlacedText:
    return PlacedText(text, [span.start] * len(text), [span.end] * len(text))
