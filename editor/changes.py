"""What has to be changed in a text for it to be another one: line by line, so that the rest stays as it is."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import accumulate

from ..compiler.diagnostics import Edit
from ..compiler.source import Span


def changes(old: str, new: str) -> list[Edit]:
    """The changes in file order; they do not touch each other."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, before))]
    return [
        Edit(Span(starts[first], starts[last]), "".join(after[start:end]))
        for kind, first, last, start, end in SequenceMatcher(None, before, after).get_opcodes()
        if kind != "equal"
    ]
