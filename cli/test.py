"""`tiercel test`: play scenarios, and say which of their expectations are not met, and why."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

import click

from ..scenarios.as_text import render
from ..scenarios.running import Broken, FileResult, summary
from .ending import DONE, NOT_DONE, WRONG, NotDone
from .files import FILE, whole_file
from .playing import Asked, PlayedFile, play_files
from .printing import count, print_diagnostics, wants_colour, width_of
from .programs import scenario_files

# From about this many files on a run takes more than a moment.
MANY = 20


def _pattern(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    try:
        re.compile(value or "")
    except re.error as error:
        raise click.BadParameter(f"`{value}` is no regular expression: {error}") from None
    return value


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
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes play; left out, as many as pay.",
)
def command(paths: tuple[str, ...], titles: str | None, layout: str, update: bool, jobs: int | None) -> int:
    """Play the scenarios in each PATH: a file, or a folder, which stands for the *.test.yaml below it.

    A scenario is a list of things that happen to members, and of what has to come of it. Each begins with no
    members, and plays under the program that its file names, or NAME.yaml for NAME.test.yaml. Of a program the
    scenarios beside it are played.

    What is printed of a failing expectation is what was there instead, the events that led to it, and why: what
    `tiercel evaluate` says of the orders concerned.

    Exit codes: 0 all passed; 1 some failed, or something is wrong with a file or a program; 2 not done.
    """
    files, missing = _expand(paths)
    results: list[FileResult] = []
    broken: dict[str, Broken] = {}
    for path, played in _with_progress(files, play_files(files, Asked(titles, update), jobs), layout):
        if isinstance(played, str):
            NotDone(played).show()
            missing = True
            continue
        if played.content is not None:
            _write(path, played.content)
        results.append(played.result)
        new = [one for one in played.result.broken if one.source.name not in broken]
        broken |= {one.source.name: one for one in new}
        if layout == "text":
            _print(played.result, new)
    if titles is not None and not missing and not any(one.results or one.errors for one in results):
        raise NotDone(f"no scenario has a title like `{titles}`")
    if layout != "text":
        click.echo(_document(layout, results, list(broken.values())), nl=False)
    print(_summary(results), file=sys.stderr)
    return NOT_DONE if missing else WRONG if any(one.is_wrong for one in results) else DONE


def _expand(arguments: Sequence[str]) -> tuple[list[str], bool]:
    """The files that the arguments stand for, sorted, each once; and whether there was one without any."""
    found: set[str] = set()
    missing = False
    for argument in arguments:
        try:
            found.update(scenario_files(argument))
        except NotDone as refused:
            refused.show()
            missing = True
    return sorted(found), missing


def _with_progress(
    paths: Sequence[str], played: Iterator[PlayedFile | str], layout: str
) -> Iterator[tuple[str, PlayedFile | str]]:
    """What came of each file, with a progress bar where there are many and nothing else shows on the terminal."""
    pairs = zip(paths, played, strict=True)
    if len(paths) < MANY or not sys.stderr.isatty() or (layout == "text" and sys.stdout.isatty()):
        yield from pairs
        return
    with click.progressbar(pairs, length=len(paths), label="files", file=sys.stderr) as bar:
        yield from bar


def _write(path: str, content: bytes) -> None:
    with whole_file(path) as stream:
        stream.write(content)
    print(f"wrote the snapshots of `{path}`", file=sys.stderr)


def _print(file: FileResult, broken: Sequence[Broken]) -> None:
    """Errors of programs and of the file, then failures, each with an empty line after it."""
    for program in broken:
        print_diagnostics(program.source, program.errors, sys.stdout)
    print_diagnostics(file.source, file.errors, sys.stdout)
    colour, width = wants_colour(sys.stdout), width_of(sys.stdout)
    for result in file.results:
        for failure in result.failures:
            sys.stdout.write(render(file.source, result, failure, colour=colour, width=width) + "\n")


def _document(layout: str, results: Sequence[FileResult], broken: Sequence[Broken]) -> str:
    if layout == "json":
        from ..scenarios import as_json

        return as_json.render(results, broken)
    from ..scenarios import as_junit

    return as_junit.render(results, broken)


def _summary(results: Sequence[FileResult]) -> str:
    """`12 passed, 1 failed in 3 files`."""
    counts = summary(results)
    said = [f"{counts['passed']} passed"]
    said += [f"{counts['failed']} failed"] if counts["failed"] else []
    said += [count(counts["errors"], "error")] if counts["errors"] else []
    return f"{', '.join(said)} in {count(len(results), 'file')}"
