"""Steps of the GitHub action that speak with others: pip, and GitHub by its `gh`."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import pytest

from tiercel.tests.ci import gh
from tiercel.tests.ci.conftest import PullRequest
from tiercel.tests.ci.hooked import copy_of_checkout, expect_registry
from tiercel.tests.ci.programs import WORSE
from tiercel.tests.ci.repository import Ran, environment, run
from tiercel.tests.ci.runner import ROOT, Job, run_action
from tiercel.tests.cli.conftest import MAPLE

INSTALL = ROOT / "ci" / "github" / "install.sh"


# --- comments ---------------------------------------------------------------------------------------------------


class Commented:
    """A repository on whose pull request the action comments with a stand-in for `gh`."""

    def __init__(self, shop: Path, folder: Path, pull_request: PullRequest) -> None:
        self._shop, self._pull_request = shop, pull_request
        self._comments = folder / "comments.json"
        programs = folder / "bin"
        programs.mkdir()
        command = [sys.executable, str(Path(gh.__file__))]
        (programs / "gh").write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
        (programs / "gh").chmod(0o755)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        self._variables = {"PATH": path, "GH_COMMENTS": str(self._comments)}

    def write(self, *bodies: str) -> None:
        """Begin with these comments."""
        comments = [{"id": number, "body": body} for number, body in enumerate(bodies, 1)]
        self._comments.write_text(json.dumps(comments), "utf-8")

    def bodies(self) -> list[str]:
        return [each["body"] for each in json.loads(self._comments.read_text("utf-8"))]

    def job(self, program: str, **inputs: str) -> Job:
        """The job of a pull request that makes the program another one."""
        event = self._pull_request({"maple.yaml": program})
        return run_action(self._shop, {"comment": "true", **inputs}, event, variables=self._variables)


@pytest.fixture
def commented(shop: Path, tmp_path: Path, pull_request: PullRequest) -> Commented:
    return Commented(shop, tmp_path, pull_request)


def test_a_comment_is_written_once_and_kept(commented: Commented) -> None:
    others = ["looks good", "what is <!-- tiercel diff -->?"]
    commented.write(*others)
    assert commented.job(WORSE).outcomes["comment"] == "success"
    *before, first = commented.bodies()
    assert before == others
    assert first.startswith("<!-- tiercel diff -->\n## Loyalty programs: only-worse\n")

    commented.job(MAPLE + "# Nothing.\n")
    *before, second = commented.bodies()
    assert before == others
    assert second.startswith("<!-- tiercel diff -->\n## Loyalty programs: equivalent\n")


def test_nothing_is_said_where_nothing_differs(commented: Commented) -> None:
    commented.write()
    assert commented.job(MAPLE + "# Nothing.\n").outcomes["comment"] == "success"
    assert commented.bodies() == []


def test_of_several_the_first_is_kept(commented: Commented) -> None:
    commented.write("<!-- tiercel diff -->\nold", "<!-- tiercel diff -->\nolder")
    commented.job(WORSE)
    first, second = commented.bodies()
    assert "only-worse" in first
    assert second == "<!-- tiercel diff -->\nolder"


def test_not_to_be_allowed_to_comment_is_no_failure(commented: Commented) -> None:
    commented.write()
    job = commented.job(WORSE, token="of a fork")
    assert job.failed == []
    assert "::warning title=tiercel::could not comment" in job.log["comment"]
    assert commented.bodies() == []
    assert "## Loyalty programs: only-worse" in job.summary


def test_comments_are_asked_for(commented: Commented) -> None:
    commented.write()
    assert commented.job(WORSE, comment="false").outcomes["comment"] == "skipped"
    assert commented.job(WORSE, diff="false").outcomes["comment"] == "skipped"


# --- installing -------------------------------------------------------------------------------------------------

# Does what `-m venv` would do with itself, and writes down what it is asked for.
RECORDER = """\
#!/bin/sh
printf '%s\\n' "$@" >>"$RECORD"
if [ "$2" = venv ]; then mkdir -p "$3/PROGRAMS" && cp "$0" "$3/PROGRAMS/python"; fi
"""


def install(folder: Path, programs: str = "bin", **variables: str) -> Ran:
    """Run the step with a Python that records what it is asked for."""
    python = folder / "python"
    python.write_text(RECORDER.replace("PROGRAMS", programs))
    python.chmod(0o755)
    inputs = {"VERSION": "", "SARIF": "false", "DIFF": "true", "COMMENT": "false", **variables}
    own = environment(
        **inputs,
        PYTHON=python,
        RECORD=folder / "record",
        RUNNER_TEMP=folder,
        GITHUB_OUTPUT=folder / "output",
        GITHUB_ACTION_PATH="/the action",
    )
    return run("bash", INSTALL, cwd=folder, env=own)


@pytest.mark.parametrize("programs", ["bin", "Scripts"])
@pytest.mark.parametrize(("version", "package"), [("", "/the action"), ("1.2.0", "tiercel==1.2.0")])
def test_what_is_installed(tmp_path: Path, version: str, package: str, programs: str) -> None:
    ran = install(tmp_path, programs, VERSION=version)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "record").read_text().splitlines() == [
        *("-m", "venv", f"{tmp_path}/tiercel"),
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", package),
    ]
    assert (tmp_path / "output").read_text() == f"tiercel={tmp_path}/tiercel/{programs}/tiercel\n"


@pytest.mark.parametrize("name", ["sarif", "diff", "comment"])
def test_a_slip_does_not_leave_out_a_step(tmp_path: Path, name: str) -> None:
    ran = install(tmp_path, **{name.upper(): "yes"})
    assert ran.returncode == 2
    assert f"::error title=tiercel::the input `{name}` has to be true or false" in ran.stdout
    assert not (tmp_path / "record").exists()


def test_the_package_of_the_action_is_installed(shop: Path, tmp_path: Path) -> None:
    expect_registry(tmp_path)
    job = run_action(shop, action=copy_of_checkout(tmp_path / "an action"))
    assert job.failed == [], job.log
    assert Path(job.outputs["install"]["tiercel"]).parent.parent == tmp_path / "runner-shop" / "tiercel"
    assert "nothing found in 1 file" in job.summary
