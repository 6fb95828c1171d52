"""Makes the fixes of program files: writes each file whole, or shows what would change in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

from ..compiler.diagnostics import Diagnostic
from ..compiler.driver import Compilation
from ..compiler.fixing import fix_bytes
from .changes import print_changes
from .files import STDIN, read_bytes, rewrite, shown_name
from .programs import MOST


class Fixer:
    """Makes the fixes of one file after the other, and counts them."""

    def __init__(self, unsafe: bool, show_changes: bool) -> None:
        """With `unsafe` all fixes are made; with `show_changes` they are shown, and nothing is written."""
        self._unsafe = unsafe
        self._show_changes = show_changes
        self._made = 0
        self._unmade = 0

    def fixed(
        self, path: str, today: date | None, chosen: Callable[[Compilation], list[Diagnostic]]
    ) -> Compilation:
        """What a file is after the fixes of the `chosen` findings (`-`: standard input).

        With `show_changes` that is what it would be. Raises `NotDone` where it cannot be read or written.
        """
        content = read_bytes(path, MOST)
        result = fix_bytes(shown_name(path), content, unsafe=self._unsafe, today=today, chosen=chosen)
        if path == STDIN and not self._show_changes:
            sys.stdout.flush()
            sys.stdout.buffer.write(result.content)
        elif result.content != content:
            self._change(path, content, result.content)
        self._made += len(result.made)
        left = chosen(result.compilation)
        self._unmade += sum(any(not fix.safe for fix in found.fixes) for found in left)
        return result.compilation

    def _change(self, path: str, before: bytes, after: bytes) -> None:
        if self._show_changes:
            print_changes(shown_name(path), before.decode("utf-8"), after.decode("utf-8"))
        else:
            rewrite(path, after)

    def summary(self) -> str:
        """`3 fixed (1 more with --unsafe-fixes)`."""
        more = f" ({self._unmade} more with --unsafe-fixes)" if self._unmade and not self._unsafe else ""
        return f"{self._made} {'would be fixed' if self._show_changes else 'fixed'}{more}"
