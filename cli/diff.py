"""`tiercel diff`: what changes for customers and orders between two versions of a program."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from ..compiler.diff.change import Difference, Verdict
from ..compiler.diff.compare import Find, compare
from ..compiler.driver import Compilation, compile_bytes
from ..compiler.model.tree import Currency
from ..compiler.report import diff_json, diff_many, diff_markdown, diff_text
from ..runtime.money import minor_units
from .diff_many import compare_all, is_many
from .ending import DONE, NOT_DONE, WRONG
from .files import FILE, expect_one_stdin
from .printing import print_errors, wants_colour
from .revisions import Version, read_at, read_file, read_version

BREAKING = {Verdict.ONLY_WORSE, Verdict.MIXED, Verdict.UNKNOWN}
FAILS = {"any": set(Verdict) - {Verdict.EQUIVALENT}, "breaking": BREAKING, "never": set[Verdict]()}

OPTIONS = [
    click.Argument(["files"], metavar="OLD NEW", type=FILE, nargs=-1, required=True),
    click.Option(["--against"], metavar="REV", help="Compare each FILE with itself at this revision."),
    click.Option(
        ["--format", "layout"],
        type=click.Choice(["text", "json", "markdown"]),
        default="text",
        show_default=True,
        help="How to print it; markdown is fit for a comment on a pull request.",
    ),
    click.Option(
        ["--fail-on"],
        type=click.Choice(list(FAILS)),
        default="any",
        show_default=True,
        help="What exits with 1: any difference, or one that is breaking, which is something worse for some"
        " customer, or unknown.",
    ),
    click.Option(
        ["--up-to"],
        metavar="AMOUNT",
        default="1000",
        show_default=True,
        help="Up to which order total to look for the largest change of points.",
    ),
]


@click.command(params=OPTIONS)
def command(files: tuple[str, ...], against: str | None, layout: str, fail_on: str, up_to: str) -> int:
    """Compare what two versions of a program mean, and say what gets better and what worse for customers.

    OLD and NEW are each a file, - for standard input, or REV:PATH in the git repository of the current folder:
    main:programs/shop.yaml, or with ./ relative to the current folder. With --against, each FILE is compared with
    itself; there a FILE can be new, or a folder, which stands for the programs below it, those that are gone included.

    Exit codes: 0 equivalent; 1 different, see --fail-on; 2 not done, or a version has errors.
    """
    if against is not None and is_many(against, files):
        return _compare_all(files, against, layout, fail_on, up_to)
    old, new = _versions(files, against)
    before, after = (compile_bytes(version.name, version.content, lint=False) for version in (old, new))
    if before.program is None or after.program is None:
        _print_errors(before, after)
        return NOT_DONE
    difference = _difference(before, after, up_to)
    click.echo(_rendered(difference, layout, old, new), nl=False)
    return WRONG if difference.verdict in FAILS[fail_on] else DONE


def _compare_all(files: tuple[str, ...], against: str, layout: str, fail_on: str, up_to: str) -> int:
    found = compare_all(against, files, lambda old, new: _difference(old, new, up_to))
    if layout == "json":
        written = diff_many.render_json(found)
    elif layout == "markdown":
        written = diff_many.render_markdown(found, against)
    else:
        written = diff_many.render_text(found, colour=wants_colour(sys.stdout))
    click.echo(written, nl=False)
    if any(each.state is diff_many.State.BROKEN for each in found):
        return NOT_DONE
    return WRONG if diff_many.verdict(found) in FAILS[fail_on] else DONE


def _difference(old: Compilation, new: Compilation, up_to: str) -> Difference:
    """The difference of two versions without errors."""
    assert old.program is not None
    assert new.program is not None
    return compare(old.program, new.program, _amount(up_to, new.program.currency), _with_progress)


def _with_progress(parts: Sequence[tuple[str, Find]]) -> Iterator[tuple[str, Find]]:
    """The parts one by one, with a progress bar where somebody watches."""
    if not sys.stderr.isatty():
        yield from parts
        return
    with click.progressbar(parts, label="comparing", file=sys.stderr) as bar:
        yield from bar


def _versions(files: tuple[str, ...], against: str | None) -> tuple[Version, Version]:
    if against is None:
        if len(files) != 2:
            raise click.UsageError("two versions are needed, OLD and NEW, or FILE with --against")
        expect_one_stdin(*files)
        return read_version(files[0]), read_version(files[1])
    if files[0] == "-":
        raise click.UsageError("with --against a FILE cannot be standard input")
    new = read_file(files[0])
    return read_at(against, files[0]), new


def _print_errors(*compilations: Compilation) -> None:
    for compilation in compilations:
        if compilation.program is None:
            print_errors(compilation)


def _amount(text: str, currency: Currency) -> int:
    try:
        amount = minor_units(text, currency.decimals)
    except ValueError as error:
        raise click.UsageError(f"--up-to: `{text}`: {error}") from None
    if not amount:
        raise click.UsageError("--up-to: the amount has to be above 0")
    return amount


def _rendered(difference: Difference, layout: str, old: Version, new: Version) -> str:
    if layout == "json":
        return diff_json.render(difference)
    if layout == "markdown":
        return diff_markdown.render(difference, old.name, new.name)
    return diff_text.render(difference, colour=wants_colour(sys.stdout))
