"""Gathers what comes of scenario files as they are played, with their snapshots written and wrong programs kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..scenarios.running import Broken, FileResult
from .ending import NotDone
from .files import whole_file
from .playing import Known, PlayedFile
from .same_file import file_of

if TYPE_CHECKING:
    from ..coverage.seen import Seen


class Gathered:
    """What came of the files so far; `missing` is whether there is one that cannot be read, or written."""

    def __init__(self, missing: bool) -> None:
        self.missing = missing
        self.results: list[FileResult] = []
        self.seen: list[Seen] = []
        self._broken: dict[str, Broken] = {}

    def take(self, path: str, played: PlayedFile | str) -> list[Broken]:
        """One more file, or why it cannot be read; the programs with errors that no file before had."""
        if isinstance(played, str):
            self._miss(NotDone(played))
            return []
        if played.content is not None:
            self._write(path, played.content)
        self.results.append(played.result)
        self.seen += [played.seen] if played.seen else []
        return self._new(played.result.broken)

    def take_programs(self, paths: Sequence[str], known: Known) -> list[Broken]:
        """Programs that are named; those with errors that no file had."""
        found = [known.versions.get(path) for path in paths]
        for path, version in zip(paths, found, strict=True):
            if isinstance(version, str):
                self._miss(NotDone(f"cannot read `{path}`: {version}"))
        return self._new(version for version in found if isinstance(version, Broken))

    @property
    def broken(self) -> Sequence[Broken]:
        """The programs with errors, each once, however its path is spelt."""
        return list(self._broken.values())

    @property
    def is_empty(self) -> bool:
        """Whether every file could be read, and nothing was to be played."""
        return not self.missing and not any(one.results or one.errors for one in self.results)

    @property
    def is_wrong(self) -> bool:
        """Whether anything is wrong with a file, its programs or its scenarios."""
        return bool(self._broken) or any(one.is_wrong for one in self.results)

    def _new(self, broken: Iterable[Broken]) -> list[Broken]:
        new = {file_of(one.source.name): one for one in broken}
        new = {file: one for file, one in new.items() if file not in self._broken}
        self._broken |= new
        return list(new.values())

    def _write(self, path: str, content: bytes) -> None:
        try:
            with whole_file(path) as stream:
                stream.write(content)
        except NotDone as refused:
            self._miss(refused)
        else:
            print(f"wrote the snapshots of `{path}`", file=sys.stderr)

    def _miss(self, refused: NotDone) -> None:
        refused.show()
        self.missing = True
