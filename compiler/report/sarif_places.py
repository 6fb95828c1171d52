"""Places as SARIF has them: artifacts by relative URIs, and regions of lines and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from ..diagnostics import Edit, Label
from ..source import SourceFile, Span
from .excerpt import position_span

BASE: Final = "%SRCROOT%"
# GitHub refuses a result with more locations.
MOST_RELATED: Final = 999

_DRIVE: Final = re.compile(r"[A-Za-z]:/")

Json = dict[str, Any]


def artifact(name: str) -> Json:
    """A file: relative to the root of the repository, or by a `file` URI where it is outside of it."""
    if name.startswith("/"):
        return {"uri": f"file://{_quoted(name)}"}
    if _DRIVE.match(name):
        return {"uri": f"file:///{name[:2]}{_quoted(name[2:])}"}
    return {"uri": _quoted(name), "uriBaseId": BASE}


def _quoted(path: str) -> str:
    """A path in a URI: its bytes, also those that are no UTF-8, which stand as halves of surrogate pairs in names."""
    try:
        return quote(path, safe="/~", errors="surrogateescape")
    except UnicodeEncodeError:  # a name on Windows, where any half can stand in one
        return quote(path, safe="/~", errors="surrogatepass")


def where(source: SourceFile, span: Span, index: int) -> Json:
    """A location in the file that is the artifact `index` of the run."""
    return {"physicalLocation": _physical(source, span, index)}


def related(source: SourceFile, labels: Sequence[Label], index: int) -> list[Json]:
    """The further places of a finding, with ids from 1 to which its message refers."""
    return [
        {
            "id": number,
            "message": {"text": label.message},
            "physicalLocation": _physical(source, label.span, index),
        }
        for number, label in enumerate(labels[:MOST_RELATED], 1)
    ]


def replacements(source: SourceFile, edits: Sequence[Edit]) -> list[Json]:
    """What a fix changes; a region may be empty, and is not cut at its blank end."""
    return [_replacement(source, edit) for edit in sorted(edits, key=lambda edit: edit.span)]


def _replacement(source: SourceFile, edit: Edit) -> Json:
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    replacement: Json = {"deletedRegion": _region(*start, *end)}
    if edit.text:
        replacement["insertedContent"] = {"text": edit.text}
    return replacement


def _physical(source: SourceFile, span: Span, index: int) -> Json:
    region = _region(*position_span(source, span))
    return {"artifactLocation": {**artifact(source.name), "index": index}, "region": region}


def _region(line: int, column: int, end_line: int, end_column: int) -> Json:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
