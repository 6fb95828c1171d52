"""Writes texts as YAML has to have them, and takes scalars, entries and items of lists out of a file or mends them.

What fixes are made of. Every edit keeps the layout around it, and its comments; where that is not possible, there is
none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Several

from ..diagnostics import Edit, Fix
from ..edits import edited
from ..source import Span
from .characters import line_end
from .plain_scalars import kind_of_plain
from .tree import Entry, Kind, Mapping, Node, Sequence

# What a plain scalar cannot begin with; `-`, `?` and `:` only before a space or, in brackets, a bracket or comma.
_INDICATORS = "!&*|>'\"%@`#,[]{}"
_BREAKS_PLAIN = re.compile(r"[^ -~\u00a1-\ud7ff\ue000-\ufefe\uff00-\ufffd]|: | #|:$|^[-?:](?: |$)|^[\s]|\s$")
_IN_BRACKETS = re.compile(r"[,\[\]{}]")
# What can end a value, or hide what could: quoted texts, brackets, commas, the beginning of a comment.
_MARKS = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*\"|'[^'\r\n]*'|[][(){},]|[ \t]+#")
_LINE_BREAK = re.compile(r"\r\n?|\n")
# Also none at all, where the text ends.
_EMPTY_LINES = re.compile(r"(?:[ \t]*(?:\r\n?|\n))+|\Z")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


# --- texts ------------------------------------------------------------------------------------------------------


def quoted(value: str) -> str:
    """A text in quotes: in double ones if it can stand in them as it is, else in those that need fewer escapes."""
    if "'" not in value and ("\\" in value or '"' in value) and value.isprintable():
        return f"'{value}'"
    return '"' + "".join(map(_escaped, value)) + '"'


def quoted_condition(value: str) -> str:
    """A condition on one line in quotes: single ones, since its texts are mostly in double ones."""
    line = " ".join(value.split())
    if "'" in line and '"' not in line and "\\" not in line:
        return f'"{line}"'
    return "'" + line.replace("'", "''") + "'"


def _escaped(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\U{code:08X}" if code > 0xFFFF else f"\\u{code:04X}"


def stands_plain(value: str, in_brackets: bool = True) -> bool:
    """Whether a text can stand without quotes, and is text then; in brackets fewer can."""
    if not value or value[0] in _INDICATORS or _BREAKS_PLAIN.search(value):
        return False
    if in_brackets and (_IN_BRACKETS.search(value) or value[0] in "-?:"):
        return False
    return kind_of_plain(value) is Kind.TEXT


def as_text(value: str) -> str:
    """A text as YAML has to have it: without quotes where that is possible everywhere."""
    return value if stands_plain(value) else quoted(value)


def in_quotes(text: str, start: int, bracketed: bool) -> Fix | None:
    """Puts the condition in quotes that begins at `start`, and that YAML takes for something of its own."""
    value = text[start : value_end(text, start, bracketed)].rstrip()
    condition = re.sub(r"^!(?=[\w(])", "not ", value)
    if not value or "\n" in value or "\r" in value:
        return None
    return Fix(
        "write the condition in quotes", (Edit(Span(start, start + len(value)), quoted_condition(condition)),)
    )


def value_end(text: str, start: int, bracketed: bool) -> int:
    """Where a value ends that YAML cannot read: before a comment, or the comma or brace behind it."""
    depth, end = 0, line_end(text, start)
    for found in _MARKS.finditer(text, start, end):
        mark = found[0]
        if mark.startswith(" "):
            return found.start()
        if bracketed and depth == 0 and mark in ",]}":
            return found.start()
        depth += (mark in "([{") - (mark in ")]}")
    return end


# --- parts of scalars -------------------------------------------------------------------------------------------


def in_scalar(text: str, scalar: Span, edits: Several[Edit]) -> tuple[Edit, ...]:
    """Edits of parts of a text scalar, such that they read in the file as they are meant.

    The edits' spans are those of the file, their texts are what is to stand in the value. A scalar without quotes
    that could not be one afterwards is put in quotes.
    """
    mark = text[scalar.start : scalar.start + 1]
    if mark == '"':
        return tuple(Edit(e.span, "".join(map(_escaped, e.text))) for e in edits)
    if mark == "'":
        return tuple(Edit(e.span, e.text.replace("'", "''")) for e in edits)
    if mark in ("|", ">"):
        return tuple(edits)
    return _in_plain(text, scalar, tuple(edits))


def _in_plain(text: str, scalar: Span, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    before = text[scalar.start : scalar.end]
    moved = [Edit(Span(e.span.start - scalar.start, e.span.end - scalar.start), e.text) for e in edits]
    after = " ".join(edited(before, moved).split())
    # What has commas or brackets before and is plain does not stand in brackets of YAML's own.
    if stands_plain(after, in_brackets=not _IN_BRACKETS.search(before)):
        return edits
    return (Edit(scalar, quoted_condition(after)),)


# --- entries and items ------------------------------------------------------------------------------------------


def without_entry(text: str, mapping: Mapping, entry: Entry) -> tuple[Edit, ...] | None:
    """Takes an entry out of its mapping; none where nothing would be left of it, or something else would be lost."""
    spans = [whole_entry(text, e) for e in mapping.entries]
    index = next((i for i, e in enumerate(mapping.entries) if e.key.span == entry.key.span), None)
    if index is None:
        spans = sorted([*spans, whole_entry(text, entry)])
        index = spans.index(whole_entry(text, entry))
    return _without(text, mapping, spans, index)


def without_item(text: str, sequence: Sequence, item: Node) -> tuple[Edit, ...] | None:
    """Takes an item out of its list; none where nothing would be left of it, or a comment would be lost."""
    spans = [_with_dash(text, sequence, i.span) for i in sequence.items]
    index = next((i for i, other in enumerate(sequence.items) if other.span == item.span), None)
    return None if index is None else _without(text, sequence, spans, index)


def new_entry(text: str, mapping: Mapping, entry: str) -> Edit:
    """Puts an entry on one line behind the last of a mapping."""
    last = whole_entry(text, mapping.entries[-1])
    if is_bracketed(text, mapping):
        return Edit(Span(last.end, last.end), f", {entry}")
    first = mapping.entries[0].key.span.start
    column = first - line_start(text, first)
    end = line_end(text, last.end)
    return Edit(Span(end, end), line_break(text) + " " * column + entry)


def whole_entry(text: str, entry: Entry) -> Span:
    """From a key to the end of its value; of one without a value, to its colon."""
    if entry.value.span.start >= entry.key.span.end:
        return Span(entry.key.span.start, entry.value.span.end)
    colon = text.find(":", entry.key.span.end)
    return Span(entry.key.span.start, colon + 1)


def _with_dash(text: str, sequence: Sequence, item: Span) -> Span:
    # An item that is empty has its dash for its place.
    if is_bracketed(text, sequence) or text[item.start : item.end] == "-":
        return item
    return Span(text.rfind("-", 0, max(item.start, sequence.span.start + 1)), item.end)


def is_bracketed(text: str, collection: Mapping | Sequence) -> bool:
    """Whether a mapping or a list is in brackets."""
    return text[collection.span.start : collection.span.start + 1] in ("[", "{")


def _without(
    text: str, collection: Mapping | Sequence, spans: list[Span], index: int
) -> tuple[Edit, ...] | None:
    if len(spans) < 2:
        return None
    in_row = is_bracketed(text, collection)
    span = _in_row(spans, index) if in_row else _on_lines(text, spans, index)
    before, behind = text[span.start : spans[index].start], text[spans[index].end : span.end]
    if not in_row:
        behind = re.sub(r"^[ \t]+#.*", "", behind)  # a comment on its last line is one about it
    # Nothing but commas, dashes and space may go besides: no other comment, nor an entry that was not read.
    return (Edit(span, ""),) if not (before + behind).strip(" \t\r\n,-") else None


def _in_row(spans: list[Span], index: int) -> Span:
    if index + 1 < len(spans):
        return Span(spans[index].start, spans[index + 1].start)
    return Span(spans[index - 1].end, spans[index].end)


def _on_lines(text: str, spans: list[Span], index: int) -> Span:
    """Whole lines; of what shares its first line with a dash, up to what follows."""
    start, end = spans[index]
    begins = line_start(text, start)
    if text[begins:start].strip():
        return _in_row(spans, index)
    ends = line_end(text, end)
    found = _LINE_BREAK.match(text, ends)
    stays = begins
    while text[stays - 1 : stays] in ("\r", "\n"):
        stays -= 1
    if not found:
        # The last line of a file has no line break of its own to go with it.
        return Span(stays, ends)
    above, below = _LINE_BREAK.match(text, stays), _EMPTY_LINES.match(text, found.end())
    if above and above.end() < begins and below:
        # The empty lines above set what follows apart, or end up at the end of the file.
        return Span(begins, below.end()) if below.end() < len(text) else Span(above.end(), below.end())
    return Span(begins, found.end())


# --- places -----------------------------------------------------------------------------------------------------


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_break(text: str) -> str:
    """How the lines of a file end: as its first one does."""
    found = _LINE_BREAK.search(text)
    return found[0] if found else "\n"
