"""`tiercel show`: a program in words, with every default that took effect."""

from __future__ import annotations

import click

from .ending import DONE, WRONG
from .files import FILE
from .printing import print_errors
from .programs import compile_program


@click.command()
@click.argument("file", type=FILE)
def command(file: str) -> int:
    """Print the program FILE (- for standard input) in words: tiers, what they earn, campaigns, limits.

    It ends with every default that took effect, since nothing that changes what a customer gets is silent.
    """
    compilation = compile_program(file)
    if compilation.program is None or compilation.has_errors:
        print_errors(compilation)
        return WRONG
    from ..reasons.portrait import portrait

    click.echo("\n".join(portrait(compilation.program)))
    return DONE
