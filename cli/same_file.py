"""Tells which paths mean the same file, however they are spelt, and which spelling to show."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from .files import STDIN


def file_of(path: str) -> str:
    """What all spellings of a file have in common, links to it among them."""
    return path if path == STDIN else os.path.realpath(path)


def name_of(path: str) -> str:
    """The same for a file by its name: a link with another name is another, since its program may be too."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def each_once(paths: Iterable[str]) -> list[str]:
    """One spelling of each file, sorted."""
    return list(spellings(paths, file_of))


def spellings(paths: Iterable[str], same: Callable[[str], str]) -> dict[str, list[str]]:
    """All spellings of each file by the one to show, sorted by that: no link where there is another, and short."""
    found: dict[str, set[str]] = {}
    for path in paths:
        found.setdefault(same(path), set()).add(path)
    return dict(sorted((min(spelt, key=_oddness), sorted(spelt)) for spelt in found.values()))


def _oddness(path: str) -> tuple[bool, int, str]:
    return os.path.islink(path), len(path), path
