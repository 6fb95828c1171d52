"""The command `tiercel` itself: finds the module of a command, and sees every command to its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from .. import __version__
from .ending import DEBUG, code_of, open_streams

COMMANDS = {
    "check": "validate program files, and say what is probably wrong with them",
    "fmt": "bring program files into their canonical layout",
    "explain": "what a diagnostic means, with a bad and a good example",
    "show": "a program in words, with every default that took effect",
    "build": "compile a program into a module that evaluates it",
    "run": "apply events to customers",
    "evaluate": "what one order earns, and why",
    "import-tiers": "move members to tiers by a CSV file",
    "diff": "what changes for customers and orders between two versions",
    "test": "play the scenarios that test a program",
    "init": "write a commented starter program",
    "schema": "print the JSON Schema of programs, scenarios or events",
    "lsp": "serve an editor: findings, completion, hover, rename, as you type",
    "completion": "print a shell's completion script",
}
COMPLETION = "_TIERCEL_COMPLETE"


class LazyGroup(click.Group):
    """A group whose commands are modules beside this one: `import-tiers` is `command` in `import_tiers.py`."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{cmd_name.replace('-', '_')}", __package__)
        command: click.Command = module.command
        if DEBUG not in command.params:
            command.params.append(DEBUG)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where there is none of that name."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"no command `{args[0]}`" + (f"; did you mean `{close[0]}`?" if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, args: Sequence[str] | None = None, *_unused: Any, **_extra: Any) -> NoReturn:
        """Run, and exit with 0, 1 or 2 as the help says. Never ends in a traceback, but with `--debug`."""
        open_streams()
        if COMPLETION in os.environ:
            super().main(args, "tiercel", COMPLETION)
        arguments = sys.argv[1:] if args is None else list(args)
        sys.exit(code_of(lambda: self._run(arguments), "--debug" in arguments))

    def _run(self, arguments: list[str]) -> int:
        with self.make_context("tiercel", arguments) as ctx:
            code: int = self.invoke(ctx)
            return code


@click.group(cls=LazyGroup, params=[DEBUG], context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="tiercel %(version)s")
def tiercel() -> None:
    """Loyalty programs as code: check, build and run them exactly.

    Exit codes: 0 done, nothing wrong; 1 done, and something is wrong with the input; 2 not done.
    """
