"""Scenarios as they were written, one for each row of a table: what happens, and what is expected of it."""

from __future__ import annotations

from collections.abc import Mapping as MappingABC
from dataclasses import field
from typing import Any, Literal

from ..compiler.node import Node, node
from ..compiler.source import SourceFile, Span
from ..compiler.syntax.tree import Mapping, Scalar
from ..compiler.syntax.tree import Node as Written

Path = tuple[str | int, ...]
"""The place of a value in an event: `("order", "items", 0, "total")`."""


@node
class Word(Node):
    """A name or text of the file, and where it stands."""

    text: str
    span: Span = field(compare=False, repr=False)


@node
class When(Node):
    """When a step happens. `amount` counts the `unit`s of `after 3 days`, and `text` is the moment of the others."""

    kind: Literal["on", "at", "after"]
    text: str
    amount: int
    unit: str
    span: Span = field(compare=False, repr=False)


@node
class Happening(Node):
    """An event, as far as it can be told without the program and what happened before.

    `body` has its keys as JSON but for `id` and `at`; numbers are exact. `who` is none for imports, and `everyone` is
    whether it happens to each member. In a `short` step the attributes are texts, to be read by their types, and the
    rows of an import name members. `everything` is whether a refund takes all that is left. `places` are those of
    the parts in the file.
    """

    text: str
    type: str
    who: Word | None
    body: dict[str, Any]
    when: When | None
    short: bool
    everyone: bool
    everything: bool
    places: MappingABC[Path, Span] = field(compare=False, repr=False)
    span: Span = field(compare=False, repr=False)

    def place(self, path: Path) -> Span:
        """Where a part of the event stands; of one that was not written, what holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.span)


@node
class Takeover(Node):
    """From here on another version of the program is at work; `path` is its file, from where we are."""

    path: str
    span: Span = field(compare=False, repr=False)


@node
class Pattern(Node):
    """What an effect has to be: its kind, and the keys that it has to have."""

    kind: str
    keys: Mapping | None
    span: Span = field(compare=False, repr=False)


@node
class Patterns(Node):
    """A list of patterns, and where it stands."""

    items: tuple[Pattern, ...]
    span: Span = field(compare=False, repr=False)


@node
class MemberPattern(Node):
    """What has to be true of a member."""

    who: Word
    keys: Mapping


@node
class Expectation(Node):
    """What has to be true; whatever is not stated is none. `nots` are what no effect may be."""

    outcome: Word | None
    reason: Word | None
    effects: Patterns | None
    exactly: Patterns | None
    nots: Patterns | None
    members: tuple[MemberPattern, ...]
    snapshot: Scalar | None
    span: Span = field(compare=False, repr=False)


Step = Happening | Takeover | Expectation


@node
class Row(Node):
    """A row of a table, counted from 1."""

    number: int
    values: Mapping
    span: Span = field(compare=False, repr=False)


@node
class Scenario(Node):
    """A scenario to be played: of a table, one row of it.

    `file` and `program` are paths, from where we are; `program_span` is where the program is named, or the title. `title` has the row's values put in. `span` is that of the
    title, and `whole` that of the scenario in the file.
    """

    file: str
    title: str
    program: str
    program_span: Span = field(compare=False, repr=False)
    starts: Word | None
    row: Row | None
    steps: tuple[Step, ...]
    span: Span = field(compare=False, repr=False)
    whole: Span = field(compare=False, repr=False)

    @property
    def programs(self) -> tuple[str, ...]:
        """The files of all programs that it plays under, the first one first."""
        others = [step.path for step in self.steps if isinstance(step, Takeover)]
        return tuple(dict.fromkeys([self.program, *others]))

    @property
    def label(self) -> str:
        """What the scenario is called where several are: the title, and the number of the row."""
        return f"{self.title} (row {self.row.number})" if self.row else self.title


@node
class Unread(Node):
    """A scenario that cannot be read, or not for a row: what it is called, and where its title stands."""

    title: str
    row: Row | None
    span: Span = field(compare=False, repr=False)


@node
class ScenarioFile(Node):
    """The scenarios of a file, those of tables once for each row; and those that cannot be played, for their errors."""

    source: SourceFile
    scenarios: tuple[Scenario, ...]
    unread: tuple[Unread, ...]


__all__ = [
    "Expectation",
    "Happening",
    "MemberPattern",
    "Path",
    "Pattern",
    "Patterns",
    "Row",
    "Scenario",
    "ScenarioFile",
    "Step",
    "Takeover",
    "Unread",
    "When",
    "Word",
    "Written",
]
