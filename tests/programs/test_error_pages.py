"""The pages of the errors: their bad programs have exactly that error, their good ones nothing to be said about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tiercel.compiler.diagnostics import Severity
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.errors import ERRORS, page
from tiercel.compiler.lint.page import parse_page

ROOT = Path(__file__).parents[2]


def bad_files(name: str) -> list[bytes]:
    """The bad programs of a page, as files."""
    read = parse_page(name, page(name))
    if name == "encoding":  # the page describes the file: its bytes are no text
        return [program.encode("cp1252") for program in read.good_programs]
    return [program.encode() for program in read.bad_programs]


@pytest.mark.parametrize("name", ERRORS)
def test_bad_program_has_this_error_alone(name: str) -> None:
    files = bad_files(name)
    assert files
    for content in files:
        found = compile_bytes("bad.yaml", content).diagnostics
        assert {d.name for d in found if d.severity is Severity.ERROR} == {name}


@pytest.mark.parametrize("name", ERRORS)
def test_good_program_has_nothing_to_be_said_about(name: str) -> None:
    for program in parse_page(name, page(name)).good_programs:
        assert compile_bytes("good.yaml", program.encode()).diagnostics == []


def test_names_are_sorted_and_have_a_page_each() -> None:
    files = {path.stem for path in (ROOT / "compiler" / "errors").glob("*.md")}
    assert sorted(files) == list(ERRORS)


def test_every_error_that_the_compiler_reports_has_a_page() -> None:
    # A name is the first literal of `report.error(…)` or of one of the helpers that end in it; whatever literal
    # has the shape of a name and is spelled like one of the compiler's own is looked up here.
    sources = [path for folder in ("syntax", "model") for path in (ROOT / "compiler" / folder).glob("*.py")]
    reported = {
        name
        for path in sources
        for name in re.findall(
            r'\b(?:error|_error|refuse|_refuse)\(\s*"([a-z]+(?:-[a-z]+)+)"', path.read_text()
        )
    }
    assert reported
    assert reported <= set(ERRORS)


def test_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        page("no-such-error")
