"""From the nodes of a scenario's steps, holes filled, to what happens and what is expected."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..compiler.diagnostics import Report
from ..compiler.source import Span
from ..compiler.syntax.nearest import listed
from ..compiler.syntax.plain import plain
from ..compiler.syntax.tree import Entry, Kind, Mapping, Node, Scalar, Sequence
from .expectations import read_expectation
from .notation import read_short
from .rows import Filler
from .tree import Happening, Path, Step, Takeover, When, Word
from .words import BadStep

KEYS = ("expect", "event", "program")
_EMPTY = ("this step is empty", f"write what happens, or one of the keys {listed(KEYS)}")


class StepReader:
    """Reads the steps of one scenario under one row. What is wrong goes into the report, and the step is left out."""

    def __init__(self, filler: Filler, folder: str, report: Report) -> None:
        self._filler = filler
        self._folder = folder
        self._report = report

    def read(self, node: Node) -> Step | None:
        """The step, or none where it cannot be read."""
        if isinstance(node, Scalar):
            return self._short(self._filler.fill(node))
        assert isinstance(node, Mapping)
        if len(node.entries) != 1:
            self._error("bad-step", _first(node), *_one_key(node))
            return None
        return self._keyed(node.entries[0])

    def _keyed(self, entry: Entry) -> Step | None:
        value = self._filler.fill(entry.value)
        if entry.key.text == "program":
            assert isinstance(value, Scalar)
            return Takeover(path_from(self._folder, value.text), value.span)
        assert isinstance(value, Mapping)
        if entry.key.text == "expect":
            return read_expectation(value, entry.key.span, self._report)
        return self._full(value)

    def _short(self, node: Node) -> Step | None:
        assert isinstance(node, Scalar)
        if not node.text.strip():
            self._error("bad-step", node.span, *_EMPTY)
            return None
        try:
            return read_short(self._filler.placed(node))
        except BadStep as bad:
            self._error("bad-step", bad.span, str(bad), bad.help)
            return None

    def _full(self, node: Mapping) -> Step | None:
        """An event with the keys of its type. Its `at` is read as other times of a scenario are."""
        body = plain(node)
        kind, at = body.pop("type"), body.pop("at", None)
        who = node.get("customer")
        places = dict(_places(node, ()))
        when = None if at is None else When("at", at, 0, "", places[("at",)])
        name = Word(who.text, who.span) if isinstance(who, Scalar) else None
        text = f"{kind} {name.text}" if name else str(kind)
        if kind not in ("customer.enrolled", "tiers.imported") and name is None:
            self._error("missing-key", places[("type",)], "the event has no `customer`", "add `customer:`")
            return None
        return Happening(text, kind, name, body, when, False, False, False, places, node.span)

    def _error(self, name: str, span: Span, message: str, help: str | None) -> None:
        self._report.error(name, span, message, help=help)


def path_from(folder: str, path: str) -> str:
    """A path that a file in a folder names, from where we are."""
    return os.path.normpath(os.path.join(folder, path))


def _first(node: Mapping) -> Span:
    return node.entries[1].key.span if len(node.entries) > 1 else node.span


def _one_key(node: Mapping) -> tuple[str, str]:
    if not node.entries:
        return _EMPTY
    return "a step has one key, and this is a second", "begin a step of its own, with a dash"


def _places(node: Node, path: Path) -> Iterator[tuple[Path, Span]]:
    yield path, node.span
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from _places(entry.value, (*path, entry.key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _places(item, (*path, index))


def is_text(node: Node | None) -> bool:
    """Whether a node is text, or a date, which is text to everything but a moment."""
    return isinstance(node, Scalar) and node.kind in (Kind.TEXT, Kind.DATE)
