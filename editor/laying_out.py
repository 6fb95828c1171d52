"""The changes after which a text is laid out as `tiercel fmt` lays it out."""

from __future__ import annotations

from ..compiler.diagnostics import Edit
from ..compiler.layout.format_edits import format_edits
from .actions import line_break
from .view import Draft


def laid_out(draft: Draft) -> list[Edit]:
    """The changes, line by line; none where the text cannot be read, and is better left as it is.

    So is one whose lines end with CR alone, which the layout does not write.
    """
    if draft.reading is None or line_break(draft.content) == "\r":
        return []
    return format_edits(draft.reading.source) or []
