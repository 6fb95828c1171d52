"""`tiercel lsp`: the language server, which editors start."""

from __future__ import annotations

from importlib.util import find_spec

import click

from .ending import DONE, WRONG, NotDone


@click.command()
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does anyway.")
def command(stdio: bool) -> int:  # noqa: ARG001  (editors pass it as a matter of course)
    """Serve an editor over standard input and output, by the Language Server Protocol.

    Editors start it; docs/editor.md says how to set them up. It ends with 0 after the editor asked it to, else
    with 1.
    """
    if find_spec("pygls") is None:
        raise NotDone("the language server needs more than is installed: pip install 'tiercel[lsp]'")
    from ..editor.answers import serve

    return DONE if serve() else WRONG
