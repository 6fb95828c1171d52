"""The command line: `tiercel COMMAND`. One module a command, imported only when the command is called."""

from __future__ import annotations

from .group import tiercel


def main() -> None:
    """Run the command that `sys.argv` asks for, and exit with its code."""
    tiercel.main()
