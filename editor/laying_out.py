"""The changes after which a text is laid out as `tiercel fmt` lays it out."""

from __future__ import annotations

from ..compiler.diagnostics import Edit
from ..compiler.layout.format_edits import format_edits
from .view import Draft


def laid_out(draft: Draft) -> list[Edit]:
    """The changes, line by line; none where the text cannot be read, and is better left as it is."""
    return (format_edits(draft.reading.source) or []) if draft.reading else []
