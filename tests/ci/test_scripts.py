"""The scripts that servers run, as ShellCheck reads them: the action's for Bash, the template's for any shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tiercel.tests.ci.gitlab import TEMPLATE
from tiercel.tests.ci.runner import ROOT

TREE = yaml.safe_load(TEMPLATE.read_text("utf-8"))
JOBS = [name for name in TREE if name.startswith("tiercel-")]


def check(shell: str, *files: Path) -> None:
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    program = shutil.which("shellcheck", path=beside)
    if program is None and "CI" not in os.environ:
        pytest.skip("ShellCheck is not installed")
    assert program
    ran = subprocess.run(
        [program, "--external-sources", f"--shell={shell}", *files], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_scripts_of_the_action(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a script sources is looked for from there.
    monkeypatch.chdir(ROOT / "ci" / "github")
    check("bash", *sorted(Path().glob("*.sh")))


@pytest.mark.parametrize("name", JOBS)
def test_scripts_of_the_template(tmp_path: Path, name: str) -> None:
    script = tmp_path / f"{name}.sh"
    script.write_text(
        "\n".join([*TREE[".tiercel"]["before_script"], *TREE[name]["script"]]), encoding="utf-8"
    )
    check("sh", script)
