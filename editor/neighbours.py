"""The programs that files of scenarios name: as they are open in the editor, else as they are on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..compiler.model.tree import Program
from ..compiler.syntax.from_bytes import MAX_BYTES
from ..compiler.syntax.tree import Mapping as Tree
from .positions import Text
from .shapes import Beside
from .view import SCENARIOS, Draft, View

_MOST_FILES = 100  # of a folder that are looked into for programs


@dataclass(frozen=True)
class Neighbour:
    """A program: where it is, and its text."""

    path: str
    uri: str | None  # none of one that is not open
    view: View

    @property
    def root(self) -> Tree | None:
        """Its tree, of an earlier version where the text does not parse."""
        return self.view.reading.tree.root if self.view.reading else None

    @property
    def program(self) -> Program | None:
        """What it means, or last meant. To be asked while nothing else is compiled."""
        return self.view.program or self.view.draft.compilation.program


class Neighbours:
    """Finds programs by their paths. `opened` are those in the editor; `text` has columns as the editor counts them."""

    def __init__(self, opened: Mapping[str, Neighbour], text: Callable[[str], Text]) -> None:
        self._opened = opened
        self._text = text

    def of(self, name: str, beside: Sequence[Beside]) -> Neighbour | None:
        """The program of the scenario at a place in a file; `beside` are the mappings on the way there.

        It is the scenario's own, else the file's, else the one that is called as the file is.
        """
        from ..scenarios.reading import program_beside

        for mapping in (*beside[2:3], *beside[:1]):
            stated = mapping.get("program")
            if isinstance(stated, str) and stated:
                return self.named(name, stated)
        return self._at(program_beside(name))

    def named(self, name: str, path: str) -> Neighbour | None:
        """The program at a path as it stands in a file of that name."""
        from ..scenarios.steps import path_from

        return self._at(path_from(os.path.dirname(name), path))

    def _at(self, path: str) -> Neighbour | None:
        there = self._opened.get(path)
        return there if there is not None else self._on_disk(path)

    def _on_disk(self, path: str) -> Neighbour | None:
        try:
            with Path(path).open("rb") as stream:
                content = stream.read(MAX_BYTES + 1).decode("utf-8")
        except (OSError, ValueError):
            return None
        return Neighbour(path, None, View(Draft(path, self._text(content))))

    def beside(self, name: str) -> Iterator[str]:
        """The names of the programs in the folder of a file."""
        folder = os.path.dirname(name)
        try:
            names = sorted(each for each in os.listdir(folder or ".") if each.endswith((".yaml", ".yml")))
        except (OSError, ValueError):
            return
        for each in [each for each in names if not each.endswith(SCENARIOS)][:_MOST_FILES]:
            there = self._at(os.path.normpath(os.path.join(folder, each)))
            if there and there.view.draft.is_program:
                yield each
