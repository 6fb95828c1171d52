"""Runs every command that the documentation shows, and compares what it prints with what is written below it.

In README.md and docs/*.md,

- a fenced block ```LANGUAGE NAME, with a file name after the language, is written to that file;
- a fenced block ```console has lines `$ COMMAND`, each followed by what the command prints.

The blocks of one page run in order, in a folder of their own beside a copy of `programs/`; those of docs/ci.md in an
empty one, where `https://github.com/OWNER/tiercel` is this checkout. A page is compared as a whole: `pytest --update`
rewrites the outputs in it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tiercel.tests.ci.hooked import hooked_shop

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^(`{3,})(\w[\w-]*)(?: +(\S+))? *\n(.*?)^\1 *$", re.MULTILINE | re.DOTALL)

Golden = Callable[[Path, str], None]


def executed(page: str, folder: Path, more: Mapping[str, str] | None = None) -> str:
    """The page with every output as it is now; `more` is what its commands have in their environment besides."""

    def replaced(block: re.Match[str]) -> str:
        fence, language, name, body = block.groups()
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(body, encoding="utf-8")
        if language != "console":
            return block[0]
        shown = "".join(f"$ {command}\n{output(command, folder, more or {})}" for command in commands(body))
        return f"{fence}console\n{shown}{fence}"

    return BLOCK.sub(replaced, page)


def commands(body: str) -> Iterator[str]:
    """The commands of a console block; a line that ends with a backslash continues on the next."""
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command += "\n" + next(lines)
            yield command


def output(command: str, folder: Path, more: Mapping[str, str]) -> str:
    """What a command prints, errors included, each line without trailing space."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "NO_COLOR": "1",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        **more,
    }
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in ran.stdout.decode().splitlines())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path, golden: Golden) -> None:
    folder = tmp_path / "page"
    more = hooked_shop(folder) if page.name == "ci.md" else programs(folder)
    golden(page, executed(page.read_text(encoding="utf-8"), folder, more))


def programs(folder: Path) -> dict[str, str]:
    """Make a page's folder, with the sample programs in it."""
    shutil.copytree(ROOT / "programs", folder / "programs")
    return {}


def test_output_is_compared(tmp_path: Path) -> None:
    page = "```text greeting.txt\nhello\n```\n\n```console\n$ cat greeting.txt\ngoodbye\n```\n"
    assert executed(page, tmp_path) == page.replace("goodbye", "hello")


def test_commands_may_continue(tmp_path: Path) -> None:
    page = "````console\n$ printf '%s ' one \\\n    two; false || echo \"code $?\"\none two code 1\n````\n"
    assert executed(page, tmp_path) == page


def test_links_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
    dead = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in link.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not dead


def test_files_that_are_named_exist() -> None:
    # A path has a slash in it; capitals and stars stand for names.
    path = re.compile(r"`((?:[a-z_.]+/)+[\w.-]*)`")
    named = {(page.name, name) for page in PAGES for name in path.findall(page.read_text(encoding="utf-8"))}
    assert {pair for pair in named if "NAME" not in pair[1] and not (ROOT / pair[1]).exists()} == set()


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    missing = [name for line in needed if f"`{(name := re.split('[^A-Za-z0-9-]', line)[0])}`" not in reasons]
    assert not missing
