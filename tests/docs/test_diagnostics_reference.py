"""Generates docs/diagnostics.md from the pages of all lints and errors, and keeps it fresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tiercel.cli.catalog import page_text
from tiercel.compiler.errors import ERRORS
from tiercel.compiler.lint import LINTS
from tiercel.compiler.lint.page import Page, parse_page

TARGET = Path(__file__).parents[2] / "docs" / "diagnostics.md"

HEAD = """\
# What `check` can report

<!-- Generated from the pages of lints and errors; `pytest tests/docs --update` writes it anew. -->

**Errors** stop the build: there is no one thing that the file could mean, or what it means cannot be run.
**Lints** are about what is legal and probably wrong. Most are warnings or infos, which do not stop the build
(`--strict` makes warnings fail); a few are errors, where what was written cannot have been meant. `tiercel
explain NAME` prints a page.

`--ignore NAME` leaves out a lint that does not fit a shop; a comment [allows](suppressing.md) what is right where it is.
"""

Golden = Callable[[Path, str], None]


def severities() -> dict[str, str]:
    """Of each name its severity."""
    return dict.fromkeys(ERRORS, "error") | {lint.name: lint.severity.value for lint in LINTS}


def contents(title: str, names: Iterable[str]) -> str:
    """A table of names that leads to their pages."""
    rows = [f"| [`{name}`](#{name}) | {severities()[name]} | {read(name).title} |" for name in names]
    return "\n".join([f"## {title}", "", "| name | severity | |", "|---|---|---|", *rows, ""])


def read(name: str) -> Page:
    return parse_page(name, page_text(name))


def section(name: str) -> str:
    """The page of a name as a section of the reference."""
    page = read(name)
    parts = (
        ("What it finds", page.finds),
        ("Why", page.why),
        ("Bad", page.bad),
        ("Good", page.good),
        ("What to do", page.advice),
    )
    body = "\n\n".join(f"**{title}**\n\n{text}" for title, text in parts)
    return f"## {name}\n\n*{severities()[name].capitalize()}.* {page.title}\n\n{body}\n"


def reference() -> str:
    lints = sorted(lint.name for lint in LINTS if lint.name not in ERRORS)
    names = sorted({*ERRORS, *lints})
    return "\n".join(
        [HEAD, contents("Errors", ERRORS), contents("Lints", lints), *(section(name) for name in names)]
    )


def test_reference_is_fresh(golden: Golden) -> None:
    golden(TARGET, reference())


def test_every_name_has_a_page_of_its_own() -> None:
    titles = [read(name).title for name in severities()]
    assert len(set(titles)) == len(titles)
