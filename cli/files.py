"""Reads what a command is given, and writes files whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

import click

from .ending import NotDone, reason

STDIN = "-"
# Whether it can be read is found out by reading it: one file that cannot must not keep others from being checked.
FILE = click.Path(allow_dash=True, readable=False)
PROGRAMS_ONLY = click.Option(
    ["--programs-only"],
    is_flag=True,
    help="Skip each FILE that is no program, for tools that give all files that changed.",
)


def shown_name(path: str) -> str:
    """What messages call a file: its path as given, `<stdin>` for `-`."""
    return "<stdin>" if path == STDIN else path


def expect_one_stdin(*paths: str | None) -> None:
    """Raise a usage error where more than one of the inputs is standard input."""
    if paths.count(STDIN) > 1:
        raise click.UsageError("only one input can be standard input (-)")


def open_bytes(path: str) -> BinaryIO:
    """A file to read, or standard input for `-`. Raises `NotDone` where there is none to read."""
    if path == STDIN:
        if sys.stdin is None:
            raise NotDone("cannot read standard input: it is closed")
        return sys.stdin.buffer
    if os.path.isdir(path):
        raise NotDone(f"cannot read `{path}`: it is a folder, and a file is needed")
    with refusals("read", path):
        return open(path, "rb")


def read_bytes(path: str, most: int = -1) -> bytes:
    """A file's bytes, or standard input's for `-`; no more than `most`, if that is not negative."""
    with open_bytes(path) as stream, refusals("read", path):
        return stream.read(most)


@contextmanager
def refusals(what: str, path: str) -> Iterator[None]:
    """Turn a refusal of the system into `NotDone`: "cannot read `x.yaml`: no such file or directory"."""
    try:
        yield
    except OSError as error:
        raise NotDone(f"cannot {what} `{shown_name(path)}`: {reason(error)}") from error
    except ValueError as error:  # a path with a null character
        raise NotDone(f"cannot {what} `{shown_name(path)}`: {error}") from error


def expect_other_file(path: str, *inputs: str) -> None:
    """Raise `NotDone` where writing a file would overwrite one of the inputs."""
    for given in inputs:
        if os.path.isfile(path) and os.path.exists(given) and os.path.samefile(path, given):
            raise NotDone(f"cannot write `{path}`: it is the input `{given}`")


def expect_writable(path: str) -> None:
    """Raise `NotDone` where a file could not be written, before the work that is to be written."""
    if not path:
        raise NotDone("cannot write a file without a name")
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    if os.path.isdir(path):
        raise NotDone(f"cannot write `{path}`: it is a folder")
    if not os.path.isdir(folder):
        raise NotDone(f"cannot write `{path}`: there is no folder `{os.path.dirname(path)}`")
    if os.path.isfile(target) and not os.access(target, os.W_OK):
        raise NotDone(f"cannot write `{path}`: it is read-only")
    if (os.path.isfile(target) or not os.path.exists(target)) and not os.access(folder, os.W_OK):
        raise NotDone(f"cannot write `{path}`: its folder is not writable")


@contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """A file to write, which takes its name only when everything was written and is on disk.

    What is no regular file (`/dev/null`, a named pipe) is written directly. Raises `NotDone` where the system
    refuses; the body does nothing but write.
    """
    expect_writable(path)
    target = os.path.realpath(path)
    with refusals("write", path):
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as stream:
                yield stream
        else:
            with _replacing(target) as stream:
                yield stream


def rewrite(path: str, content: bytes) -> None:
    """Write a file that was read, whole. Raises `NotDone` where that is refused, or there is nothing to replace."""
    if not os.path.isfile(path):
        raise NotDone(f"cannot write `{path}`: it is no regular file; give it as standard input (-)")
    with whole_file(path) as stream:
        stream.write(content)


@contextmanager
def _replacing(target: str) -> Iterator[BinaryIO]:
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:50]}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with open(temporary, "xb") as stream:
            if os.path.exists(target):
                os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    # Not every system can; the file itself is safe by then.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
