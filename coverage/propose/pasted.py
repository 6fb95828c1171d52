"""How scenarios have to be written so that they continue the list of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...compiler.diagnostics import Report, Stop
from ...compiler.node import Node as NodeBase
from ...compiler.node import node
from ...compiler.source import SourceFile
from ...compiler.syntax.from_yaml import read_document
from ...compiler.syntax.tree import Document, Mapping, Scalar, Sequence
from ...scenarios.reading import KIND

# How far in proposals are written, as the canonical layout has them.
INDENTATION = 2


@node
class Place(NodeBase):
    """Where a file has its list of scenarios: how many spaces before each `-`, and the titles that are taken.

    `is_last` is whether the list goes on with what is written at the end of the file.
    """

    indentation: int
    titles: frozenset[str]
    is_last: bool


def place_in(source: SourceFile) -> Place:
    """The place in a file; of one that cannot be read, that in a file of canonical layout."""
    document = _read(source)
    listed = document.root.get("scenarios") if document else None
    if document is None or not isinstance(listed, Sequence):
        return Place(INDENTATION, frozenset(), True)
    titles = (item.get("scenario") for item in listed.items if isinstance(item, Mapping))
    taken = frozenset(" ".join(title.text.split()) for title in titles if isinstance(title, Scalar))
    if not source.text.startswith("-", listed.span.start):
        return Place(INDENTATION, taken, False)
    _, column = source.position(listed.span.start)
    return Place(column - 1, taken, document.root.entries[-1].value is listed)


def _read(source: SourceFile) -> Document | None:
    try:
        return read_document(source, Report(source), KIND)
    except Stop:
        return None


def pasted(lines: Iterable[str], place: Place) -> Iterator[str]:
    """Lines of proposals as they are written at a place."""
    before = " " * place.indentation
    return (line and before + line[INDENTATION:] for line in lines)
