"""Every name that a diagnostic can have, and the page that explains it."""

from __future__ import annotations

from importlib import import_module

from . import errors
from .diagnostics import Severity
from .lint import LINTS


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
    module = import_module(f".lint.{name.replace('-', '_')}", __package__)
    return module.__doc__ or ""
