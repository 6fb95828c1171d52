"""`tiercel check`: validate program files, and say what is probably wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from ..compiler.diagnostics import Diagnostic, Severity
from ..compiler.model.tree import Program
from ..compiler.source import SourceFile
from .ending import DONE, NOT_DONE, WRONG, NotDone
from .files import FILE, STDIN
from .printing import count, print_diagnostics
from .programs import compile_program, program_files

if TYPE_CHECKING:
    from .fixing import Fixer

# From about this many files on a check takes more than a moment.
MANY = 50


class Checked(NamedTuple):
    """A file that was checked: its text, what it means if it could be read that far, and what to report."""

    source: SourceFile
    program: Program | None
    diagnostics: list[Diagnostic]
    undecided: int


class Selection(NamedTuple):
    """The names of the warnings and infos to report (none: all), and of those not to."""

    select: frozenset[str]
    ignore: frozenset[str]

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether to report a diagnostic; errors always."""
        if diagnostic.severity is Severity.ERROR:
            return True
        chosen = not self.select or diagnostic.name in self.select
        return chosen and diagnostic.name not in self.ignore


def _known(_ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> frozenset[str]:
    """The names in an option that can be repeated, each value a list with commas."""
    names = frozenset(name.strip() for value in values for name in value.split(",") if name.strip())
    if names:
        from .catalog import all_names, error_names, nearest

        for name in sorted(names.difference(all_names())):
            raise click.BadParameter(f"no diagnostic is called `{name}`{nearest(name)}")
        for name in sorted(names & error_names()) if param.name == "ignore" else ():
            raise click.BadParameter(f"`{name}` is an error, and errors cannot be ignored")
    return names


def _completions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from .catalog import completions

    return completions(ctx, param, incomplete)


def _names_option(name: str, about: str) -> click.Option:
    return click.Option(
        [name], metavar="NAMES", multiple=True, callback=_known, shell_complete=_completions, help=about
    )


OPTIONS = [
    click.Argument(["files"], metavar="FILE...", type=FILE, nargs=-1, required=True),
    click.Option(
        ["--format", "layout"],
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to print what was found.",
    ),
    click.Option(["--strict"], is_flag=True, help="Fail on warnings too."),
    click.Option(["--fix"], is_flag=True, help="Make the fixes that leave the meaning as it is."),
    click.Option(
        ["--unsafe-fixes"], is_flag=True, help="With --fix, make those too that change what customers get."
    ),
    click.Option(
        ["--diff", "show_changes"],
        is_flag=True,
        help="With --fix, show what would change, and write nothing.",
    ),
    _names_option("--select", "Of warnings and infos, report only these."),
    _names_option("--ignore", "Do not report these warnings and infos."),
    click.Option(["--statistics"], is_flag=True, help="Count what was found, and what was read."),
]


@click.command(params=OPTIONS)
def command(
    files: tuple[str, ...],
    layout: str,
    strict: bool,
    select: frozenset[str],
    ignore: frozenset[str],
    statistics: bool,
    fix: bool,
    unsafe_fixes: bool,
    show_changes: bool,
) -> int:
    """Validate the program in each FILE, and say what is probably wrong with it.

    A FILE can be - for standard input, or a folder, which stands for the *.yaml and *.yml below it that have a
    top-level key `tiercel` (hidden folders are skipped).

    NAMES are names of diagnostics with commas between them, as `tiercel explain` lists them; the options can
    be repeated. Errors are always reported.

    With --fix, what is reported is what remains; the text of standard input goes to standard output.

    Exit codes: 0 no error, and with --strict no warning; 1 some; 2 a file could not be read, or not be written.
    """
    paths, missing = _expand(files)
    selection = Selection(select, ignore)
    fixer = _fixer(fix, unsafe_fixes, show_changes, selection)
    # What is fixed or would change has standard output for itself.
    stream = sys.stderr if show_changes or (fix and STDIN in paths) else sys.stdout
    checked, unread = _check(paths, selection, stream if layout == "text" else None, fixer)
    if layout == "json":
        from ..compiler.report import json

        stream.write(json.render([(one.source, one.diagnostics) for one in checked]))
    if checked:
        print(*([fixer.summary()] if fixer else []), _summary(checked), sep="\n", file=sys.stderr)
    if statistics:
        from .statistics import statistics_lines

        click.echo("\n".join(statistics_lines(checked)), err=layout == "json" or stream is sys.stderr)
    return NOT_DONE if missing or unread else _code(checked, strict)


def _fixer(fix: bool, unsafe: bool, show_changes: bool, selection: Selection) -> Fixer | None:
    """What makes fixes, where that is asked for. Raises a usage error for options that need `--fix`."""
    if not fix:
        if unsafe or show_changes:
            raise click.UsageError(f"{'--unsafe-fixes' if unsafe else '--diff'} needs --fix")
        return None
    from .fixing import Fixer

    return Fixer(unsafe, show_changes, selection.takes)


def _expand(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The files that the arguments stand for, sorted, each once; and whether there was one without any."""
    found: set[str] = set()
    missing = False
    for argument in arguments:
        try:
            found.update(program_files(argument))
        except NotDone as refused:
            refused.show()
            missing = True
    return sorted(found), missing


def _check(
    paths: Sequence[str], selection: Selection, stream: TextIO | None, fixer: Fixer | None
) -> tuple[list[Checked], bool]:
    """Check each file, though others are broken; and whether one could not be read, or not be written.

    Findings are printed to the stream, if there is one.
    """
    checked: list[Checked] = []
    for path in _with_progress(paths, stream is not None):
        try:
            compilation = fixer.fixed(path) if fixer else compile_program(path)
        except NotDone as refused:
            refused.show()
            continue
        found = sorted(filter(selection.takes, compilation.diagnostics), key=lambda d: (d.span.start, d.name))
        checked.append(Checked(compilation.source, compilation.program, found, compilation.undecided))
        if stream:
            print_diagnostics(compilation.source, found, stream)
    return checked, len(checked) < len(paths)


def _with_progress(paths: Sequence[str], printing: bool) -> Iterator[str]:
    """The paths, with a progress bar where there are many and nothing else shows on the terminal."""
    if len(paths) < MANY or not sys.stderr.isatty() or (printing and sys.stdout.isatty()):
        yield from paths
        return
    with click.progressbar(paths, label="files", file=sys.stderr) as bar:
        yield from bar


def _code(checked: Sequence[Checked], strict: bool) -> int:
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return WRONG if any(d.severity in failing for one in checked for d in one.diagnostics) else DONE


def _summary(checked: Sequence[Checked]) -> str:
    """`1 error, 2 warnings in 3 files`."""
    severities = [d.severity for one in checked for d in one.diagnostics]
    return f"{', '.join(_counts(severities)) or 'nothing found'} in {count(len(checked), 'file')}"


def _counts(severities: Sequence[Severity]) -> Iterator[str]:
    for severity in Severity:
        if severity in severities:
            yield count(severities.count(severity), severity.value)
