"""From a file's bytes to the same file in canonical layout, or to what is wrong with it."""

from __future__ import annotations

import codecs

from ..diagnostics import Diagnostic, Edit, Report, Severity
from ..edits import edited
from ..node import Node, node
from ..source import SourceFile, Span
from ..syntax.from_bytes import decode
from ..syntax.from_yaml import read_document
from .layout import TooLarge, layout, order_of


@node
class LaidOut(Node):
    """A file, the edits that bring it into canonical layout, and the errors that keep it from being laid out."""

    source: SourceFile
    edits: tuple[Edit, ...]
    errors: tuple[Diagnostic, ...]
    mark: bytes  # the byte order mark, if the file has one

    @property
    def text(self) -> str:
        """The file's text in canonical layout; where there are errors, as it is."""
        return edited(self.source.text, self.edits)

    @property
    def content(self) -> bytes:
        """The file's bytes in canonical layout; where there are no edits, as it is."""
        return self.mark + self.text.encode()


def lay_out(name: str, content: bytes) -> LaidOut:
    """Lay out a program, or a test of one; `name` is what diagnostics call it. Raises `NotTheSame`.

    A file with errors in its YAML is left as it is; any other mistake is one that the layout keeps.
    """
    source, diagnostics = decode(name, content)
    report = Report(source, diagnostics)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    document = None if report.has_errors else read_document(source, report)
    if document is None or report.has_errors:
        return LaidOut(source, (), tuple(report.sorted()), mark)
    try:
        edits = layout(document, source, order_of(document))
    except TooLarge as refused:
        return LaidOut(source, (), (_too_large(str(refused)),), mark)
    return LaidOut(source, tuple(edits), (), mark)


def _too_large(message: str) -> Diagnostic:
    return Diagnostic(
        "too-large",
        Severity.ERROR,
        message,
        Span(0, 1),
        help="split it, or cut it down: a file has at most 1 MiB",
    )
