"""Writes a comparison of two versions as Markdown, fit to be a comment on a pull request.

Whatever the program's author wrote stands in code, where no host looks for HTML, mentions or links; and whatever is
not in code is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diff.change import Difference, Part, quoted
from .cells import visible
from .diff_words import mark, sentence

# Hosts refuse a comment of more than some 65,000 characters. So many changes of a part are listed, and of what the
# author wrote so many characters.
MOST_CHANGES = 30
MOST_CHARACTERS = 200
CUT = "…"

_SPECIAL = re.compile(r"[\\*_\[\]<>#|~@&$]")


def render(difference: Difference, old: str, new: str) -> str:
    """The comparison as Markdown that ends with a line end; `old` and `new` are what the versions are called."""
    return "".join(f"{line}\n" for line in _lines(difference, old, new))


def _lines(difference: Difference, old: str, new: str) -> Iterator[str]:
    yield f"### {markdown(quoted(new))}: {difference.verdict.value}"
    yield from ("", f"Compared with {markdown(quoted(old))}: {sentence(difference)}.")
    for part in difference.parts:
        if part.says_something:
            yield from ("", f"**{part.name.capitalize()}**: {part.verdict.value}", "", *_part(part))
    if difference.silent:
        yield from ("", f"Equivalent: {', '.join(difference.silent)}.")
    if difference.assumed:
        yield from ("", "<details><summary>What is assumed</summary>", "")
        yield from (f"- {markdown(line)}" for line in difference.assumed)
        yield from ("", "</details>")


def _part(part: Part) -> Iterator[str]:
    # A list, since a bar within code would end the cell of a table.
    for change in part.changes[:MOST_CHANGES]:
        yield f"- *{mark(change)}*: {markdown(change.text)}"
    if len(part.changes) > MOST_CHANGES:
        yield f"- and {len(part.changes) - MOST_CHANGES} more"
    yield from (f"- *note*: {markdown(note)}" for note in part.notes)


def markdown(text: str) -> str:
    """A line of text: what stands in backticks as code, and the rest so that it means itself."""
    plain, *rest = visible(text).split("`")
    written = _escaped(plain)
    for code, after in zip(rest[::2], [*rest[1::2], ""], strict=False):
        written += _code(code) + _escaped(after)
    return written


def _code(text: str) -> str:
    if not text.strip():
        return ""
    return f"`{text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + CUT}`"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
