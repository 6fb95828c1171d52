"""Writes what becomes of several programs since a revision: as text, as Markdown for one comment, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from ..diff.change import Difference, Verdict, overall, quoted
from . import diff_json, diff_markdown, diff_text
from .cells import visible
from .diff_json import VERSION
from .diff_markdown import markdown
from .text import BOLD, paint

# Hosts refuse a comment of more than some 65,000 characters.
MOST_CHARACTERS = 60_000


class State(Enum):
    """What can be said of a program; the value says it of one."""

    COMPARED = "is compared"
    NEW = "is new"
    GONE = "is gone"
    BROKEN = "has errors, see `tiercel check`"
    MENDED = "could not be compiled before"


class Compared(NamedTuple):
    """A program: its path, what its old version is called, and the difference if there are two to compare."""

    name: str
    old: str
    state: State
    difference: Difference | None = None

    @property
    def is_equivalent(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.difference is not None and self.difference.verdict is Verdict.EQUIVALENT


def verdict(programs: Sequence[Compared]) -> Verdict:
    """That on all programs: one that is gone is worse for its customers, a new one neither better nor worse."""
    found = [each.difference for each in programs if each.difference is not None]
    whole = overall([part for difference in found for part in difference.parts])
    if any(each.state is State.GONE for each in programs):
        worse = whole in (Verdict.ONLY_BETTER, Verdict.MIXED)
        return Verdict.MIXED if worse else Verdict.ONLY_WORSE
    others = any(each.state is not State.COMPARED for each in programs)
    return Verdict.CHANGED if others and whole is Verdict.EQUIVALENT else whole


def render_json(programs: Sequence[Compared]) -> str:
    """One object for each program, with `difference` null where there are no two versions."""
    files = [
        {
            "file": each.name,
            "state": each.state.name.lower(),
            "difference": each.difference and diff_json.facts(each.difference),
        }
        for each in programs
    ]
    return (
        json.dumps({"version": VERSION, "verdict": verdict(programs).value, "files": files}, indent=2) + "\n"
    )


def render_text(programs: Sequence[Compared], *, colour: bool = False) -> str:
    """Each program that differs, under its name, and how many do not."""
    sections = [
        f"{paint(visible(each.name), BOLD, colour)}\n{diff_text.render(each.difference, colour=colour)}\n"
        for each in programs
        if each.difference is not None and not each.is_equivalent
    ]
    others = [
        f"{paint(visible(each.name), BOLD, colour)} {each.state.value}\n"
        for each in programs
        if each.difference is None
    ]
    return "".join((*sections, *others, f"{_equivalent(programs)}\n"))


def render_markdown(programs: Sequence[Compared], revision: str) -> str:
    """One comment: a heading, what is not compared, then each program that differs."""
    return "".join(f"{line}\n" for line in _markdown(programs, revision))


def _markdown(programs: Sequence[Compared], revision: str) -> Iterator[str]:
    yield f"## Loyalty programs: {verdict(programs).value}"
    yield from ("", f"Compared with {markdown(quoted(revision))}: {_equivalent(programs)}.")
    others = [each for each in programs if each.difference is None]
    if others:
        yield from ("", *(f"- {markdown(quoted(each.name))} {each.state.value}" for each in others))
    room = MOST_CHARACTERS
    for each in programs:
        if each.difference is None or each.is_equivalent:
            continue
        section = diff_markdown.render(each.difference, each.old, each.name)
        room -= len(section)
        yield ""
        yield (
            section.rstrip("\n")
            if room >= 0
            else f"{markdown(quoted(each.name))} changes too, see `tiercel diff`."
        )


def _equivalent(programs: Sequence[Compared]) -> str:
    same = sum(each.is_equivalent for each in programs)
    differ = len(programs) - same
    words = f"{differ} of {len(programs)} programs" if len(programs) != 1 else "the program"
    return f"{words} differs" if differ == 1 else f"{words} differ" if differ else "no program differs"
