"""Writes a comparison of two versions for people: the verdict, what differs part by part, and what does not."""

from __future__ import annotations

from collections.abc import Iterator

from ..diff.change import Difference, Part
from .cells import visible
from .diff_words import mark, sentence
from .text import BOLD, paint

COLOURS = {"better": "32", "worse": "31", "other": "36"}
WIDTH = max(map(len, [*COLOURS, "note"]))


def render(difference: Difference, *, colour: bool = False) -> str:
    """The comparison as text that ends with a line end."""
    return "".join(f"{line}\n" for line in _lines(difference, colour))


def _lines(difference: Difference, colour: bool) -> Iterator[str]:
    verdict = paint(difference.verdict.value, BOLD, colour)
    yield f"{verdict}: {sentence(difference)}"
    for part in difference.parts:
        if part.says_something:
            yield from ("", f"{paint(part.name, BOLD, colour)}: {part.verdict.value}")
            yield from _part(part, colour)
    if difference.silent:
        yield from ("", f"equivalent: {', '.join(difference.silent)}")
    yield from (f"assumed: {visible(line)}" for line in difference.assumed)


def _part(part: Part, colour: bool) -> Iterator[str]:
    for change in part.changes:
        word = mark(change)
        yield f"  {paint(word, COLOURS[word], colour)}{' ' * (WIDTH - len(word))}  {visible(change.text)}"
    for note in part.notes:
        yield f"  {'note':<{WIDTH}}  {visible(note)}"
