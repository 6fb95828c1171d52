"""`tiercel test`: play scenarios, and say which of their expectations are not met, and why."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

import click

from ..scenarios.as_text import render
from ..scenarios.running import Broken, FileResult, summary
from .ending import DONE, NOT_DONE, WRONG, NotDone
from .files import FILE, STDIN
from .gathering import Gathered
from .playing import Asked, Known, PlayedFile, play_files
from .printing import count, print_diagnostics, wants_colour, width_of
from .programs import SCENARIOS, is_program, scenario_files, scenarios_beside
from .progress import with_progress
from .same_file import name_of, spellings

if TYPE_CHECKING:
    from ..coverage.covered import Covered

_PERCENTAGE = re.compile(r"100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?", re.ASCII)


def _pattern(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    try:
        re.compile(value or "")
    except re.error as error:
        raise click.BadParameter(f"`{value}` is no regular expression: {error}") from None
    return value


def _percentage(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Decimal | None:
    if value is not None and not _PERCENTAGE.fullmatch(value):
        raise click.BadParameter(f"`{value}` is no percentage, as `100` and `97.5` are")
    return None if value is None else Decimal(value)


@click.command()
@click.argument("paths", metavar="PATH...", type=FILE, nargs=-1, required=True)
@click.option(
    "--run", "titles", metavar="REGEX", callback=_pattern, help="Play only scenarios with such a title."
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="How to print what came of them; all but text are one document over all files.",
)
@click.option("--update", is_flag=True, help="Write the snapshots in the files as they are now.")
@click.option("--coverage", "covering", is_flag=True, help="Say what the scenarios cover of their programs.")
@click.option("--annotate", is_flag=True, help="Show the programs with what is covered, line by line.")
@click.option(
    "--fail-under",
    "least",
    metavar="PERCENT",
    callback=_percentage,
    help="Fail where less is covered of all the programs together.",
)
@click.option("--propose", is_flag=True, help="Print scenarios for what is not covered, ready to be pasted.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes play; left out, as many as pay.",
)
def command(
    paths: tuple[str, ...],
    titles: str | None,
    layout: str,
    update: bool,
    covering: bool,
    annotate: bool,
    least: Decimal | None,
    propose: bool,
    jobs: int | None,
) -> int:
    """Play the scenarios in each PATH: a file, a folder, which stands for the *.test.yaml below it, or standard input (-).

    A scenario is a list of things that happen to members, and of what has to come of it. Each begins with no
    members, and plays under the program that its file names, or NAME.yaml for NAME.test.yaml. Of a program the
    scenarios beside it are played.

    What is printed of a failing expectation is what was there instead, the events that led to it, and why: what
    `tiercel evaluate` says of the orders concerned.

    Covered are tiers entered and left, rules that matched and that did not, each clause of a condition true and
    false, each threshold right at it and beside it. What is proved to be impossible does not count. --annotate,
    --fail-under and --propose measure it too; a program that is named is measured though it has no scenarios yet.

    Exit codes: 0 all passed; 1 some failed, something is wrong with a file or a program, or too little is covered;
    2 not done.
    """
    if layout != "text" and (annotate or propose):
        raise click.UsageError(f"{'--annotate' if annotate else '--propose'} prints text: leave out --format")
    if update and STDIN in paths:
        raise click.UsageError("--update writes files, and standard input (-) is none")
    measured = covering or annotate or propose or least is not None
    files, programs, missing = _expand(paths, measured)
    if propose:  # a shell makes the file that they are to go to before this runs
        files = [path for path in files if not os.path.isfile(path) or os.path.getsize(path)]
    known = Known()
    # Proposals have standard output for themselves, to be appended to a file.
    stream = sys.stderr if propose else sys.stdout
    run = Gathered(missing)
    played = play_files(files, Asked(titles, update, measured), jobs, known)
    for path, one in with_progress(files, played):
        new = run.take(path, one)
        if layout == "text" and isinstance(one, PlayedFile):
            _print_programs(new, stream)
            _print(one.result, stream)
    if titles is not None and run.is_empty:
        raise NotDone(f"no scenario has a title like `{titles}`")
    wrong = run.take_programs(programs, known)
    if layout == "text":
        _print_programs(wrong, stream)
    covered = _covered(run, programs, known) if measured else None
    if layout != "text":
        click.echo(_document(layout, run, covered), nl=False)
    if covered is not None and layout != "json":
        _print_coverage(covered, annotate, sys.stderr if layout == "junit" else stream)
    if propose and covered:
        _propose(covered, run, known)
    if files:
        print(_summary(run.results), file=sys.stderr)
    too_little = covered is not None and least is not None and _is_too_little(covered, least)
    return NOT_DONE if run.missing else WRONG if too_little or run.is_wrong else DONE


def _covered(run: Gathered, programs: Sequence[str], known: Known) -> list[Covered]:
    from .covering import covered

    return covered(run.seen, programs, known)


def _propose(programs: Sequence[Covered], run: Gathered, known: Known) -> None:
    """Scenarios for what is missing on standard output; for what none is found on standard error."""
    from .covering import proposed

    lines, without = proposed(programs, run.results, known)
    click.echo("".join(f"{line}\n" for line in lines), nl=False)
    click.echo("".join(f"{line}\n" for line in without), nl=False, err=True)


def _print_coverage(programs: Sequence[Covered], annotate: bool, stream: TextIO) -> None:
    """What is covered, and with `annotate` the programs themselves."""
    from ..coverage import annotated
    from ..coverage.text import text

    for line in text(programs):
        print(line, file=stream)
    for program in programs if annotate else ():
        print(*annotated.document(program), "", sep="\n", file=stream)


def _is_too_little(programs: Sequence[Covered], least: Decimal) -> bool:
    from .covering import too_little

    why = too_little(programs, least)
    if why:
        NotDone(why).show()
    return why is not None


def _expand(arguments: Sequence[str], measured: bool) -> tuple[list[str], list[str], bool]:
    """The files that the arguments stand for, sorted, each once; and whether there was one without any.

    Where coverage is measured a program that is named counts though there are no scenarios beside it: the second list.
    """
    found: set[str] = set()
    programs: set[str] = set()
    missing = False
    for argument in arguments:
        try:
            if (
                measured
                and os.path.isfile(argument)
                and not argument.endswith(SCENARIOS)
                and is_program(argument)
            ):
                programs.add(os.path.normpath(argument))
                found.update(scenarios_beside(argument))
            else:
                found.update(scenario_files(argument))
        except NotDone as refused:
            refused.show()
            missing = True
    return list(spellings(found, name_of)), sorted(programs), missing


def _print_programs(broken: Sequence[Broken], stream: TextIO) -> None:
    for program in broken:
        print_diagnostics(program.source, program.errors, stream)


def _print(file: FileResult, stream: TextIO) -> None:
    """Errors of the file, then failures, each with an empty line after it."""
    print_diagnostics(file.source, file.errors, stream)
    colour, width = wants_colour(stream), width_of(stream)
    for result in file.results:
        for failure in result.failures:
            stream.write(render(file.source, result, failure, colour=colour, width=width) + "\n")


def _document(layout: str, run: Gathered, covered: Sequence[Covered] | None) -> str:
    if layout == "json":
        from ..scenarios import as_json

        return as_json.render(run.results, run.broken, _coverage_object(covered))
    from ..scenarios import as_junit

    return as_junit.render(run.results, run.broken)


def _coverage_object(covered: Sequence[Covered] | None) -> dict[str, Any] | None:
    if covered is None:
        return None
    from ..coverage import json

    return json.document(covered)


def _summary(results: Sequence[FileResult]) -> str:
    """`12 passed, 1 failed in 3 files`."""
    counts = summary(results)
    said = [f"{counts['passed']} passed"]
    said += [f"{counts['failed']} failed"] if counts["failed"] else []
    said += [count(counts["errors"], "error")] if counts["errors"] else []
    return f"{', '.join(said)} in {count(len(results), 'file')}"
