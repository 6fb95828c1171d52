"""Who may import whom: the layers of the house, read off the code itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Of each folder, the package's own parts that it may import (itself aside).
ALLOWED = {
    "runtime": set(),
    "grammar": set(),
    "schema": set(),
    "compiler/syntax": {
        "compiler/node",
        "compiler/source",
        "compiler/diagnostics",
        "compiler/edits",
        "grammar",
        "schema",
    },
    "compiler/model": {
        "compiler/node",
        "compiler/source",
        "compiler/diagnostics",
        "compiler/syntax",
        "runtime",
    },
    "compiler/layout": {
        "compiler/node",
        "compiler/source",
        "compiler/diagnostics",
        "compiler/edits",
        "compiler/syntax",
        "compiler/model/currencies",
        "compiler/model/quantities",
    },
    "compiler/analysis": {"compiler/node", "compiler/source", "compiler/model"},
    "compiler/allow": {"compiler/node", "compiler/source", "compiler/diagnostics", "compiler/syntax"},
    "compiler/lint": {
        "compiler/node",
        "compiler/source",
        "compiler/diagnostics",
        "compiler/model",
        "compiler/analysis",
        "compiler/allow",
    },
    "compiler/diff": {
        "compiler/node",
        "compiler/source",
        "compiler/diagnostics",
        "compiler/model",
        "compiler/analysis",
    },
    "compiler/emit": {"compiler/source", "compiler/model"},
    "compiler/report": {
        "compiler/source",
        "compiler/diagnostics",
        "compiler/fingerprint",
        "compiler/diff/change",
        "__version__",
    },
    "reasons": {"compiler", "runtime"},
    "scenarios": {"compiler", "reasons", "runtime", "schema"},
    "coverage": {"compiler", "reasons", "runtime", "scenarios"},
    "editor": {"compiler", "reasons", "scenarios", "schema", "__version__"},
}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """What a module imports: dotted names, those of this package as `tiercel.…`."""
    package = ["tiercel", *path.relative_to(ROOT).parent.parts]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = base + (node.module.split(".") if node.module else [])
            found.update([".".join(base)] if node.module else [".".join([*base, a.name]) for a in node.names])
    return found


@pytest.mark.parametrize("path", modules("runtime"), ids=lambda p: p.name)
def test_runtime_needs_the_standard_library_alone(path: Path) -> None:
    outside = {
        name
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("tiercel.runtime")
    }
    assert not outside


@pytest.mark.parametrize("folder", sorted(ALLOWED))
def test_layers(folder: str) -> None:
    allowed = ALLOWED[folder] | {folder}
    wrong = []
    for path in modules(folder):
        for name in imports(path):
            if name.startswith("tiercel."):
                part = name.removeprefix("tiercel.").replace(".", "/")
                if not any(part == layer or part.startswith(f"{layer}/") for layer in allowed):
                    wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong


def test_nothing_imports_the_command_line() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for folder in (
            "compiler",
            "coverage",
            "editor",
            "reasons",
            "runtime",
            "scenarios",
            "schema",
            "grammar",
        )
        for path in modules(folder)
        for name in imports(path)
        if name.startswith("tiercel.cli")
    ]
    assert not wrong


@pytest.mark.parametrize("path", modules("runtime"), ids=lambda p: p.name)
def test_the_fold_reads_no_clock_and_no_chance(path: Path) -> None:
    read = {
        "now",
        "utcnow",
        "today",
        "time",
        "monotonic",
        "perf_counter",
        "random",
        "uuid4",
        "environ",
        "getenv",
    }
    called = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert not called & read
    assert not imports(path) & {"time", "random", "uuid", "secrets", "os"}
