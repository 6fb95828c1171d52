"""What every lint has: a module that is named as it is, a page whose examples do what they say, and cases."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tiercel.compiler.lint as lint_package
from tiercel.compiler.driver import compile_bytes
from tiercel.compiler.lint import ALLOW_LINTS, LINTS, PROGRAM_LINTS
from tiercel.compiler.lint.lint import Lint
from tiercel.compiler.lint.page import SECTIONS, Page, PageError, parse_page

HERE = Path(__file__).parent
FOLDER = Path(lint_package.__path__[0])
TODAY = date(2027, 6, 30)
lints = pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.name)


def page_of(lint: Lint[Any]) -> Page:
    return parse_page(lint.name, sys.modules[lint.check.__module__].__doc__ or "")


def found_in(text: str) -> set[str]:
    return {d.name for d in compile_bytes("example.yaml", text.encode(), today=TODAY).diagnostics}


def test_names_are_sorted_and_unique() -> None:
    for lints in (PROGRAM_LINTS, ALLOW_LINTS, LINTS):
        names = [lint.name for lint in lints]
        assert names == sorted(set(names))


def test_every_module_with_a_lint_is_listed() -> None:
    with_lint = {
        path.stem for path in FOLDER.glob("*.py") if "\nLINT = Lint(" in path.read_text(encoding="utf-8")
    }
    assert with_lint == {lint.name.replace("-", "_") for lint in LINTS}


@lints
def test_module_has_the_name(lint: Lint[Any]) -> None:
    module = sys.modules[lint.check.__module__]
    assert module.__name__.rsplit(".", 1)[1].replace("_", "-") == lint.name
    assert module.LINT is lint


@lints
def test_bad_example_fires_this_lint_alone(lint: Lint[Any]) -> None:
    programs = page_of(lint).bad_programs
    assert programs
    for text in programs:
        # What an allow would have allowed, had it not expired, is found beside it.
        allowed = {"inactive-rule"} if lint.name == "expired-allow" else set()
        assert found_in(text) == {lint.name, *allowed}


@lints
def test_good_example_is_silent(lint: Lint[Any]) -> None:
    programs = page_of(lint).good_programs
    assert programs
    for text in programs:
        assert found_in(text) == set()


@lints
def test_cases(lint: Lint[Any]) -> None:
    assert list((HERE / lint.name / "ok").glob("*.yaml"))
    assert list((HERE / lint.name / "bad").glob("*.yaml"))


def test_no_cases_of_lints_that_are_not() -> None:
    assert {path.name for path in HERE.iterdir() if (path / "bad").is_dir()} <= {lint.name for lint in LINTS}


GOOD_PAGE = "A title.\n\n" + "\n\n".join(
    f"## {section}\n\nText.\n\n```yaml\na: 1\n```" for section in SECTIONS
)


def test_page() -> None:
    page = parse_page("x", GOOD_PAGE)
    assert (page.title, page.bad_programs, page.good_programs) == ("A title.", ("a: 1\n",), ("a: 1\n",))
    assert parse_page("x", "# " + GOOD_PAGE) == page


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (GOOD_PAGE.replace("## Why", "## Wherefore"), "sections"),
        (GOOD_PAGE + "\n\n## More\n\nText.", "sections"),
        (GOOD_PAGE.replace("A title.", "A title"), "title"),
        (GOOD_PAGE.replace("A title.", "A title.\nAnd more."), "title"),
        (GOOD_PAGE.replace("## Why\n\nText.\n\n```yaml\na: 1\n```", "## Why\n\n"), "nothing under `Why`"),
        (GOOD_PAGE.replace("```yaml", "```json", 1), "fenced"),
    ],
)
def test_page_that_is_refused(broken: str, reason: str) -> None:
    with pytest.raises(PageError, match=reason):
        parse_page("x", broken)
