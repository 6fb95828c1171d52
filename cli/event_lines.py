"""The lines of an events file as they are read, with a progress bar where someone is watching."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from typing import BinaryIO

import click

from .files import STDIN, open_bytes, refusals

STEP = 2_000  # lines between two updates of the progress bar
# What stands for a line that is not UTF-8, and so not JSON either.
NOT_UTF8 = "not UTF-8"


class EventLines:
    """Lines of a file, or of standard input for `-`, decoded; read as they are asked for."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._stream = open_bytes(path)
        # JSON Lines end with LF alone, whatever else Unicode counts as a line end.
        self._text = io.TextIOWrapper(self._stream, "utf-8", errors="surrogateescape", newline="\n")

    def __enter__(self) -> Iterator[str]:
        size = _size(self._stream)
        return self._lines() if size is None else self._watched(size)

    def __exit__(self, *_: object) -> None:
        if self._path == STDIN:
            self._text.detach()  # or else closing the text would close standard input
        else:
            self._text.close()

    def _lines(self) -> Iterator[str]:
        line = self._read().removeprefix("\ufeff")
        while line:
            yield line if _is_unicode(line) else NOT_UTF8
            line = self._read()

    def _read(self) -> str:
        with refusals("read", self._path):
            return self._text.readline()

    def _watched(self, size: int) -> Iterator[str]:
        with click.progressbar(length=size, label="events", file=sys.stderr) as bar:
            read = 0
            for number, line in enumerate(self._lines()):
                if number % STEP == 0:
                    now = os.lseek(self._stream.fileno(), 0, os.SEEK_CUR)
                    bar.update(now - read)
                    read = now
                yield line
            bar.update(size - read)


def _size(stream: BinaryIO) -> int | None:
    """The size of a file whose progress is worth showing: a bar would run into outcomes on the same terminal."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return None
    status = os.fstat(stream.fileno())
    return status.st_size if stat.S_ISREG(status.st_mode) and status.st_size else None


def _is_unicode(line: str) -> bool:
    if line.isascii():
        return True
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True
