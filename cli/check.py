"""`tiercel check`: validate program files, and say what is probably wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from ..compiler.diagnostics import Diagnostic, Severity
from ..compiler.model.tree import Program
from ..compiler.report import FORMATS
from ..compiler.source import SourceFile
from .ending import DONE, NOT_DONE, WRONG, NotDone
from .files import FILE, PROGRAMS_ONLY
from .printing import count, print_diagnostics
from .programs import compile_program, program_files

if TYPE_CHECKING:
    from datetime import date

    from ..compiler.allow.suppress import Suppressed
    from ..compiler.driver import Compilation
    from .baseline import Baseline

# From about this many files on a check takes more than a moment.
MANY = 50


class Checked(NamedTuple):
    """A file that was checked: its text, what it means if it could be read that far, and what to report.

    `suppressed` is what would be reported if comments did not allow it, `held` what the baseline keeps from being so.
    """

    source: SourceFile
    program: Program | None
    diagnostics: list[Diagnostic]
    undecided: int
    suppressed: list[Suppressed]
    held: list[Diagnostic]


class Selection(NamedTuple):
    """The names of the warnings and infos to report (none: all), and of those not to."""

    select: frozenset[str]
    ignore: frozenset[str]

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether to report a diagnostic; errors always."""
        return diagnostic.severity is Severity.ERROR or self.takes_name(diagnostic.name)

    def takes_name(self, name: str) -> bool:
        """Whether to report warnings and infos of a name."""
        return (not self.select or name in self.select) and name not in self.ignore


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


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from ..compiler.allow.comment import day

    found = day(value)
    if found is None:
        raise click.BadParameter(f"`{value}` is no day, as `2027-01-31` is")
    return found


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
        type=click.Choice(["text", *FORMATS]),
        default="text",
        show_default=True,
        help="How to print what was found; all but text are one document over all files.",
    ),
    PROGRAMS_ONLY,
    click.Option(["--strict"], is_flag=True, help="Fail on warnings too."),
    _names_option("--select", "Of warnings and infos, report only these."),
    _names_option("--ignore", "Do not report these warnings and infos."),
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

    A comment "# tiercel: allow[NAME]: reason", or "allow[NAME] until DATE: reason", on the line of a warning or
    info, or right above it, keeps it from being reported. So does a baseline, which lists what was found when it
    was written with --write-baseline; what is listed and found no more is said on standard error.

    Exit codes: 0 no error, and with --strict no warning; 1 some; 2 a file could not be read.
    """
    selection = Selection(select, ignore)
    paths, missing = _expand(files, programs_only)
    held = _baseline(baseline, write_baseline, paths, selection)
    checked, unread = _check(paths, selection, today, held, printing=layout == "text")
    if layout != "text":
        from .reports import print_report

        print_report(layout, checked, [*missing, *unread])
    if checked:
        print(_summary(checked), file=sys.stderr)
    if statistics:
        from .statistics import statistics_lines

        click.echo("\n".join(statistics_lines(checked)), err=layout != "text")
    if held and not (missing or unread):
        held.finish()
    return NOT_DONE if missing or unread else _code(checked, strict)


def _baseline(
    path: str | None, writing: bool, inputs: Sequence[str], selection: Selection
) -> Baseline | None:
    if path is None:
        if writing:
            raise click.UsageError("--write-baseline needs --baseline FILE")
        return None
    from .baseline import open_baseline

    return open_baseline(path, writing, inputs, selection.takes_name)


def _expand(arguments: Sequence[str], programs_only: bool) -> tuple[list[str], list[str]]:
    """The files that the arguments stand for, sorted, each once; and of those without any, why."""
    found: set[str] = set()
    missing: list[str] = []
    for argument in arguments:
        try:
            found.update(program_files(argument, programs_only))
        except NotDone as refused:
            refused.show()
            missing.append(refused.message)
    return sorted(found), missing


def _check(
    paths: Sequence[str], selection: Selection, today: date | None, baseline: Baseline | None, printing: bool
) -> tuple[list[Checked], list[str]]:
    """Check each file, though others are broken; and of those that could not be read, why."""
    checked: list[Checked] = []
    unread: list[str] = []
    for path in _with_progress(paths, printing):
        try:
            compilation = compile_program(path, today)
        except NotDone as refused:
            refused.show()
            unread.append(refused.message)
            continue
        checked.append(_checked(compilation, selection, baseline))
        if printing:
            print_diagnostics(compilation.source, checked[-1].diagnostics, sys.stdout)
    return checked, unread


def _checked(compilation: Compilation, selection: Selection, baseline: Baseline | None) -> Checked:
    """What there is to report about a file, and what is kept from being reported."""
    source, program = compilation.source, compilation.program
    found = list(filter(selection.takes, compilation.diagnostics))
    held: list[Diagnostic] = []
    if baseline:
        found, held = baseline.split(source, found, complete=program is not None)
    found.sort(key=lambda d: (d.span.start, d.name))
    allowed = [one for one in compilation.suppressed if selection.takes(one.finding)]
    return Checked(source, program, found, compilation.undecided, allowed, held)


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
