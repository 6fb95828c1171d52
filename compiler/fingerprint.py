"""Gives findings a fingerprint that stays the same when the file around them changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from posixpath import normpath
from typing import NamedTuple

from .diagnostics import Diagnostic, Report
from .source import SourceFile, Span
from .syntax.from_yaml import read_document
from .syntax.placed import place
from .syntax.tree import Document, Mapping, Scalar
from .syntax.way import Step, way


class Mark(NamedTuple):
    """By what a finding is known again: where it is, as `earn[everyday].when`, and its fingerprint."""

    at: str
    fingerprint: str


def fingerprints(source: SourceFile, diagnostics: Sequence[Diagnostic]) -> list[str]:
    """One for each diagnostic of a file, in their order, none twice: 32 hexadecimal digits.

    It is of the file's name, the diagnostic's name, the keys and ids on the way to what it points at, and of a text,
    or a part of one, the text itself, white space aside; of several alike, the order counts. So lines can come and
    go, keys and rules can change places, and the wording of messages can change.
    """
    return [mark.fingerprint for mark in marks(source, diagnostics, source.name)]


def marks(source: SourceFile, diagnostics: Sequence[Diagnostic], file: str) -> list[Mark]:
    """As `fingerprints`, for a file that is called `file`, with `/` between folders; and where each is, `""` where that is no key's value."""
    return list(_marks(source, diagnostics, normpath(file)))


def _marks(source: SourceFile, diagnostics: Sequence[Diagnostic], file: str) -> Iterator[Mark]:
    # What came of the file before is not at hand everywhere, and reading it again takes a moment.
    document = read_document(source, Report(source)) if diagnostics else None
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in diagnostics:
        at, text = _place(source, document, diagnostic.span)
        alike = (diagnostic.name, at, text)
        what = "\0".join((file, *alike, str(seen[alike])))
        seen[alike] += 1
        yield Mark(at, sha256(what.encode("utf-8", "surrogatepass")).hexdigest()[:32])


def _place(source: SourceFile, document: Document | None, span: Span) -> tuple[str, str]:
    """Where a place is, and what there is to say about it beyond that."""
    steps = way(document.root, span) if document else []
    if not steps:
        return "", _bare(source.text[span.start : span.end])
    at = "".join(map(_written, steps)).removeprefix(".")
    entry, value = steps[-1].entry, steps[-1].value
    in_key = entry is not None and span.end <= entry.key.span.end
    if in_key or not isinstance(value, Scalar):
        return at, ""
    return at, _bare(value.text if span == value.span else _part(source, value, span))


def _part(source: SourceFile, scalar: Scalar, span: Span) -> str:
    """What a part of a scalar's source stands for, so that it is the same in quotes and without."""
    placed = place(source, scalar)
    characters = zip(placed.text, placed.starts, placed.ends, strict=True)
    return "".join(c for c, start, end in characters if span.start <= start and end <= span.end)


def _written(step: Step) -> str:
    """`.key`, or `[id]` for an item of a list; for one without an id its type has to do."""
    if step.entry is not None:
        return f".{step.entry.key.text}"
    named = step.value.get("id") or step.value.get("type") if isinstance(step.value, Mapping) else None
    return f"[{named.text if isinstance(named, Scalar) else ''}]"


def _bare(text: str) -> str:
    """A text without white space, which layout changes."""
    return "".join(text.split())
