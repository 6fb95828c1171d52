"""`tiercel check`: validate program files, and say what is probably wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from ..compiler.diagnostics import Severity
from ..compiler.report import FORMATS
from .checking import Checked, Checking
from .ending import DONE, NOT_DONE, WRONG
from .files import FILE, PROGRAMS_ONLY, STDIN
from .printing import count
from .programs import files_of_all, program_files
from .selection import SELECTION, Selection

if TYPE_CHECKING:
    from datetime import date

    from .baseline import Baseline
    from .fixing import Fixer


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from ..compiler.allow.comment import day

    found = day(value)
    if found is None:
        raise click.BadParameter(f"`{value}` is no day, as `2027-01-31` is")
    return found


OPTIONS = [
    click.Argument(["files"], metavar="FILE...", type=FILE, nargs=-1, required=True),
    click.Option(
        ["--format", "layout"],
        type=click.Choice(["text", *FORMATS]),
        default="text",
        show_default=True,
        help="How to print what was found; all but text are one document over all files.",
    ),
    PROGRAMS_ONLY,
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
    *SELECTION,
    click.Option(
        ["--today"],
        metavar="DATE",
        callback=_day,
        help="The day with which the days of allows are compared; without it none expires.",
    ),
    click.Option(
        ["--baseline"],
        type=FILE,
        metavar="FILE",
        help="Do not report the warnings and infos that FILE lists.",
    ),
    click.Option(["--write-baseline"], is_flag=True, help="Write what is found into the baseline."),
    click.Option(["--statistics"], is_flag=True, help="Count what was found, and what was read."),
]


@click.command(params=OPTIONS)
def command(
    files: tuple[str, ...],
    layout: str,
    programs_only: bool,
    strict: bool,
    fix: bool,
    unsafe_fixes: bool,
    show_changes: bool,
    select: frozenset[str],
    ignore: frozenset[str],
    today: date | None,
    baseline: str | None,
    write_baseline: bool,
    statistics: bool,
) -> int:
    """Validate the program in each FILE, and say what is probably wrong with it.

    A FILE can be - for standard input, or a folder, which stands for the *.yaml and *.yml below it that have a
    top-level key `tiercel` (hidden folders are skipped).

    NAMES are names of diagnostics with commas between them, as `tiercel explain` lists them; the options can
    be repeated. Errors are always reported.

    With --fix, what is reported is what remains; the text of standard input goes to standard output, and the report
    to standard error.

    A comment "# tiercel: allow[NAME]: reason", or "allow[NAME] until DATE: reason", on the line of a warning or
    info, or right above it, keeps it from being reported. So does a baseline, which lists what was found when it
    was written with --write-baseline; what is listed and found no more is said on standard error.

    Exit codes: 0 no error, and with --strict no warning; 1 some; 2 a file could not be read, or not be written.
    """
    selection = Selection(select, ignore)
    paths, missing = files_of_all(files, partial(program_files, programs_only=programs_only))
    held = _baseline(baseline, write_baseline, show_changes, paths, selection)
    fixer = _fixer(fix, unsafe_fixes, show_changes)
    # What is fixed or would change has standard output for itself.
    stream = sys.stderr if show_changes or (fix and STDIN in paths) else sys.stdout
    checking = Checking(selection, today, held, fixer, stream if layout == "text" else None)
    checked, unread = checking.check(paths)
    if layout != "text":
        from .reports import print_report

        print_report(layout, checked, [*missing, *unread], stream)
    if checked:
        print(*([fixer.summary()] if fixer else []), _summary(checked), sep="\n", file=sys.stderr)
    if statistics:
        from .statistics import statistics_lines

        click.echo("\n".join(statistics_lines(checked)), err=layout != "text" or stream is sys.stderr)
    if held and not (missing or unread):
        held.finish()
    return NOT_DONE if missing or unread else _code(checked, strict)


def _fixer(fix: bool, unsafe: bool, show_changes: bool) -> Fixer | None:
    """What makes fixes, where that is asked for. Raises a usage error for options that need `--fix`."""
    if not fix:
        if unsafe or show_changes:
            raise click.UsageError(f"{'--unsafe-fixes' if unsafe else '--diff'} needs --fix")
        return None
    from .fixing import Fixer

    return Fixer(unsafe, show_changes)


def _baseline(
    path: str | None, writing: bool, show_changes: bool, inputs: Sequence[str], selection: Selection
) -> Baseline | None:
    if path is None:
        if writing:
            raise click.UsageError("--write-baseline needs --baseline FILE")
        return None
    if writing and show_changes:
        raise click.UsageError("--diff writes nothing, and so no baseline")
    from .baseline import open_baseline

    return open_baseline(path, writing, inputs, selection.takes_name)


def _code(checked: Sequence[Checked], strict: bool) -> int:
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return WRONG if any(d.severity in failing for one in checked for d in one.diagnostics) else DONE


def _summary(checked: Sequence[Checked]) -> str:
    """`1 error, 2 warnings in 3 files`; and how much is allowed or held, if anything is."""
    severities = [d.severity for one in checked for d in one.diagnostics]
    found = f"{', '.join(_counts(severities)) or 'nothing found'} in {count(len(checked), 'file')}"
    allowed = sum(len(one.suppressed) for one in checked)
    held = sum(len(one.held) for one in checked)
    found += f"; {count(allowed, 'finding')} allowed" if allowed else ""
    return f"{found}; {count(held, 'finding')} held by the baseline" if held else found


def _counts(severities: Sequence[Severity]) -> Iterator[str]:
    for severity in Severity:
        if severity in severities:
            yield count(severities.count(severity), severity.value)
