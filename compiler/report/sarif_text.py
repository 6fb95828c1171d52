"""The message of a SARIF result: plain text in which `[words](1)` links to a place of the result."""

from __future__ import annotations

import re

from ..diagnostics import Diagnostic
from .findings import remarks
from .sarif_places import MOST_RELATED

_BRACKETS = re.compile(r"[\\\[\]]")


def message_text(diagnostic: Diagnostic) -> str:
    """What is wrong, then a link to each further place, notes and help, a line each."""
    links = (
        f"- [{_BRACKETS.sub(_escaped, label.message)}]({number})"
        for number, label in enumerate(diagnostic.labels[:MOST_RELATED], 1)
    )
    said = (_without_links(each) for each in remarks(diagnostic))
    return "\n".join((_without_links(diagnostic.message), *links, *said))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _without_links(text: str) -> str:
    """A text in which nothing that an author wrote is a link: brackets alone may stay as they are."""
    return text.replace("](", "] (")
