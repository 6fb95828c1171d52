"""Makes a failing case small: takes out events, keys of events and parts of programs while it still fails."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .cases import Case, Part


def minimal(case: Case, fails: Callable[[Case], bool]) -> Case:
    """A case that fails, and of which nothing can be taken out without making it pass."""
    while True:
        for candidate in smaller(case):
            if fails(candidate):
                case = candidate
                break
        else:
            return case


def smaller(case: Case) -> Iterator[Case]:
    """Every case that is a bit smaller: large pieces first."""
    if len(case.parts) > 1:
        yield Case(case.parts[:-1])
        yield Case(case.parts[1:])
    for shrunk in (fewer_events, smaller_programs, smaller_events):
        for place, part in enumerate(case.parts):
            for candidate in shrunk(part):
                yield Case((*case.parts[:place], candidate, *case.parts[place + 1 :]))


def fewer_events(part: Part) -> Iterator[Part]:
    """The part without some stretch of its events."""
    length = len(part.events)
    while length:
        for start in range(0, len(part.events), length):
            yield replace(part, events=part.events[:start] + part.events[start + length :])
        length //= 2


def smaller_programs(part: Part) -> Iterator[Part]:
    """The part without some key or entry of its program."""
    for path in paths(part.declared):
        yield replace(part, declared=without(part.declared, path))


def smaller_events(part: Part) -> Iterator[Part]:
    """The part without some key of one of its events."""
    for place, event in enumerate(part.events):
        for path in paths(event):
            shrunk = without(event, path)
            yield replace(part, events=(*part.events[:place], shrunk, *part.events[place + 1 :]))


def paths(value: Any) -> Iterator[tuple[Any, ...]]:
    """The path of every entry within a value, outer ones first."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        yield (key,)
        yield from ((key, *path) for path in paths(entry))


def without(value: Any, path: tuple[Any, ...]) -> Any:
    """A copy of a value without the entry at a path."""
    out = inner = copy.deepcopy(value)
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return out
