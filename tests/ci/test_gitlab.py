"""The GitLab template: its file, and its jobs run by a stand-in for GitLab in repositories that tests make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tiercel.tests.ci.gitlab import (
    TEMPLATE,
    Job,
    in_merge_request,
    on_branch,
    read_configuration,
    run_pipeline,
)
from tiercel.tests.ci.hooked import copy_of_checkout, expect_registry
from tiercel.tests.ci.notes import notes
from tiercel.tests.ci.programs import ALLOWED, BROKEN, INACTIVE, LATER, SCENARIOS, WARNING, WORSE
from tiercel.tests.ci.repository import commit, git, repository, write
from tiercel.tests.cli.conftest import MAPLE

INCLUDED = "include:\n  - remote: https://example.com/tiercel/ci/gitlab.yml\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with a program and its scenarios that includes the template, as it is."""
    folder = tmp_path / "shop"
    files = {".gitlab-ci.yml": INCLUDED, "maple.yaml": MAPLE, "maple.test.yaml": SCENARIOS}
    repository(folder, {**files, "deploy.yml": "on: [push]\n"})
    return folder


def change(shop: Path, files: dict[str, str]) -> str:
    """Commit files on a branch. Returns the commit that it goes off from."""
    base = git(shop, "rev-parse", "HEAD")
    git(shop, "switch", "--quiet", "--force-create=change")
    write(shop, files)
    commit(shop, "change")
    return base


def merge_request(
    shop: Path, files: dict[str, str], settings: dict[str, str] | None = None
) -> dict[str, Job]:
    """The jobs of a merge request that writes files."""
    base = change(shop, files)
    return run_pipeline(shop, in_merge_request(base, shop), settings)


def test_the_file_is_one_for_gitlab() -> None:
    command = ["check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", TEMPLATE]
    ran = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_every_variable_is_used_and_set(shop: Path) -> None:
    configuration = read_configuration(shop)
    text = json.dumps({name: each for name, each in configuration.items() if name != "variables"})
    unused = [name for name in configuration["variables"] if f"${name}" not in text]
    assert not unused


def test_a_branch_without_findings(shop: Path) -> None:
    jobs = run_pipeline(shop, on_branch())
    assert list(jobs) == ["tiercel-check"]
    assert jobs["tiercel-check"].passed
    assert "nothing found in 1 file" in jobs["tiercel-check"].log
    assert json.loads(jobs["tiercel-check"].reports["codequality"]) == []
    assert jobs["tiercel-check"].image == "python:3.13"


def test_a_branch_that_has_a_merge_request_is_checked_there_alone(shop: Path) -> None:
    said = on_branch("change", merge_requests="corner/shop!7")
    assert run_pipeline(shop, said, {"TIERCEL_TESTS": "."}) == {}


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_a_merge_request_with_an_error(shop: Path, shell: str) -> None:
    base = change(shop, {"maple.yaml": BROKEN})
    settings = {"TIERCEL_TESTS": "."}
    jobs = run_pipeline(shop, in_merge_request(base, shop), settings, shell=shell)
    assert {name: job.passed for name, job in jobs.items()} == {
        "tiercel-check": False,
        "tiercel-test": False,
        "tiercel-diff": False,
    }
    assert "maple.yaml:9:13: error: " in jobs["tiercel-check"].log
    (finding,) = json.loads(jobs["tiercel-check"].reports["codequality"])
    assert finding["location"]["path"] == "maple.yaml"
    assert finding["location"]["lines"]["begin"] == 9


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_a_merge_request_that_is_worse_for_customers(shop: Path, shell: str) -> None:
    base = change(shop, {"maple.yaml": WORSE})
    jobs = run_pipeline(shop, in_merge_request(base, shop), {"TIERCEL_TESTS": "."}, shell=shell)
    assert [name for name, job in jobs.items() if not job.passed] == []
    assert "## Loyalty programs: only-worse" in jobs["tiercel-diff"].log
    assert jobs["tiercel-diff"].artifacts["tiercel-diff.md"].startswith("## Loyalty programs: only-worse\n")
    assert "1 passed in 1 file" in jobs["tiercel-test"].log
    suites = ElementTree.fromstring(jobs["tiercel-test"].reports["junit"])
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")
    failing = run_pipeline(shop, in_merge_request(base, shop), {"TIERCEL_FAIL_ON": "breaking"}, shell=shell)
    assert [name for name, job in failing.items() if not job.passed] == ["tiercel-diff"]
    assert "tiercel-diff.md" in failing["tiercel-diff"].artifacts


def test_scenarios_that_fail(shop: Path) -> None:
    jobs = merge_request(shop, {"maple.yaml": LATER}, {"TIERCEL_TESTS": "maple.yaml"})
    assert not jobs["tiercel-test"].passed
    assert "maple.test.yaml:7:30: failed: " in jobs["tiercel-test"].log
    suites = ElementTree.fromstring(jobs["tiercel-test"].reports["junit"])
    assert suites.get("failures") == "1"


def test_settings_of_the_check(shop: Path) -> None:
    write(shop, {"maple.yaml": WARNING})
    commit(shop, "findings")
    everything = run_pipeline(shop, on_branch())["tiercel-check"]
    names = {each["check_name"] for each in json.loads(everything.reports["codequality"])}
    assert everything.passed
    assert len(names) > 1
    (strict,) = run_pipeline(shop, on_branch(), {"TIERCEL_STRICT": "true"}).values()
    assert not strict.passed
    for name, left in (("SELECT", {"inactive-rule"}), ("IGNORE", names - {"inactive-rule"})):
        (job,) = run_pipeline(shop, on_branch(), {f"TIERCEL_{name}": "inactive-rule"}).values()
        assert {each["check_name"] for each in json.loads(job.reports["codequality"])} == left


def test_a_baseline_and_a_day(shop: Path) -> None:
    write(shop, {"maple.yaml": ALLOWED})
    commit(shop, "allow")
    for day, count in (("", 0), ("2026-01-31", 0), ("2026-02-01", 2), ("now", 2)):
        (job,) = run_pipeline(shop, on_branch(), {"TIERCEL_TODAY": day}).values()
        assert len(json.loads(job.reports["codequality"])) == count, day
    empty = '{"version": 1, "findings": []}\n'
    held = [sys.executable, "-m", "tiercel", "check", "--baseline=old.json", "--write-baseline", "old.yaml"]
    write(shop, {"old.yaml": INACTIVE, "old.json": empty})
    subprocess.run(held, cwd=shop, check=True, capture_output=True)
    commit(shop, "old")
    (job,) = run_pipeline(shop, on_branch(), {"TIERCEL_BASELINE": "old.json"}).values()
    assert json.loads(job.reports["codequality"]) == []
    assert "1 finding held by the baseline" in job.log


def test_files_a_line_each(shop: Path) -> None:
    write(shop, {"a b/it's.yaml": INACTIVE, "*.yaml": INACTIVE, "broken.yaml": BROKEN})
    commit(shop, "more")
    (job,) = run_pipeline(shop, on_branch(), {"TIERCEL_FILES": "a b/it's.yaml\r\n\n  \n*.yaml\n"}).values()
    assert job.passed
    found = json.loads(job.reports["codequality"])
    assert [each["location"]["path"] for each in found] == ["*.yaml", "a b/it's.yaml"]
    (none,) = run_pipeline(shop, on_branch(), {"TIERCEL_FILES": " \n"}).values()
    assert not none.passed
    assert "the variable `TIERCEL_FILES` names no file and no folder" in none.log


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_no_shell_reads_a_variable(shop: Path, tmp_path: Path, shell: str) -> None:
    base = change(shop, {"maple.yaml": WORSE})
    mark = tmp_path / "stolen"
    steal = f"touch {mark}"
    hostile = f'$({steal})\n; {steal}\n`{steal}`\n\' "; {steal}; "\nEND_OF_LINES\n{steal}\n'
    names = ("FILES", "SELECT", "IGNORE", "BASELINE", "TODAY", "TESTS", "FAIL_ON", "UP_TO", "TOKEN")
    # A shell has read all of them before the first is refused.
    settings = {f"TIERCEL_{name}": hostile for name in names}
    jobs = run_pipeline(shop, in_merge_request(base, shop), settings, shell=shell)
    assert [job.passed for job in jobs.values()] == [False] * 3
    assert not mark.exists()


def test_a_package_is_no_option_of_pip(shop: Path) -> None:
    (job,) = run_pipeline(shop, on_branch(), {"TIERCEL_PACKAGE": "--version $(pwd)"}).values()
    assert not job.passed
    assert "Invalid requirement: '--version $(pwd)'" in job.log


def test_a_slip_in_a_variable_is_said(shop: Path) -> None:
    (job,) = run_pipeline(shop, on_branch(), {"TIERCEL_STRICT": "yes"}).values()
    assert not job.passed
    assert "the variable `TIERCEL_STRICT` has to be true or false" in job.log
    assert job.reports == {}
    job = merge_request(shop, {"maple.yaml": WORSE}, {"TIERCEL_DIFF": "yes"})["tiercel-diff"]
    assert not job.passed
    assert "the variable `TIERCEL_DIFF` has to be true or false" in job.log


def test_jobs_can_be_left_out(shop: Path) -> None:
    jobs = merge_request(shop, {"maple.yaml": WORSE}, {"TIERCEL_DIFF": "false", "TIERCEL_TESTS": ""})
    assert list(jobs) == ["tiercel-check"]


def test_the_base_is_fetched_into_a_shallow_clone(shop: Path, tmp_path: Path) -> None:
    base = change(shop, {"maple.yaml": WORSE})
    for number in range(3):
        write(shop, {"notes.txt": str(number)})
        commit(shop, "more")
    said = in_merge_request(base, shop)
    assert "only-worse" in run_pipeline(shop, said, depth=1)["tiercel-diff"].log
    # A fork that lags behind does not have it; the project does.
    fork = tmp_path / "fork"
    repository(fork, {"readme.md": "# A fork"})
    project = tmp_path / "shop.git"
    project.symlink_to(shop / ".git")
    assert "only-worse" in run_pipeline(shop, said, depth=1, origin=fork)["tiercel-diff"].log
    project.unlink()
    nowhere = run_pipeline(shop, said, depth=1, origin=fork)["tiercel-diff"]
    assert not nowhere.passed
    assert f"there is no revision `{base}` to compare with" in nowhere.log


def test_merged_results_are_compared_with_their_target(shop: Path) -> None:
    base = change(shop, {"other.yaml": MAPLE.replace("Maple", "Other")})
    git(shop, "switch", "--quiet", "main")
    write(shop, {"maple.yaml": WORSE})
    target = commit(shop, "somebody else was faster")
    git(shop, "merge", "--quiet", "--no-ff", "--message=merge", "change")
    job = run_pipeline(shop, in_merge_request(base, shop, target=target))["tiercel-diff"]
    assert "`other.yaml` is new" in job.log
    assert "only-worse" not in job.log


def test_one_note_is_kept(shop: Path) -> None:
    base = change(shop, {"maple.yaml": WORSE})
    said = in_merge_request(base, shop)
    with notes("assigned to @ann", "looks good", "and <!-- tiercel diff --> too") as server:
        settings = {"CI_API_V4_URL": server.address, "TIERCEL_TOKEN": server.token}
        assert run_pipeline(shop, said, settings)["tiercel-diff"].passed
        assert server.bodies[3].startswith("<!-- tiercel diff -->\n## Loyalty programs: only-worse\n")
        assert len(server.bodies) == 4

        write(shop, {"maple.yaml": MAPLE + "# Nothing.\n"})
        commit(shop, "mend")
        assert run_pipeline(shop, said, settings)["tiercel-diff"].passed
        assert server.bodies[3].startswith("<!-- tiercel diff -->\n## Loyalty programs: equivalent\n")
        assert len(server.bodies) == 4
        assert server.asked == ["GET", "GET", "POST", "GET", "GET", "PUT"]


def test_no_note_where_nothing_differs_or_no_token_is_there(shop: Path) -> None:
    said = in_merge_request(change(shop, {"maple.yaml": MAPLE + "# Nothing.\n"}), shop)
    with notes() as server:
        settings = {"CI_API_V4_URL": server.address}
        assert run_pipeline(shop, said, settings)["tiercel-diff"].passed
        assert server.asked == []
        assert run_pipeline(shop, said, {**settings, "TIERCEL_TOKEN": server.token})["tiercel-diff"].passed
        assert server.asked == ["GET"]
        assert server.bodies == []


def test_a_note_that_is_refused_is_no_failure(shop: Path) -> None:
    said = in_merge_request(change(shop, {"maple.yaml": WORSE}), shop)
    with notes() as server:
        settings = {"CI_API_V4_URL": server.address, "TIERCEL_TOKEN": "another"}
        job = run_pipeline(shop, said, settings)["tiercel-diff"]
    assert job.passed
    assert "HTTPError: HTTP Error 401: Unauthorized\nWarning: no note on the merge request" in job.log
    assert "Traceback" not in job.log


def test_what_a_repository_says_wins(shop: Path) -> None:
    own = "variables: {TIERCEL_STRICT: 'true'}\ntiercel-check: {image: python:3.11}\nbuild: {script: [make], rules: [{if: $CI, when: never}]}\n"
    write(shop, {".gitlab-ci.yml": INCLUDED + own, "maple.yaml": WARNING})
    commit(shop, "strict")
    (job,) = run_pipeline(shop, on_branch()).values()
    assert job.image == "python:3.11"
    assert not job.passed


def test_the_package_is_installed(shop: Path, tmp_path: Path) -> None:
    expect_registry(tmp_path)
    copy = copy_of_checkout(tmp_path / "a copy")
    (job,) = run_pipeline(shop, on_branch(), {"TIERCEL_PACKAGE": str(copy)}).values()
    assert job.passed, job.log
