"""Prints diagnostics on the terminal, or wherever the output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from ..compiler.diagnostics import Diagnostic, Severity
from ..compiler.report import text

if TYPE_CHECKING:
    from ..compiler.driver import Compilation
    from ..compiler.source import SourceFile


def print_errors(compilation: Compilation) -> None:
    """The errors that keep a command from using a program, on standard error, with a line that counts them."""
    errors = [d for d in compilation.diagnostics if d.severity is Severity.ERROR]
    print_diagnostics(compilation.source, errors, sys.stderr)
    print(count(len(errors), "error"), file=sys.stderr)


def print_diagnostics(source: SourceFile, diagnostics: Iterable[Diagnostic], stream: TextIO) -> None:
    """Each diagnostic, with an empty line after it; coloured and as wide as the terminal, if it is one."""
    colour, width = wants_colour(stream), width_of(stream)
    for diagnostic in diagnostics:
        stream.write(text.render(source, diagnostic, colour=colour, width=width) + "\n")


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def count(number: int, noun: str, many: str = "") -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def width_of(stream: TextIO) -> int:
    """How many columns of a source line fit on the terminal; of other streams, as many as are read well."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return text.WIDTH
    # What line numbers leave of the terminal, and at least what a window needs to show something.
    return max(40, columns - 8)
