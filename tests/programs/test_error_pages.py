"""The pages of the errors: their bad programs have exactly that error, their good ones nothing to be said about."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tiercel.compiler.diagnostics import Diagnostic, Severity
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.errors import ERRORS, page
from tiercel.compiler.lint import LINTS
from tiercel.compiler.lint.page import parse_page
from tiercel.scenarios.reading import read_scenarios

ROOT = Path(__file__).parents[2]

NAME = re.compile(r"[a-z]+(-[a-z]+)+")
# What is spelled like the name of an error, and is none: the schema's own keywords, and a word in messages.
NO_NAMES = {"invite-only", "x-beside", "x-decided-by"}


# Errors of files of scenarios, which no program can have.
OF_SCENARIOS = {"bad-step"}


def literals(*more: str) -> set[str]:
    """Every text that stands in the passes that report errors, and in `more` folders."""
    folders = (ROOT / "compiler" / "syntax", ROOT / "compiler" / "model", *(ROOT / each for each in more))
    trees = (
        ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in folder.glob("*.py")
    )
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def bad_files(name: str) -> list[bytes]:
    """The bad programs of a page, as files."""
    read = parse_page(name, page(name))
    if name == "encoding":  # the page describes the file: its bytes are no text
        return [program.encode("cp1252") for program in read.good_programs]
    return [program.encode() for program in read.bad_programs]


def diagnostics_of(name: str, content: bytes) -> list[Diagnostic]:
    """What is found in a file of a page."""
    if name in OF_SCENARIOS:
        return [*read_scenarios("page.test.yaml", content).diagnostics]
    return compile_bytes("page.yaml", content).diagnostics


@pytest.mark.parametrize("name", ERRORS)
def test_bad_program_has_this_error_alone(name: str) -> None:
    files = bad_files(name)
    assert files
    for content in files:
        found = diagnostics_of(name, content)
        assert {d.name for d in found if d.severity is Severity.ERROR} == {name}


@pytest.mark.parametrize("name", ERRORS)
def test_good_program_has_nothing_to_be_said_about(name: str) -> None:
    for program in parse_page(name, page(name)).good_programs:
        assert diagnostics_of(name, program.encode()) == []


def test_names_are_sorted_and_have_a_page_each() -> None:
    files = {path.stem for path in (ROOT / "compiler" / "errors").glob("*.md")}
    assert sorted(files) == list(ERRORS)


def test_every_error_that_the_compiler_reports_has_a_page() -> None:
    spelled = {text for text in literals() if NAME.fullmatch(text)}
    lints = {lint.name for lint in LINTS}
    assert spelled - {*ERRORS} - lints == NO_NAMES


def test_the_compiler_reports_every_error_that_has_a_page() -> None:
    assert {*ERRORS} - literals("scenarios") == set()


def test_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        page("no-such-error")
