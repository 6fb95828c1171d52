"""Makes edits of a text: each stretch that an edit names becomes the edit's text, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from .diagnostics import Edit


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. Raises ValueError where two of them overlap.

    Spans are those of `text`. Insertions at one place come in the order given, before what replaces the text
    that follows.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        if edit.span.start < done:
            raise ValueError("two edits overlap")
        parts += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join([*parts, text[done:]])
