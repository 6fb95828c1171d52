"""Shows how far a run of scenarios is, where somebody watches and it takes more than a moment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click

from .playing import PlayedFile

# So many bytes of scenarios are played in about a second.
LONG = 100_000
_CLEAR = "\r\x1b[K"


def with_progress(
    paths: Sequence[str], played: Iterator[PlayedFile | str]
) -> Iterator[tuple[str, PlayedFile | str]]:
    """What came of each file, with a progress bar on standard error where that is a terminal and it takes a while."""
    sizes = [os.path.getsize(path) if os.path.isfile(path) else 0 for path in paths]
    if sum(sizes) < LONG or not sys.stderr.isatty():
        yield from zip(paths, played, strict=True)
        return
    with click.progressbar(length=sum(sizes), label="scenarios", file=sys.stderr) as bar:
        for path, size, one in zip(paths, sizes, played, strict=True):
            if isinstance(one, str) or one.result.is_wrong or one.content is not None:
                # What is printed now must not run into the bar.
                print(_CLEAR, end="", file=sys.stderr, flush=True)
            yield path, one
            sys.stdout.flush()
            bar.update(size)
