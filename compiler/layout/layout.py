"""From a document and its text to the edits that bring the file into its canonical layout."""

from __future__ import annotations

from ..diagnostics import Edit
from ..edits import edited
from ..source import SourceFile
from ..syntax.from_bytes import MAX_BYTES
from ..syntax.tree import Document
from .forms import Keys
from .from_document import attach
from .line_edits import line_edits
from .program_order import PROGRAM
from .scenario_order import SCENARIOS
from .to_lines import lines_of
from .unchanged import says_the_same


class TooLarge(Exception):
    """A file that would be larger than a file may be, once it is laid out."""


class NotTheSame(Exception):
    """A file whose layout would not read as it does: a fault of the layout, and no file is to suffer from it."""


def order_of(document: Document) -> Keys:
    """The table for a file: that of scenarios for a test of a program, else that of programs."""
    return SCENARIOS if document.root.get("tiercel-test") is not None else PROGRAM


def layout(document: Document, source: SourceFile, order: Keys = PROGRAM) -> list[Edit]:
    """The edits of a file's text after which it is in canonical layout; none where it is already.

    The document has to be all that the text says, read without errors. Raises `TooLarge` and `NotTheSame`.
    """
    lines = lines_of(attach(document, source), document, source, order)
    text = _line_end(source.text).join([*lines, ""])
    if text == source.text:
        return []
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise TooLarge("the file would be larger than 1 MiB in canonical layout")
    edits = line_edits(source.text, text)
    if not says_the_same(document, edited(source.text, edits), order):
        raise NotTheSame("its layout would not say the same")
    return edits


def _line_end(text: str) -> str:
    """The end of the first line decides for all."""
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
