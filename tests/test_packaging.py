"""What is packaged is what is there."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
NOT_PACKAGED = {"tests", "benchmarks", "docs", "programs"}


def test_every_package_is_listed() -> None:
    folders = {
        ".".join(["tiercel", *path.parent.relative_to(ROOT).parts])
        for path in ROOT.rglob("__init__.py")
        if not any(part.startswith(".") or part == "build" for part in path.relative_to(ROOT).parts)
        and path.relative_to(ROOT).parts[0] not in NOT_PACKAGED
    }
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted(folders)


def test_every_file_that_is_not_python_is_packaged() -> None:
    data = PROJECT["tool"]["setuptools"]["package-data"]
    missing = []
    for package in PROJECT["tool"]["setuptools"]["packages"]:
        folder = ROOT.joinpath(*package.split(".")[1:])
        if folder == ROOT:
            continue
        patterns = data.get(package, [])
        missing += [
            str(path)
            for path in folder.iterdir()
            if path.is_file()
            and path.suffix != ".py"
            and not any(path.match(pattern) for pattern in patterns)
        ]
    assert not missing


def test_sources_have_what_servers_and_hooks_read() -> None:
    lines = [line.split() for line in (ROOT / "MANIFEST.in").read_text(encoding="utf-8").splitlines()]
    grafted = {name for command, *names in lines if command == "graft" for name in names}
    included = {name for command, *names in lines if command == "include" for name in names}
    assert {"ci", "docs", "programs", "tests"} <= grafted
    assert {"action.yml", ".pre-commit-hooks.yaml"} <= included
    assert all((ROOT / name).exists() for name in grafted | included)


def test_the_runtime_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import sys, tiercel.runtime;"
        "print([m for m in sys.modules if m.split('.')[0] in {'yaml','lark','click','jsonschema'}"
        " or m.startswith(('tiercel.compiler', 'tiercel.cli'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_python_dash_m() -> None:
    result = subprocess.run([sys.executable, "-m", "tiercel", "--version"], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip().endswith(__import__("tiercel").__version__)


def test_every_name_of_the_runtime_is_where_it_is_said_to_be() -> None:
    import tiercel.runtime as runtime

    assert sorted(runtime._HOMES) == sorted(runtime.__all__)
    for name in runtime.__all__:
        assert getattr(runtime, name) is not None
