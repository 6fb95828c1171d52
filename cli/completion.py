"""`tiercel completion`: the script that lets a shell complete commands, options and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from .group import COMPLETION, tiercel

WHERE = {
    "bash": 'eval "$(tiercel completion bash)"      in ~/.bashrc',
    "zsh": 'eval "$(tiercel completion zsh)"       in ~/.zshrc',
    "fish": "tiercel completion fish | source        in ~/.config/fish/config.fish",
}


@click.command(epilog="\b\nTo turn it on:\n" + "\n".join(f"  {line}" for line in WHERE.values()))
@click.argument("shell", type=click.Choice(list(WHERE)))
def command(shell: str) -> int:
    """Print the completion script of SHELL: bash, zsh or fish."""
    script = get_completion_class(shell)
    assert script is not None, "click knows all three"
    click.echo(script(tiercel, {}, "tiercel", COMPLETION).source())
    return 0
