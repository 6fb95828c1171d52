"""Every name that a diagnostic can have, and the page that explains it."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from importlib.resources import files

from ..compiler.lint import LINTS
from ..compiler.lint.page import Page, parse_page

ERRORS = files(__package__.rpartition(".")[0]).joinpath("compiler", "errors")


def error_names() -> list[str]:
    """The names of errors that have a page of their own, sorted."""
    return sorted(entry.name.removesuffix(".md") for entry in ERRORS.iterdir() if entry.name.endswith(".md"))


def all_names() -> list[str]:
    """The names of all errors and lints, sorted."""
    return sorted({*error_names(), *(lint.name for lint in LINTS)})


def page_text(name: str) -> str:
    """The Markdown page of a known name."""
    if any(lint.name == name for lint in LINTS):
        module = import_module(f"..compiler.lint.{name.replace('-', '_')}", __package__)
        return module.__doc__ or ""
    return ERRORS.joinpath(f"{name}.md").read_text("utf-8")


def page(name: str) -> Page:
    """The page of a known name, in its parts."""
    return parse_page(name, page_text(name))


def nearest(name: str) -> str:
    """`; did you mean \\`x\\`?` for the known name nearest to an unknown one, or nothing."""
    close = get_close_matches(name, all_names(), 1)
    return f"; did you mean `{close[0]}`?" if close else ""
