"""Makes the fixes of program files: writes each file whole, or shows what would change in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date

from ..compiler.diagnostics import Diagnostic
from ..compiler.driver import Compilation
from ..compiler.fixing import Fixed, fix_bytes
from .files import STDIN, read_bytes, shown_name, whole_file
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
        if self._show_changes:
            sys.stdout.writelines(changes(shown_name(path), content, result))
        elif path == STDIN:
            sys.stdout.flush()
            sys.stdout.buffer.write(result.content)
        elif result.content != content:
            with whole_file(path) as stream:
                stream.write(result.content)
        self._made += len(result.made)
        left = chosen(result.compilation)
        self._unmade += sum(any(not fix.safe for fix in found.fixes) for found in left)
        return result.compilation

    def summary(self) -> str:
        """`3 fixed (1 more with --unsafe-fixes)`."""
        more = f" ({self._unmade} more with --unsafe-fixes)" if self._unmade and not self._unsafe else ""
        return f"{self._made} {'would be fixed' if self._show_changes else 'fixed'}{more}"


def changes(name: str, content: bytes, result: Fixed) -> Iterator[str]:
    """A unified diff of a file with what it is after its fixes, line by line; nothing where that is the same."""
    if content == result.content:
        return
    from difflib import unified_diff

    before, after = content.decode("utf-8").splitlines(True), result.content.decode("utf-8").splitlines(True)
    for line in unified_diff(before, after, f"a/{name.lstrip('/')}", f"b/{name.lstrip('/')}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
