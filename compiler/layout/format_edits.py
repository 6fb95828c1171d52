"""From a source file to the edits that bring it into canonical layout, for editors."""

from __future__ import annotations

from ..diagnostics import Edit, Report
from ..source import SourceFile
from ..syntax.from_yaml import read_document
from .layout import TooLarge, layout, order_of


def format_edits(source: SourceFile) -> list[Edit] | None:
    """The edits of a text, in order, after which it is in canonical layout: whole lines, with its own line ends.

    None are needed (`[]`) where it is in canonical layout already. It cannot be laid out (`None`) where its YAML
    has errors, or it would become larger than a file may be. Raises `NotTheSame`, and nothing is to be changed then.
    """
    report = Report(source)
    document = read_document(source, report)
    if document is None or report.has_errors:
        return None
    try:
        return layout(document, source, order_of(document))
    except TooLarge:
        return None
