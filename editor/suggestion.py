"""Something that can be written at a place: what completion offers."""

from __future__ import annotations

import re
from enum import Enum

from ..compiler.node import Node, node

_PLACE = re.compile(r"\$\{?([0-9]+)(?::((?:\\.|[^}\\])*)\}|\}?)")


class Sort(Enum):
    """What kind of thing is offered, for the sign that an editor shows beside it."""

    KEY = "key"
    WORD = "word"
    ID = "id"
    NAME = "name"
    OPERATOR = "operator"
    SNIPPET = "snippet"


@node
class Suggestion(Node):
    """What to show, and what to write in place of what was begun.

    `text` may have places to fill in, `${1:…}`, where `snippet` says so.
    """

    label: str
    sort: Sort
    text: str
    detail: str = ""
    documentation: str = ""
    snippet: bool = False


def filled_in(snippet: str) -> str:
    """A snippet as text, for an editor that knows none: each place has what it offers, or nothing."""
    offered = {number: text for number, text in _PLACE.findall(snippet) if text}
    filled = _PLACE.sub(lambda place: offered.get(place[1], ""), snippet)
    return filled.replace("\\}", "}")
