"""`tiercel build`: compile a program into a module that evaluates it."""

from __future__ import annotations

import click

from .ending import DONE, WRONG
from .files import FILE, STDIN, expect_other_file, whole_file
from .printing import print_errors
from .programs import compile_program


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "-o", "--output", metavar="OUT", type=FILE, required=True, help="The module to write; - prints it."
)
@click.option(
    "--target", type=click.Choice(["python"]), default="python", show_default=True, help="What to write."
)
def command(file: str, output: str, target: str) -> int:  # noqa: ARG001  (a choice of one, so far)
    """Compile the program FILE (- for standard input) into a module that evaluates it.

    The module needs `tiercel.runtime` and Python's standard library, nothing else. OUT is replaced at once and
    whole. Where the program has errors they are printed, nothing is written, and the exit code is 1.
    """
    expect_other_file(output, file)
    compilation = compile_program(file)
    if compilation.module is None:
        print_errors(compilation)
        return WRONG
    if output == STDIN:
        click.echo(compilation.module, nl=False)
    else:
        with whole_file(output) as stream:
            stream.write(compilation.module.encode())
    return DONE
