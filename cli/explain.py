"""`tiercel explain`: what a diagnostic means, with a bad and a good example."""

from __future__ import annotations

import click

from .catalog import all_names, completions, nearest, page_text
from .ending import DONE


@click.command()
@click.argument("name", required=False, shell_complete=completions)
def command(name: str | None) -> int:
    """Print the page of the diagnostic NAME: what it finds, why, a bad and a good example, and what to do.

    Without NAME, list all names.
    """
    if name is None:
        names = all_names()
        width = max(map(len, names))
        click.echo("\n".join(f"{each:<{width}}  {_title(each)}" for each in names))
    elif name in all_names():
        click.echo(f"{name}\n\n{page_text(name).strip().removeprefix('# ')}{_fix(name)}")
    else:
        raise click.UsageError(f"no diagnostic is called `{name}`{nearest(name)}")
    return DONE


def _fix(name: str) -> str:
    """What `check --fix` does about it, as a section of the page."""
    from ..compiler.fixable import FIXABLE, NONE

    kind, about = FIXABLE[name]
    return f"\n\n## Fix: {kind}\n\n{'There is none: ' + about if kind == NONE else about[0].upper() + about[1:]}."


def _title(name: str) -> str:
    """The first line of a page."""
    return page_text(name).strip().partition("\n")[0].removeprefix("# ")
