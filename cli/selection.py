"""The options by which a check reports some findings and not others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import click

from ..compiler.diagnostics import Diagnostic, Severity


class Selection(NamedTuple):
    """The names of the warnings and infos to report (none: all), and of those not to."""

    select: frozenset[str]
    ignore: frozenset[str]

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether to report a diagnostic; errors always."""
        return diagnostic.severity is Severity.ERROR or self.takes_name(diagnostic.name)

    def takes_name(self, name: str) -> bool:
        """Whether to report warnings and infos of a name."""
        return (not self.select or name in self.select) and name not in self.ignore


def _known(_ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> frozenset[str]:
    """The names in an option that can be repeated, each value a list with commas."""
    names = frozenset(name.strip() for value in values for name in value.split(",") if name.strip())
    if names:
        from .catalog import all_names, error_names, nearest

        for name in sorted(names.difference(all_names())):
            raise click.BadParameter(f"no diagnostic is called `{name}`{nearest(name)}")
        for name in sorted(names & error_names()) if param.name == "ignore" else ():
            raise click.BadParameter(f"`{name}` is an error, and errors cannot be ignored")
    return names


def _completions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from .catalog import completions

    return completions(ctx, param, incomplete)


def _names_option(name: str, about: str) -> click.Option:
    return click.Option(
        [name], metavar="NAMES", multiple=True, callback=_known, shell_complete=_completions, help=about
    )


SELECTION: tuple[click.Parameter, ...] = (
    _names_option("--select", "Of warnings and infos, report only these."),
    _names_option("--ignore", "Do not report these warnings and infos."),
)
