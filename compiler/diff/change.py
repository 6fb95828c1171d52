"""What a comparison of two versions says: changes, the verdict on them, part by part and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from ..node import Node, node


class Verdict(Enum):
    """What a difference means for customers. `CHANGED`: better and worse have no meaning for it."""

    EQUIVALENT = "equivalent"
    ONLY_BETTER = "only-better"
    ONLY_WORSE = "only-worse"
    MIXED = "mixed"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@node
class Change(Node):
    """One difference. `better` is none where it is neither better nor worse, or both.

    `text` says it on one line; whatever the program's author wrote stands in backticks there (see `quoted`), so
    that a report can tell it from the words around it. `facts` are the keys of its JSON object, in order, with
    `better` among them.
    """

    better: bool | None
    text: str
    facts: Mapping[str, Any]


@node
class Findings(Node):
    """What was found in one part.

    `unknown` says that more may differ than could be decided, `notes` then say why, and how to get an answer.
    `assumed` is what a reader has to grant for the findings to hold.
    """

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: bool = False
    assumed: tuple[str, ...] = ()


@node
class Part(Node):
    """The findings of a part, with its name and the verdict on it."""

    name: str
    verdict: Verdict
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether a reader needs to hear more of it than that it is equivalent."""
        return self.verdict is not Verdict.EQUIVALENT or bool(self.notes)


@node
class Difference(Node):
    """The whole comparison, its parts in the order in which they are read."""

    verdict: Verdict
    parts: tuple[Part, ...]
    assumed: tuple[str, ...] = ()

    @property
    def silent(self) -> list[str]:
        """The names of the parts of which there is nothing to say; none where that is all of them."""
        if self.verdict is Verdict.EQUIVALENT:
            return []
        return [part.name for part in self.parts if not part.says_something]


def change(text: str, facts: Mapping[str, Any]) -> Change:
    """A change with these facts, among them `better`."""
    return Change(facts["better"], text, facts)


def setting(key: str, text: str, old: Any, new: Any, better: bool | None = None) -> Change:
    """A change of one value: `key` is its path in the file, such as `vip.window` or `earn[everyday].limit`."""
    return change(text, {"setting": key, "old": old, "new": new, "better": better})


def quoted(text: str) -> str:
    """What the author of a program wrote, in backticks; those that are in it become apostrophes."""
    return f"`{text.replace('`', chr(39))}`"


def refused(what: str) -> str:
    """The note that customers cannot be taken over into the new version, since something of it is another."""
    return f"a state that holds customers refuses the new version (`incompatible-program`): the {what} is another"


def part_of(name: str, found: Findings) -> Part:
    """A part, with the verdict on what was found in it."""
    return Part(name, verdict_of(found.changes, found.unknown), found.changes, found.notes)


def verdict_of(changes: Iterable[Change], unknown: bool = False) -> Verdict:
    """The verdict on some changes.

    - Better ones and worse ones: `mixed`, whatever else there is or is not known.
    - Otherwise, where not everything could be decided: `unknown`.
    - Otherwise by the better or the worse ones alone: `only-better`, `only-worse`. Changes that are neither do
      not count beside them.
    - Only such that are neither: `changed`. None at all: `equivalent`.
    """
    found = {_ALONE[each.better] for each in changes}
    return _together(found | {Verdict.UNKNOWN} if unknown else found)


def overall(parts: Iterable[Part]) -> Verdict:
    """The verdict on all parts, by the rules of `verdict_of`.

    A part that is `mixed` makes the whole so, and so do one that is better and one that is worse. A part that is
    `unknown` makes it `unknown`, if it is not mixed already. Parts that are `changed` do not hide what is better or
    worse in others, and equivalent parts do not count.
    """
    return _together({part.verdict for part in parts})


_ALONE = {True: Verdict.ONLY_BETTER, False: Verdict.ONLY_WORSE, None: Verdict.CHANGED}


def _together(found: set[Verdict]) -> Verdict:
    if found >= {Verdict.ONLY_BETTER, Verdict.ONLY_WORSE}:
        return Verdict.MIXED
    for verdict in (
        Verdict.MIXED,
        Verdict.UNKNOWN,
        Verdict.ONLY_BETTER,
        Verdict.ONLY_WORSE,
        Verdict.CHANGED,
    ):
        if verdict in found:
            return verdict
    return Verdict.EQUIVALENT
