"""The GitHub action: its file, and its steps run by a stand-in for the runner in repositories that tests make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tiercel.tests.ci.repository import commit, git, repository, write
from tiercel.tests.ci.runner import ACTION, ROOT, Job, run_action
from tiercel.tests.cli.conftest import MAPLE
from tiercel.tests.report.test_documents import SARIF, commands_of

BROKEN = MAPLE.replace("spend >= 100", "spendd >= 100")
WORSE = MAPLE.replace("maple: 2", "maple: 1")
BETTER = MAPLE.replace("maple: 2", "maple: 3")
INACTIVE = MAPLE + "  - {id: reviews, activity: review, points: 5, active: false}\n"
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository whose branch `main` has one program."""
    folder = tmp_path / "shop"
    repository(folder, {"maple.yaml": MAPLE, "deploy.yml": "on: [push]\n"})
    return folder


def pull_request(shop: Path, files: dict[str, str]) -> dict[str, Any]:
    """The event of a pull request that writes files; what is checked out is its merge, as for a workflow."""
    base = git(shop, "rev-parse", "main")
    git(shop, "switch", "--quiet", "--create=change", "main")
    write(shop, files)
    head = commit(shop, "change")
    git(shop, "switch", "--quiet", "--detach", "main")
    git(shop, "merge", "--quiet", "--no-ff", "--message=merge", "change")
    return {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}}


def results(job: Job) -> list[str]:
    log = json.loads(Path(job.outputs["sarif"]["file"]).read_text("utf-8"))
    SARIF.validate(log)
    return [result["ruleId"] for result in log["runs"][0]["results"]]


def test_the_file_is_one_for_an_action() -> None:
    command = ["check_jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    ran = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_value_becomes_part_of_a_command() -> None:
    assert not [step["id"] for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_every_input_is_used() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert not [name for name in ACTION["inputs"] if f"inputs.{name} " not in text]


def test_a_pull_request_that_is_worse_for_customers(shop: Path) -> None:
    event = pull_request(shop, {"maple.yaml": WORSE})
    job = run_action(shop, {"sarif": "true"}, event)
    assert job.failed == [], job.log
    assert job.outputs["diff"]["verdict"] == "only-worse"
    assert "nothing found in 1 file" in job.summary
    assert "## Loyalty programs: only-worse" in job.summary
    assert results(job) == []
    assert run_action(shop, {"fail-on": "breaking"}, event).failed == ["diff"]


def test_a_pull_request_with_an_error(shop: Path) -> None:
    job = run_action(shop, {"sarif": "true"}, pull_request(shop, {"maple.yaml": BROKEN}))
    assert job.failed == ["check", "diff"]
    (error,) = [each for each in commands_of(job.log["check"].splitlines()[0]) if each[0] == "error"]
    assert error[1]["file"] == "maple.yaml"
    assert len(results(job)) == 1
    assert "github/codeql-action/upload-sarif" in job.used


def test_no_shell_reads_an_input(shop: Path) -> None:
    event = pull_request(shop, {"maple.yaml": BETTER})
    for name in ("files", "baseline", "against", "select", "today"):
        for value in ("$(touch stolen)", "; touch stolen", "`touch stolen`", "--output=stolen"):
            assert run_action(shop, {name: value}, event).failed
            assert not (shop / "stolen").exists()


def test_a_slip_in_an_input_is_said(shop: Path) -> None:
    job = run_action(shop, {"strict": "yes"})
    assert job.failed == ["check"]
    assert "the input `strict` has to be true or false" in job.log["check"]
