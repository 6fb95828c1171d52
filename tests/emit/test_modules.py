"""Whole emitted modules: golden files, and what a formatter, a linter and a type checker say to them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tiercel
from tiercel.runtime import Program
from tiercel.tests.conftest import Golden
from tiercel.tests.emit.emitting import declared_by, emit

PROGRAMS = sorted(Path(__file__).with_name("programs").glob("*.yaml"))
ROOT = Path(tiercel.__file__).parent


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_golden_module(path: Path, golden: Golden) -> None:
    golden(path.with_suffix(".py.out"), emit(path.read_text(), path.name))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_module_runs(path: Path) -> None:
    assert isinstance(declared_by(emit(path.read_text(), path.name))["PROGRAM"], Program)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All golden programs emitted into one folder."""
    folder = tmp_path_factory.mktemp("modules")
    for path in PROGRAMS:
        (folder / f"{path.stem.replace('-', '_')}.py").write_text(emit(path.read_text(), path.name))
    return folder


def run_tool(*args: str, **environment: str) -> None:
    """Run a tool of the test extra; it has to be content."""
    result = subprocess.run(
        [sys.executable, "-m", *args],
        capture_output=True,
        text=True,
        env=os.environ | environment,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("config", [("--isolated",), ("--config", str(ROOT / "pyproject.toml"))])
def test_linter_is_content(modules: Path, config: tuple[str, ...]) -> None:
    run_tool("ruff", "check", "--no-cache", *config, str(modules))


def test_formatter_changes_nothing(modules: Path) -> None:
    run_tool(
        "ruff", "format", "--check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(modules)
    )


def test_type_checker_is_content(modules: Path, tmp_path: Path) -> None:
    # Type checkers do not follow the import hook of an editable install.
    (tmp_path / "tiercel").symlink_to(ROOT)
    options = ["--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}", "--follow-imports=silent"]
    run_tool("mypy", *options, *map(str, sorted(modules.glob("*.py"))), MYPYPATH=str(tmp_path))


def test_same_bytes_in_every_process() -> None:
    script = (
        "import sys, pathlib\n"
        "from tiercel.tests.emit.emitting import emit\n"
        "for path in sys.argv[1:]:\n"
        "    sys.stdout.buffer.write(emit(pathlib.Path(path).read_text(), path).encode())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, *map(str, PROGRAMS)],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "name", ["maple.yaml", "./maple.yaml", "/srv/x y/maple.yaml", "C:\\shops\\maple.yaml"]
)
def test_folder_of_the_file_changes_nothing(name: str) -> None:
    text = PROGRAMS[0].read_text()
    assert emit(text, name) == emit(text, "maple.yaml")


@pytest.mark.parametrize("name", ["a\nimport os.yaml", "caf\u00e9.yaml", "-", "", "a:b#c.yaml", "x" * 81])
def test_odd_file_names_stay_out_of_comments(name: str) -> None:
    comments = [line for line in emit(PROGRAMS[0].read_text(), name).splitlines() if line.startswith("#")]
    assert comments[0] == "# Built from the program file."
    assert all("the program file" in comment for comment in comments)
