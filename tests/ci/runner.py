"""Runs the steps of a composite action as GitHub's runner does, with what a server would say made up."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tiercel.tests.ci.repository import environment

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALLED = Path(sys.executable).with_name("tiercel")

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"'[^']*'|!cancelled\(\)|&&|\|\||==|!=|!|[()]|[a-z_][\w.-]*|\s+")
_WORDS = {"!cancelled()": "True", "&&": "and", "||": "or", "!": "not"}


@dataclass
class Job:
    """What came of a job: of each step by its id its outcome, output and outputs; the summary; what was uploaded."""

    outcomes: dict[str, str] = field(default_factory=dict)
    log: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    summary: str = ""

    def commands(self, step: str) -> list[str]:
        """The lines of a step's log that are commands to the runner, but for those that stop them and go on."""
        found, stopped = [], None
        for line in map(str.strip, re.split(r"[\r\n]+", self.log[step])):
            if stopped is None and line.startswith("::stop-commands::"):
                stopped = line.removeprefix("::stop-commands::")
            elif line == f"::{stopped}::":
                stopped = None
            elif stopped is None and line.startswith("::"):
                found.append(line)
        assert stopped is None
        return found

    @property
    def failed(self) -> list[str]:
        """The steps that failed: with any, the job fails."""
        return [name for name, outcome in self.outcomes.items() if outcome == "failure"]


class Unknown(Exception):
    """Something of an expression that this runner does not know."""


@dataclass(frozen=True)
class _Machine:
    """Where the steps of a job run: what is checked out, a folder for temporary files, and the action itself."""

    workspace: Path
    temporary: Path
    action: Path
    variables: dict[str, str]


def run_action(
    workspace: Path,
    inputs: dict[str, str] | None = None,
    event: dict[str, Any] | None = None,
    *,
    action: Path | None = None,
    variables: dict[str, str] | None = None,
) -> Job:
    """Run the action in a workspace, for an event, or a copy of the action, which alone installs what it runs.

    `variables` are there for every step.
    """
    given = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    assert (inputs or {}).keys() <= given.keys()
    given |= inputs or {}
    job = Job()
    temporary = workspace.parent / f"runner-{workspace.name}"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    machine = _Machine(workspace, temporary, action or ROOT, variables or {})
    github = {"token": "secret", "event": event or {}}
    given = {name: _filled(value, {"github": github}) for name, value in given.items()}
    for step in ACTION["runs"]["steps"]:
        context = {"inputs": given, "github": github, "steps": _steps(job)}
        condition = step.get("if", "${{ success() }}")
        wanted = not job.failed if condition == "${{ success() }}" else bool(_evaluated(condition, context))
        if not wanted:
            job.outcomes[step["id"]] = "skipped"
        elif "uses" in step:
            _use(job, step, context)
        elif step["id"] == "install" and action is None:
            job.outcomes["install"], job.outputs["install"] = "success", {"tiercel": str(INSTALLED)}
        else:
            _run(job, step, context, machine)
    summary = temporary / "summary.md"
    job.summary = summary.read_text("utf-8") if summary.exists() else ""
    return job


def _use(job: Job, step: dict[str, Any], context: dict[str, Any]) -> None:
    name, _, version = step["uses"].partition("@")
    assert version
    job.used[name] = {key: _filled(str(value), context) for key, value in step["with"].items()}
    job.outcomes[step["id"]] = "success"
    if name == "actions/setup-python":
        job.outputs[step["id"]] = {"python-path": sys.executable}


def _run(job: Job, step: dict[str, Any], context: dict[str, Any], machine: _Machine) -> None:
    assert step["shell"] == "bash"
    output = machine.temporary / f"output-{step['id']}"
    script = machine.temporary / f"step-{step['id']}.sh"
    output.touch()
    script.write_text(step["run"], encoding="utf-8")
    own = environment(
        GITHUB_ACTION_PATH=machine.action,
        GITHUB_OUTPUT=output,
        GITHUB_STEP_SUMMARY=machine.temporary / "summary.md",
        GITHUB_WORKSPACE=machine.workspace,
        GITHUB_REPOSITORY="corner/shop",
        RUNNER_TEMP=machine.temporary,
    )
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=machine.workspace,
        env=own
        | machine.variables
        | {name: _filled(str(value), context) for name, value in step.get("env", {}).items()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    job.log[step["id"]] = ran.stdout
    job.outcomes[step["id"]] = "failure" if ran.returncode else "success"
    lines = output.read_text("utf-8").splitlines()
    job.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)


def _steps(job: Job) -> dict[str, Any]:
    return {
        name: {"outcome": outcome, "outputs": job.outputs.get(name, {})}
        for name, outcome in job.outcomes.items()
    }


def _filled(text: str, context: dict[str, Any]) -> str:
    return _EXPRESSION.sub(lambda found: str(_evaluated(found[0], context)), text)


def _evaluated(text: str, context: dict[str, Any]) -> Any:
    """The value of one expression. What is not there is an empty text, as it is when compared with one."""
    expression = _EXPRESSION.fullmatch(text.strip())
    if expression is None:
        raise Unknown(text)
    tokens = _TOKEN.findall(expression[1])
    if "".join(tokens) != expression[1]:
        raise Unknown(text)
    names = iter([token for token in tokens if re.match("[a-z_]", token)])
    code = [
        f"look({next(names)!r})" if re.match("[a-z_]", each) else _WORDS.get(each, each) for each in tokens
    ]
    return eval(" ".join(code).strip(), {"look": lambda name: _look(name, context)})


def _look(name: str, context: dict[str, Any]) -> Any:
    value: Any = context
    for part in name.split("."):
        value = value.get(part, "") if isinstance(value, dict) else ""
    return value
