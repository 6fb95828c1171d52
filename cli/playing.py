"""Plays scenario files, in this process or in several; what comes of them comes in order either way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

from ..scenarios.running import FileResult, Versions, run_file, updated
from .ending import NotDone
from .files import read_bytes
from .programs import MOST

# How many bytes of scenarios it takes for processes of their own to pay.
PAYING = 400_000


class Asked(NamedTuple):
    """Which scenarios to play (none: all), as a regular expression over titles; and whether to update snapshots."""

    titles: str | None = None
    update: bool = False


class PlayedFile(NamedTuple):
    """What came of a file, and its bytes with new snapshots, where it has to be written."""

    result: FileResult
    content: bytes | None


def play_files(paths: Sequence[str], asked: Asked, jobs: int | None = None) -> Iterator[PlayedFile | str]:
    """What came of each file, in order; of one that cannot be read, why."""
    jobs = min(jobs or _jobs_that_pay(paths), len(paths))
    if jobs <= 1:
        versions = Versions()
        for path in paths:
            yield play_file(path, asked, versions)
        return
    chunk = max(1, len(paths) // (jobs * 4))
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(_play_in_worker, asked=asked), paths, chunksize=chunk)


def play_file(path: str, asked: Asked, versions: Versions) -> PlayedFile | str:
    """What came of a file; or why it cannot be read."""
    try:
        content = read_bytes(path, MOST)
    except NotDone as refused:
        return refused.message
    pattern = re.compile(asked.titles) if asked.titles is not None else None
    chosen = None if pattern is None else lambda title: pattern.search(title) is not None
    result = run_file(path, content, versions, chosen)
    if not asked.update or not result.snapshots:
        return PlayedFile(result, None)
    content = updated(content, result)
    return PlayedFile(run_file(path, content, versions, chosen), content)


_WORKER: list[Versions] = []


def _play_in_worker(path: str, asked: Asked) -> PlayedFile | str:
    if not _WORKER:
        _WORKER.append(Versions())  # each process compiles each program once
    return play_file(path, asked, _WORKER[0])


def _jobs_that_pay(paths: Sequence[str]) -> int:
    size = sum(os.path.getsize(path) for path in paths if os.path.isfile(path))
    return (os.cpu_count() or 1) if size >= PAYING else 1
