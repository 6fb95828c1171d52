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


class NoLayout(Exception):
    """A file that cannot be laid out; the message says why, and stands for itself."""


def order_of(document: Document) -> Keys:
    """The table for a file: that of scenarios for a test of a program, else that of programs."""
    return SCENARIOS if document.root.get("tiercel-test") is not None else PROGRAM


def layout(document: Document, source: SourceFile, order: Keys = PROGRAM) -> list[Edit]:
    """The edits of a file's text after which it is in canonical layout; none where it is already.

    The document has to be all that the text says, read without errors. Raises `NoLayout` where a file would
    become too large, or where its layout would not read as the file does.
    """
    lines = lines_of(attach(document, source), document, source, order)
    text = _line_end(source.text).join([*lines, ""])
    if text == source.text:
        return []
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise NoLayout("laid out, the file would be larger than 1 MiB")
    edits = line_edits(source.text, text)
    if not says_the_same(document, edited(source.text, edits), order):
        raise NoLayout("laid out, the file would not say the same")
    return edits


def _line_end(text: str) -> str:
    """The end of the first line decides for all."""
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
