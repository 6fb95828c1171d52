"""Runs the jobs of a pipeline as GitLab and its runner do, with what a server would say made up."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tiercel.tests.ci.repository import clone_of, environment
from tiercel.tests.ci.runner import INSTALLED, ROOT

TEMPLATE = ROOT / "ci" / "gitlab.yml"
# What is no job at the top of a configuration.
KEYWORDS = {"default", "image", "include", "stages", "variables", "workflow"}
PROJECT = {
    "CI": "true",
    "GITLAB_CI": "true",
    "CI_PROJECT_ID": "5",
    "CI_API_V4_URL": "http://127.0.0.1:9/api/v4",
}

_TOKEN = re.compile(r'\$\w+|"[^"]*"|==|!=|&&|\|\||null|[()]|\s+')
_WORDS = {"&&": "and", "||": "or", "null": "None"}

Tree = dict[str, Any]


@dataclass
class Job:
    """What came of a job: whether it passed, its log, its reports by their kind, and other artifacts by name."""

    passed: bool
    log: str
    image: str
    reports: dict[str, str] = field(default_factory=dict)
    artifacts: dict[str, str] = field(default_factory=dict)


class Unknown(Exception):
    """Something of a configuration that this runner does not know."""


def on_branch(branch: str = "main", *, merge_requests: str = "") -> dict[str, str]:
    """What a server says to a pipeline for a branch, which may have merge requests."""
    said = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": branch}
    return {**said, **({"CI_OPEN_MERGE_REQUESTS": merge_requests} if merge_requests else {})}


def in_merge_request(base: str, project: Path, *, target: str = "") -> dict[str, str]:
    """What a server says to a pipeline for a merge request; with `target`, to one for merged results."""
    said = {
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_PROJECT_ID": "5",
        "CI_MERGE_REQUEST_PROJECT_URL": project.as_uri(),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
    }
    return {**said, **({"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target} if target else {})}


def run_pipeline(
    shop: Path,
    said: dict[str, str],
    settings: dict[str, str] | None = None,
    *,
    shell: str = "bash",
    depth: int = 20,
    origin: Path | None = None,
) -> dict[str, Job]:
    """Run the jobs that a repository's configuration has for what is checked out, each in a clone of its own.

    `settings` are the variables of the project. Tiercel is installed only where they name a package.
    """
    settings = {"TIERCEL_PACKAGE": "", **(settings or {})}
    configuration = read_configuration(shop)
    jobs = {}
    for name, job in _jobs(configuration).items():
        variables = {**PROJECT, **said, **configuration.get("variables", {}), **job.get("variables", {})}
        variables |= settings
        if _is_wanted(job, variables):
            with tempfile.TemporaryDirectory() as folder:
                clone = clone_of(shop, Path(folder) / "clone", depth, origin)
                jobs[name] = _run(job, variables, clone, shell)
    return jobs


def read_configuration(shop: Path) -> Tree:
    """The configuration of a repository with what it includes; the template stands for all that is remote."""
    return _included(shop, shop / ".gitlab-ci.yml")


def _included(shop: Path, path: Path) -> Tree:
    own: Tree = yaml.safe_load(path.read_text("utf-8"))
    whole: Tree = {}
    for include in own.pop("include", []):
        ((kind, where),) = include.items()
        if kind not in {"local", "remote"}:
            raise Unknown(kind)
        whole = _merged(whole, _included(shop, shop / where.lstrip("/") if kind == "local" else TEMPLATE))
    return _merged(whole, own)


def _merged(below: Tree, above: Tree) -> Tree:
    """Two trees in one: mappings key by key, of all else the one above."""
    both = {
        key: _merged(below[key], above[key])
        for key in below.keys() & above.keys()
        if isinstance(below[key], dict) and isinstance(above[key], dict)
    }
    return {**below, **above, **both}


def _jobs(configuration: Tree) -> dict[str, Tree]:
    named = {name: job for name, job in configuration.items() if name not in KEYWORDS}

    def extended(job: Tree) -> Tree:
        base = job.get("extends")
        return _merged(extended(named[base]), job) if base else job

    return {name: extended(job) for name, job in named.items() if not name.startswith(".")}


def _is_wanted(job: Tree, variables: dict[str, str]) -> bool:
    """Whether the first of a job's rules that holds lets it run."""
    for rule in job["rules"]:
        if rule.keys() - {"if", "when"}:
            raise Unknown(str(rule))
        if _holds(rule["if"], variables):
            return bool(rule.get("when") != "never")
    return False


def _holds(condition: str, variables: dict[str, str]) -> bool:
    tokens = _TOKEN.findall(condition)
    if "".join(tokens) != condition:
        raise Unknown(condition)
    code = [f"look({each[1:]!r})" if each[0] == "$" else _WORDS.get(each, each) for each in tokens]
    return bool(eval("".join(code), {"look": variables.get}))


def _run(job: Tree, variables: dict[str, str], clone: Path, shell: str) -> Job:
    script = "\n".join([*job.get("before_script", []), *job["script"]])
    own = environment(**variables, CI_PROJECT_DIR=clone, TMPDIR=clone.parent)
    own["PATH"] = f"{INSTALLED.parent}:{own['PATH']}"
    command = [shell, "-e", *(["-o", "pipefail"] if shell == "bash" else []), "-c", script]
    ran = subprocess.run(
        command,
        cwd=clone,
        env=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    image = re.sub(r"\$(\w+)", lambda found: variables[found[1]], job["image"])
    kept = job["artifacts"] if ran.returncode == 0 or job["artifacts"]["when"] == "always" else {}
    reports = _read(clone, kept.get("reports", {}))
    artifacts = _read(clone, {name: name for name in kept.get("paths", ())})
    return Job(ran.returncode == 0, ran.stdout, image, reports, artifacts)


def _read(folder: Path, names: dict[str, str]) -> dict[str, str]:
    """The texts of those files that are there."""
    there = {key: folder / name for key, name in names.items() if (folder / name).exists()}
    return {key: path.read_text("utf-8") for key, path in there.items()}
