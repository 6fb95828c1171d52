"""Names of diagnostics on the command line: what a shell offers, and what was probably meant."""

from __future__ import annotations

from difflib import get_close_matches

import click

from ..compiler.pages import all_names, error_names, page_text

__all__ = ["all_names", "completions", "error_names", "nearest", "page_text"]


def completions(_ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names that a shell offers for the last of a list with commas; errors cannot be ignored."""
    before, comma, last = incomplete.rpartition(",")
    unfit = error_names() if param.name == "ignore" else frozenset()
    return [before + comma + name for name in all_names() if name.startswith(last) and name not in unfit]


def nearest(name: str) -> str:
    """`; did you mean \\`x\\`?` for the known name nearest to an unknown one, or nothing."""
    close = get_close_matches(name, all_names(), 1)
    return f"; did you mean `{close[0]}`?" if close else ""
