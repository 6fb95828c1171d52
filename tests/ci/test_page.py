"""docs/ci.md: the workflow and the pipeline that it shows are run, and what they say is written into it.

Its commands are run as those of all pages are, in tests/docs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import tiercel
from tiercel.tests.ci.gitlab import TEMPLATE, on_branch, run_pipeline
from tiercel.tests.ci.repository import commit, git, repository, run, write
from tiercel.tests.ci.runner import ACTION, INSTALLED, Job, run_action
from tiercel.tests.docs.test_docs import BLOCK, ROOT

Golden = Callable[[Path, str], None]

TARGET = ROOT / "docs" / "ci.md"
PAGE = TARGET.read_text(encoding="utf-8")
FILES = {name: body for _, _, name, body in BLOCK.findall(PAGE) if name}
MARKED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
WORKFLOW = ".github/workflows/loyalty.yml"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The repository of the page, as it begins."""
    folder = tmp_path / "shop"
    repository(folder, FILES)
    return folder


def mend(shop: Path) -> None:
    """Do what the page does about the slip."""
    assert run(INSTALLED, "check", "--fix", "shop.yaml", cwd=shop).returncode == 0
    commit(shop, "mend")


def workflow_job(shop: Path, event: dict[str, Any] | None = None) -> Job:
    """The job of the workflow that the page shows."""
    (job,) = yaml.safe_load(FILES[WORKFLOW])["jobs"].values()
    checkout, action = job["steps"]
    assert checkout == {"uses": "actions/checkout@v6"}
    # What is no text in YAML comes to an action as one.
    inputs = {name: yaml.safe_dump(value).split("\n")[0].strip("'") for name, value in action["with"].items()}
    return run_action(shop, {**inputs, "comment": "false"}, event)


def fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


# --- what the page says -----------------------------------------------------------------------------------------


def github_failing(shop: Path) -> str:
    job = workflow_job(shop)
    assert job.failed == ["check", "test"]
    return fenced("markdown", job.summary)


def comment(shop: Path) -> str:
    mend(shop)
    base = git(shop, "rev-parse", "HEAD")
    text = (shop / "shop.yaml").read_text("utf-8")
    write(shop, {"shop.yaml": text.replace("birch: 2", "birch: 1.5")})
    head = commit(shop, "change")
    job = workflow_job(shop, {"pull_request": {"number": 7, "base": {"sha": base}, "head": {"sha": head}}})
    assert job.failed == []
    assert "only-worse" in job.summary
    # Numbers of commits depend on the day.
    said = Path(job.outputs["diff"]["file"]).read_text("utf-8").replace(base[:10], "4f1d2a9c03")
    return fenced("markdown", said)


def gitlab_failing(shop: Path) -> str:
    jobs = run_pipeline(shop, on_branch())
    assert [name for name, job in jobs.items() if not job.passed] == ["tiercel-check", "tiercel-test"]
    return fenced("text", jobs["tiercel-check"].log)


def gitlab_passing(shop: Path) -> str:
    mend(shop)
    jobs = run_pipeline(shop, on_branch())
    assert [name for name, job in jobs.items() if not job.passed] == []
    return fenced("text", "".join(job.log for job in jobs.values()))


def inputs(_: Path) -> str:
    rows = (
        f"| `{name}` | {code(each['default'])} | {cell(each['description'])} |\n"
        for name, each in ACTION["inputs"].items()
    )
    return "".join(("| input | without it | |\n|---|---|---|\n", *rows))


def variables(_: Path) -> str:
    """Each variable of the template with what stands above it as a comment."""
    top = TEMPLATE.read_text("utf-8").partition("\nvariables:\n")[2].partition("\n\n")[0]
    rows, said = ["| variable | without it | |\n|---|---|---|\n"], ""
    for line in map(str.strip, top.splitlines()):
        if line.startswith("#"):
            said += line.removeprefix("#")
        else:
            ((name, value),) = yaml.safe_load(line).items()
            rows.append(f"| `{name}` | {code(value)} | {cell(said.strip())} |\n")
            said = ""
    return "".join(rows)


def code(value: str) -> str:
    """A default for a cell; none where it comes from the server."""
    return f"`{value}`" if value and "$" not in value else ""


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PARTS = {
    part.__name__: part
    for part in (github_failing, comment, inputs, gitlab_failing, gitlab_passing, variables)
}


def test_generated_parts_are_fresh(tmp_path: Path, golden: Golden) -> None:
    assert [part for _, part, _ in MARKED.findall(PAGE)] == list(PARTS)
    said = {}
    for name, part in PARTS.items():
        repository(tmp_path / name, FILES)
        said[name] = part(tmp_path / name)
    golden(TARGET, MARKED.sub(lambda found: f"{found[1]}\n{said[found[2]]}\n{found[3]}", PAGE))


# --- its files --------------------------------------------------------------------------------------------------


def test_the_workflow_passes_once_it_is_mended(shop: Path) -> None:
    mend(shop)
    job = workflow_job(shop)
    assert job.failed == []
    assert "github/codeql-action/upload-sarif" in job.used


@pytest.mark.parametrize(
    ("name", "schema"), [(WORKFLOW, "vendor.github-workflows"), (".gitlab-ci.yml", "vendor.gitlab-ci")]
)
def test_files_are_what_servers_take(shop: Path, name: str, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, shop / name]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_the_workflow_may_do_what_it_is_told_to() -> None:
    workflow = yaml.safe_load(FILES[WORKFLOW])
    assert workflow["permissions"] == {
        "contents": "read",
        "pull-requests": "write",
        "security-events": "write",
    }


def test_versions_are_this_one() -> None:
    named = set(re.findall(r"\bv(\d+\.\d+\.\d+)\b", PAGE))
    assert named == {tiercel.__version__}
