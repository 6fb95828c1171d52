"""Every name that a diagnostic can have, and the page that explains it."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click

from ..compiler import errors
from ..compiler.diagnostics import Severity
from ..compiler.lint import LINTS


def error_names() -> frozenset[str]:
    """The names of all errors, those that lints find included."""
    return frozenset((*errors.ERRORS, *(lint.name for lint in LINTS if lint.severity is Severity.ERROR)))


def all_names() -> list[str]:
    """The names of all errors and lints, sorted."""
    return sorted({*errors.ERRORS, *(lint.name for lint in LINTS)})


def page_text(name: str) -> str:
    """The Markdown page of a known name."""
    if name in errors.ERRORS:
        return errors.page(name)
    module = import_module(f"..compiler.lint.{name.replace('-', '_')}", __package__)
    return module.__doc__ or ""


def completions(_ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names that a shell offers for the last of a list with commas; errors cannot be ignored."""
    before, comma, last = incomplete.rpartition(",")
    unfit = error_names() if param.name == "ignore" else frozenset()
    return [before + comma + name for name in all_names() if name.startswith(last) and name not in unfit]


def nearest(name: str) -> str:
    """`; did you mean \\`x\\`?` for the known name nearest to an unknown one, or nothing."""
    close = get_close_matches(name, all_names(), 1)
    return f"; did you mean `{close[0]}`?" if close else ""
