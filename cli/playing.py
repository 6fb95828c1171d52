"""Plays scenario files, in this process or in several; what comes of them comes in order either way."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..scenarios.running import FileResult, Versions, run_file, updated
from .ending import NotDone
from .files import STDIN, read_bytes, shown_name
from .programs import MOST

if TYPE_CHECKING:
    from ..coverage.seen import Seen
    from ..coverage.targets import Ground
    from ..coverage.watching import Watching

# How many bytes of scenarios it takes for processes of their own to pay.
PAYING = 400_000


class Asked(NamedTuple):
    """Which scenarios to play (none: all), as a regular expression over titles; whether to update snapshots.

    `watching` is whether to note what they cover of their programs.
    """

    titles: str | None = None
    update: bool = False
    watching: bool = False


class PlayedFile(NamedTuple):
    """What came of a file, and its bytes with new snapshots, where it has to be written; what it covers, if asked."""

    result: FileResult
    content: bytes | None
    seen: Seen | None


class Known:
    """What is known of programs by path: each compiled once, and what there is to cover of it worked out once."""

    def __init__(self) -> None:
        self.versions = Versions()
        self.grounds: dict[str, Ground] = {}


def play_files(
    paths: Sequence[str], asked: Asked, jobs: int | None, known: Known
) -> Iterator[PlayedFile | str]:
    """What came of each file, in order; of one that cannot be read, why."""
    # Standard input cannot be read in another process.
    jobs = 1 if STDIN in paths else min(jobs or _jobs_that_pay(paths), len(paths))
    if jobs <= 1:
        for path in paths:
            yield play_file(path, asked, known)
        return
    yield from _play_in_processes(paths, asked, jobs)


def _play_in_processes(paths: Sequence[str], asked: Asked, jobs: int) -> Iterator[PlayedFile | str]:
    """What came of each file, in order. Raises `NotDone` where a process was ended from outside."""
    from concurrent.futures import ProcessPoolExecutor  # takes a while, and few runs need it
    from concurrent.futures.process import BrokenProcessPool

    chunk = max(1, len(paths) // (jobs * 4))
    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts)
    try:
        yield from pool.map(partial(_play_in_worker, asked=asked), paths, chunksize=chunk)
    except BrokenProcessPool:
        raise NotDone(
            "a process that played scenarios was ended from outside, perhaps for want of memory: try `--jobs 1`"
        ) from None
    except BaseException:
        _end_workers()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """In a worker: whoever started it is interrupted too, and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_workers() -> None:
    from multiprocessing import active_children

    for child in active_children():
        child.terminate()


def play_file(path: str, asked: Asked, known: Known) -> PlayedFile | str:
    """What came of a file; or why it cannot be read."""
    try:
        content = read_bytes(path, MOST)
    except NotDone as refused:
        return refused.message
    pattern = re.compile(asked.titles) if asked.titles is not None else None
    chosen = None if pattern is None else lambda title: pattern.search(title) is not None
    watching = _watching(known) if asked.watching else None
    result = run_file(shown_name(path), content, known.versions, chosen, watching)
    changed = updated(content, result) if asked.update and result.snapshots else None
    if changed is not None:
        result = run_file(shown_name(path), changed, known.versions, chosen)
    return PlayedFile(result, changed, watching.seen if watching else None)


def _watching(known: Known) -> Watching:
    from ..coverage.watching import Watching

    return Watching(known.grounds)


_WORKER: list[Known] = []


def _play_in_worker(path: str, asked: Asked) -> PlayedFile | str:
    if not _WORKER:
        _WORKER.append(Known())  # each process compiles each program once
    return play_file(path, asked, _WORKER[0])


def _jobs_that_pay(paths: Sequence[str]) -> int:
    size = sum(os.path.getsize(path) for path in paths if os.path.isfile(path))
    return (os.cpu_count() or 1) if size >= PAYING else 1
