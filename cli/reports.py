"""Writes what a check found in a format that reports on all files in one document."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO

import click

from ..compiler.report import FORMATS
from ..compiler.report.findings import Checked, Findings, Suppressed
from ..compiler.source import SourceFile
from .files import refusals

if TYPE_CHECKING:
    from .checking import Checked as CheckedFile

# What GitHub and GitLab call the folder into which they checked out the repository.
_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
_SUMMARY: Final = "GITHUB_STEP_SUMMARY"


def print_report(layout: str, checked: Iterable[CheckedFile], unread: Sequence[str], stream: TextIO) -> None:
    """Print the document in UTF-8; for `github`, append the summary of the job too.

    `layout` is one of `FORMATS`, `unread` says why files could not be read. Raises `NotDone` where the summary
    cannot be written.
    """
    from .catalog import page_text

    # JSON has the names that were given, the others those by which a server finds the files.
    root = None if layout == "json" else repository_root()
    renamed = [_renamed(one, root) for one in checked]
    # A file that was named in two ways is one file.
    files = {one.source.name: one for one in sorted(renamed, key=lambda one: one.source.name)}
    findings = Findings(tuple(files.values()), tuple(unread), page_text)
    module = import_module(f"..compiler.report.{FORMATS[layout]}", __package__)
    document: str = module.render(findings)
    click.echo(document.encode("utf-8", "backslashreplace"), stream, nl=False)
    if layout == "github" and os.environ.get(_SUMMARY):
        _append_summary(os.environ[_SUMMARY], findings)


def name_in_repository(path: str, root: str) -> str:
    """A path relative to the root of the repository, with `/`; absolute where it is outside of it."""
    if path.startswith("<"):  # standard input
        return path
    # A link to a file is a file of the repository; one to a folder leads to the folder that is.
    folder, name = os.path.split(path)
    absolute = os.path.join(os.path.realpath(folder), name)
    return (os.path.relpath(absolute, root) if _within(absolute, root) else absolute).replace(os.sep, "/")


def repository_root() -> str:
    """The folder that the server checked out, or the git repository, around the current folder; else that one."""
    here = os.path.realpath(os.curdir)
    given = (os.path.realpath(os.environ[name]) for name in _ROOTS if os.environ.get(name))
    folder, above = here, [here]
    while (folder := os.path.dirname(folder)) != above[-1]:
        above.append(folder)
    repositories = (each for each in above if os.path.exists(os.path.join(each, ".git")))
    return next((root for root in (*given, *repositories) if _within(here, root)), here)


def _within(path: str, root: str) -> bool:
    drives = {os.path.splitdrive(each)[0].lower() for each in (path, root)}
    return len(drives) == 1 and os.path.commonpath([path, root]) == root


def _renamed(one: CheckedFile, root: str | None) -> Checked:
    name = one.source.name if root is None else name_in_repository(one.source.name, root)
    return Checked(SourceFile(name, one.source.text), tuple(one.diagnostics), tuple(_suppressed(one)))


def _suppressed(one: CheckedFile) -> Iterator[Suppressed]:
    for finding, allow in one.suppressed:
        until = f" (until {allow.until})" if allow.until else ""
        yield Suppressed(finding, f"{allow.reason}{until}")
    for finding in one.held:
        yield Suppressed(finding, "held by the baseline", "external")


def _append_summary(path: str, findings: Findings) -> None:
    from ..compiler.report import github_summary

    with refusals("write the summary", path), open(path, "ab") as stream:
        stream.write(github_summary.render(findings).encode("utf-8", "backslashreplace"))
