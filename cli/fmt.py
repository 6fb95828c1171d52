"""`tiercel fmt`: bring program files into their canonical layout."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from ..compiler.report.cells import visible
from .changes import print_changes
from .ending import DONE, NOT_DONE, WRONG, NotDone
from .files import FILE, PROGRAMS_ONLY, STDIN, read_bytes, rewrite, shown_name
from .printing import count, print_diagnostics
from .programs import MOST, files_of_all, program_and_scenario_files

if TYPE_CHECKING:
    from ..compiler.layout.from_bytes import LaidOut

# From about this many files on it takes more than a moment.
MANY = 50

OPTIONS = [
    click.Argument(["files"], metavar="FILE...", type=FILE, nargs=-1, required=True),
    click.Option(["--check"], is_flag=True, help="Write nothing; name the files that would be changed."),
    click.Option(["--diff"], is_flag=True, help="Write nothing; show what would be changed."),
    PROGRAMS_ONLY,
]


class Outcome(Enum):
    """What became of a file; the value says so of several."""

    CHANGED = "formatted"
    IN_ORDER = "in canonical layout"
    WRONG = "with errors"
    FAILED = ""


class Mode(NamedTuple):
    """What to do with a file that is not in canonical layout: name it, show its diff, or (neither) write it."""

    check: bool
    diff: bool

    @property
    def writing(self) -> bool:
        """Whether files are changed."""
        return not (self.check or self.diff)


@click.command(params=OPTIONS)
def command(files: tuple[str, ...], check: bool, diff: bool, programs_only: bool) -> int:
    """Bring the program in each FILE into its canonical layout: the order of keys, indentation, quotes, numbers.

    What a program means stays as it is, and so do comments. A FILE can be - for standard input, which is
    written to standard output; or a folder, which stands for the programs below it, as in `tiercel check`, and
    for their scenarios, *.test.yaml and *.test.yml. A file with errors in its YAML is left as it is.

    Exit codes: 0 done, and with --check or --diff nothing would be changed; 1 a file has errors, or would be
    changed; 2 a file could not be read or written.
    """
    mode = Mode(check, diff)
    paths, missing = files_of_all(files, partial(program_and_scenario_files, programs_only=programs_only))
    outcomes = Counter(_format(path, mode) for path in _with_progress(paths, mode))
    outcomes[Outcome.FAILED] += len(missing)
    if summary := _summary(outcomes, mode):
        print(summary, file=sys.stderr)
    if outcomes[Outcome.FAILED]:
        return NOT_DONE
    return WRONG if outcomes[Outcome.WRONG] or (outcomes[Outcome.CHANGED] and not mode.writing) else DONE


def _format(path: str, mode: Mode) -> Outcome:
    """Do with one file what the mode says."""
    try:
        laid_out = _laid_out(path)
        if laid_out.errors:
            print_diagnostics(laid_out.source, laid_out.errors, sys.stderr)
            return Outcome.WRONG
        if path == STDIN and mode.writing:
            sys.stdout.flush()
            sys.stdout.buffer.write(laid_out.content)
        if not laid_out.edits:
            return Outcome.IN_ORDER
        _change(path, laid_out, mode)
    except NotDone as refused:
        refused.show()
        return Outcome.FAILED
    return Outcome.CHANGED


def _change(path: str, laid_out: LaidOut, mode: Mode) -> None:
    if mode.diff:
        mark = laid_out.mark.decode("utf-8")
        print_changes(shown_name(path), mark + laid_out.source.text, mark + laid_out.text)
    elif mode.check:
        click.echo(visible(shown_name(path)))
    elif path != STDIN:
        rewrite(path, laid_out.content)
        click.echo(f"formatted {visible(path)}", err=True)


def _summary(outcomes: Counter[Outcome], mode: Mode) -> str:
    """`1 file formatted, 2 files in canonical layout`."""
    would = {Outcome.CHANGED: "" if mode.writing else "would be "}
    return ", ".join(
        f"{count(outcomes[outcome], 'file')} {would.get(outcome, '')}{outcome.value}"
        for outcome in Outcome
        if outcome.value and outcomes[outcome]
    )


def _laid_out(path: str) -> LaidOut:
    content = read_bytes(path, MOST)
    from ..compiler.layout.from_bytes import lay_out
    from ..compiler.layout.layout import NotTheSame

    try:
        return lay_out(shown_name(path), content)
    except NotTheSame as fault:
        raise NotDone(
            f"cannot format `{shown_name(path)}`: {fault}; please report it with the file"
        ) from fault


def _with_progress(paths: Sequence[str], mode: Mode) -> Iterator[str]:
    """The paths, with a progress bar where there are many and nothing else shows on the terminal."""
    if len(paths) < MANY or not sys.stderr.isatty() or (not mode.writing and sys.stdout.isatty()):
        yield from paths
        return
    with click.progressbar(paths, label="files", file=sys.stderr) as bar:
        yield from bar
