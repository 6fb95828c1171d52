"""`tiercel schema`: print the JSON Schema of a kind of file, for editors and other tools."""

from __future__ import annotations

import click

from ..schema import schema_text
from .ending import DONE


@click.command()
@click.argument("kind", default="program", type=click.Choice(["program", "scenario", "event"]))
def command(kind: str) -> int:
    """Print the JSON Schema (draft 7) of program files, of scenario files, or of events.

    Keep it in a file where an editor cannot reach the network, and name that file in `init --schema`.
    """
    click.echo(schema_text(kind), nl=False)
    return DONE
