"""From a file's text to its document: the strict YAML of program files, every node with its exact span.

The C parser's *events* are walked with a stack of open collections, never by recursion: its own `load` and
`compose` crash the process on deep nesting. What it gets wrong is mended here: block collections end where
their last child does, and block scalars with their last line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from ..diagnostics import Report
from ..source import SourceFile, Span
from .characters import check_characters, line_end
from .comments import comments_between
from .plain_scalars import kind_of_plain
from .refusals import Refusals
from .tree import Document, Entry, Kind, Mapping, Node, Scalar, Sequence, Style

MAX_DEPTH = 32
MAX_NODES = 100_000

_PARSER: Final[Any] = getattr(yaml, "CLoader", yaml.Loader)
_STYLES = {"'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL, ">": Style.FOLDED}


@dataclass(frozen=True, slots=True)
class FileKind:
    """What messages call a file of a kind, and how one begins."""

    name: str
    begins: str


PROGRAM = FileKind("a program file", "begin with `tiercel: 1` and `program:`")


def read_document(source: SourceFile, report: Report, kind: FileKind = PROGRAM) -> Document | None:
    """Read a file's YAML, a program's if no other kind is given, and report all that language.md refuses there.

    None where there is no mapping at the top, or where its end cannot be known. A document that comes with
    errors lacks the refused keys and their values; a refused value stands in it as a text whose span is the
    one that was reported.
    """
    if not check_characters(source, report):
        return None
    reader = _Reader(source, report)
    try:
        complete = reader.read()
    except yaml.YAMLError as error:
        from .yaml_errors import report_syntax_error  # most files need none of it

        report_syntax_error(source, error, reader.last, reader.open_bracket, report)
        return None
    document = reader.document(kind) if complete else None
    if document is not None and report.diagnostics and kind is PROGRAM:  # of which fixes know the schema
        from .fixes_of_refusals import Read, with_fixes

        read = Read(source.text, document, reader.dropped, reader.anchored)
        report.diagnostics[:] = with_fixes(read, tuple(report.diagnostics))
    return document


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen. In a mapping `key` is the one that waits for its value."""

    mapping: bool
    bracketed: bool
    start: int
    end: int
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: Node | None = None
    refused: bool = False  # of the key: its value is read, and dropped
    anchor: str = ""

    def close(self, end: int) -> Node:
        """The collection; `end` is where the event that closes it ends, which holds for brackets alone."""
        span = Span(self.start, end if self.bracketed else self.end)
        return (
            Mapping(tuple(self.entries.values()), span) if self.mapping else Sequence(tuple(self.items), span)
        )


class _Reader:
    """Builds the tree from events. `last` is the scalar read last: it tells what a syntax error is about."""

    def __init__(self, source: SourceFile, report: Report) -> None:
        self.text = source.text
        self.refusals = Refusals(source.text, report)
        self.stack: list[_Open] = []
        self.opaque: list[Span] = []  # where a `#` is no comment
        self.dropped: dict[int, list[Entry]] = {}  # entries that were refused, by where their mapping starts
        self.anchored: dict[str, Span] = {}  # what stands in one line behind an anchor
        self.root: Node | None = None
        self.last: Scalar | None = None
        self.nodes = 0
        self.documents = 0
        self.too_large = False

    def read(self) -> bool:
        """Walk the events; whether the first document was read to its end."""
        actions: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._start_document,
        }
        for event in self._events():
            action = actions.get(type(event))
            if action:
                action(event)
            if self.too_large or self.documents > 1:
                break
        return not self.too_large

    def document(self, kind: FileKind) -> Document | None:
        """The document; none, with an error, where there is no mapping at the top."""
        if isinstance(self.root, Mapping):
            return Document(self.root, tuple(comments_between(self.text, self.opaque)))
        self.refusals.top(self.root, kind.name, kind.begins)
        return None

    def _events(self) -> Iterator[yaml.Event]:
        parser = _PARSER(self.text)
        try:
            while event := parser.get_event():
                yield event
        finally:
            parser.dispose()

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refusals.second_document(_span(event))
        elif event.tags:
            self.refusals.tag_directive(_span(event))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        span = _span(event)
        if event.tag or event.anchor or self.text[span.start : span.start + 1] in ("!", "&"):
            place, span = self.refusals.properties(span, self._key)
            if not event.value and not event.style:
                self._add(Scalar(Kind.TEXT, "", place))
                return
        style = _STYLES.get(event.style or "", Style.PLAIN)
        if style in (Style.LITERAL, Style.FOLDED):
            self.opaque.append(Span(min(line_end(self.text, span.start), span.end), span.end))
            span = Span(span.start, span.start + len(self.text[span.start : span.end].rstrip()))
        else:
            self.opaque.append(span)
        if event.anchor and style not in (Style.LITERAL, Style.FOLDED):
            self.anchored[event.anchor] = span
        self.last = self._resolve(event.value, span, style)
        self._add(self.last)

    def _alias(self, event: yaml.AliasEvent) -> None:
        span = _span(event)
        self.refusals.alias(span, self._key)
        self._add(Scalar(Kind.TEXT, self.text[span.start : span.end], span))

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        span = _span(event)
        if event.anchor or event.tag:
            _, span = self.refusals.properties(span, self._key)
        if len(self.stack) == MAX_DEPTH:
            self._stop(Span(span.start, span.start + 1), f"the file nests deeper than {MAX_DEPTH} levels")
            return
        mapping = isinstance(event, yaml.MappingStartEvent)
        # A pair in a list, `[a: 1]`, is a mapping in flow style without braces.
        bracketed = bool(event.flow_style) and self.text[span.start] in "[{"
        self.stack.append(_Open(mapping, bracketed, span.start, span.start, anchor=event.anchor or ""))

    def _close(self, event: yaml.MappingEndEvent | yaml.SequenceEndEvent) -> None:
        closed = self.stack.pop()
        node = closed.close(_span(event).end)
        if closed.anchor and closed.bracketed:
            self.anchored[closed.anchor] = node.span
        self._add(node)

    def _resolve(self, value: str, span: Span, style: Style) -> Scalar:
        """The scalar; one that is empty or ambiguous is reported."""
        if style is Style.PLAIN and value:
            kind = kind_of_plain(value)
            if kind is None:
                self.refusals.ambiguous(value, span, as_key=self._expects_key)
            return Scalar(kind or Kind.TEXT, value, span, style)
        if style in (Style.SINGLE, Style.DOUBLE) or value.strip():
            return Scalar(Kind.TEXT, value, span, style)
        if not self.stack:
            return Scalar(Kind.TEXT, value, span, style)
        if style is Style.PLAIN:
            span = self.refusals.empty(span, self._key, in_list=not self.stack[-1].mapping)
        else:
            self.refusals.empty_block(span, self._key)
        return Scalar(Kind.TEXT, value, span, style)

    def _add(self, node: Node) -> None:
        """Put a finished node where it belongs: the top, a list, or a mapping as key or value."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(node.span, f"the file has more than {MAX_NODES:,} keys, values and lists")
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.end = max(parent.end, node.span.end)
        if not parent.mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
            parent.refused = self.refusals.key(node, parent.entries)
        else:
            if isinstance(parent.key, Scalar) and parent.refused:
                self.dropped.setdefault(parent.start, []).append(Entry(parent.key, node))
            elif isinstance(parent.key, Scalar):
                parent.entries[parent.key.text] = Entry(parent.key, node)
            parent.key = None

    def _stop(self, span: Span, message: str) -> None:
        self.refusals.too_large(span, message)
        self.too_large = True

    @property
    def open_bracket(self) -> int | None:
        """Where the innermost collection in brackets begins whose end has not been seen."""
        return next((c.start for c in reversed(self.stack) if c.bracketed), None)

    @property
    def _key(self) -> Scalar | None:
        """The key whose value is being read, if it is one."""
        key = self.stack[-1].key if self.stack else None
        return key if isinstance(key, Scalar) else None

    @property
    def _expects_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].mapping and self.stack[-1].key is None


def _span(event: Any) -> Span:
    """An event's place: marks count code points, with a CRLF as two."""
    return Span(event.start_mark.index, event.end_mark.index)
