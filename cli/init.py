"""`tiercel init`: write a commented starter program."""

from __future__ import annotations

import os
from importlib.resources import files

import click

from ..schema import program_schema
from .ending import DONE, NotDone
from .files import refusals, whole_file

STARTER = files(__package__).joinpath("starter.yaml")


@click.command()
@click.argument("name", default="program.yaml")
@click.option("--schema", metavar="LOCATION", help="the URL or path at which editors find the schema")
def command(name: str, schema: str | None) -> int:
    """Write a commented starter program into NAME.yaml (without NAME, into program.yaml).

    Its first line tells editors where the schema is. A file that is there already is never overwritten.
    """
    first = modeline(program_schema()["$id"] if schema is None else schema)
    if not os.path.basename(name):
        raise NotDone(f"`{name}` has no name of a file")
    path = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    with refusals("write", path):
        if os.path.lexists(path):
            raise NotDone(f"`{path}` is there already; give another name")
    with whole_file(path) as stream:
        stream.write(first.encode() + STARTER.read_bytes())
    click.echo(f"wrote {path}; check it with: tiercel check {path}")
    return DONE


def modeline(location: str) -> str:
    """The line by which editors with the YAML language server find the schema of a file."""
    if not location or any(c.isspace() or not c.isprintable() for c in location):
        raise click.UsageError("the location of a schema is a URL or a path without spaces")
    return f"# yaml-language-server: $schema={location}\n"
