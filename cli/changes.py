"""Prints what would change in a file as a unified diff, which `git apply` and `patch -p1` take."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from ..compiler.report.cells import visible
from .printing import wants_colour

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def print_changes(name: str, before: str, after: str) -> None:
    """Print the difference of a file's text on standard output; nothing where there is none."""
    colour = wants_colour(sys.stdout)
    sys.stdout.writelines(
        map(_coloured, changes(name, before, after)) if colour else changes(name, before, after)
    )


def changes(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of the difference, each with its end."""
    if before == after:
        return
    from difflib import unified_diff

    name = visible(name.lstrip("/"))
    for line in unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines, each with its end; as git has them, for which nothing but a line feed ends one."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _coloured(line: str) -> str:
    bold = line.startswith(("+++ ", "--- "))
    colour = None if bold else _COLOURS.get(line[0])
    return click.style(line.removesuffix("\n"), fg=colour, bold=bold or None) + "\n"
