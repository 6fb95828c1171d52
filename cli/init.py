"""`tiercel init`: write a commented starter program."""

from __future__ import annotations

import os
from importlib.resources import files

import click

from .ending import DONE, NotDone
from .files import refusals

STARTER = files(__package__).joinpath("starter.yaml")


@click.command()
@click.argument("name", default="program.yaml")
def command(name: str) -> int:
    """Write a commented starter program into NAME.yaml (without NAME, into program.yaml).

    A file that is there already is never overwritten.
    """
    if not os.path.basename(name):
        raise NotDone(f"`{name}` has no name of a file")
    path = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
    with refusals("write", path):
        if os.path.lexists(path):
            raise NotDone(f"`{path}` is there already; give another name")
        with open(path, "xb") as stream:
            stream.write(STARTER.read_bytes())
    click.echo(f"wrote {path}; check it with: tiercel check {path}")
    return DONE
