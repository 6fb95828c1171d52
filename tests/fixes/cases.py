"""Every file of the tests that has findings, and each single fix that comes with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tiercel.cli.catalog import all_names, page_text
from tiercel.compiler.diagnostics import Diagnostic, Fix
from tiercel.compiler.driver import Compilation, compile_bytes
from tiercel.compiler.lint.page import parse_page

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
_CHUNK = re.compile(r"\n(?:---+|\s*)\n")

FOLDERS = (
    TESTS / "lint",
    TESTS / "syntax",
    TESTS / "model" / "cases",
    TESTS / "report" / "cases",
    TESTS / "fixes",
    TESTS / "analysis" / "corpus",
    ROOT / "programs",
    ROOT.parent / "shared" / "conformance" / "invalid",
)


class Single(NamedTuple):
    """One fix of one finding of a file, alone."""

    name: str
    content: bytes
    before: Compilation
    found: Diagnostic
    fix: Fix

    def __str__(self) -> str:
        start = self.before.source.text[: self.found.span.start].count("\n") + 1
        return f"{self.name}:{start}: {self.found.name}: {self.fix.message}"


def contents() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every file with findings."""
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.yaml")):
            yield str(path.relative_to(TESTS.parents[1])), path.read_bytes()
    for name in all_names():
        for number, program in enumerate(parse_page(name, page_text(name)).bad_programs):
            yield f"{name} {number}", program.encode()
    yield from _conditions()


def _conditions() -> Iterator[tuple[str, bytes]]:
    """A program around each condition of `grammar` and `conditions` that is refused."""
    for path in sorted([*(TESTS / "grammar").glob("*.txt"), *(TESTS / "conditions").glob("*.txt")]):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            condition, mark, _ = line.partition("###")
            if mark and condition.strip():
                for style, program in _around(condition.strip()):
                    yield f"{path.name}:{number + 1} {style}", program.encode()


_PROGRAM = """\
tiercel: 1
program: {{name: Corner Shop, currency: CAD}}
customer: {{wholesale: boolean, size: {{one_of: [small, large]}}, referrals: integer, birthday: date, note: text}}
vip:
  tiers:
    - {{id: silver, name: Silver}}
    - {{id: gold, name: Gold, when: spend >= 500}}
earn:
  - id: everyday
    activity: order
    points: 1
    per: 1.00
    when: {}
"""


def _around(condition: str) -> Iterator[tuple[str, str]]:
    yield "single", _PROGRAM.format("'" + condition.replace("'", "''") + "'")
    yield "double", _PROGRAM.format('"' + condition.replace("\\", "\\\\").replace('"', '\\"') + '"')
    yield "folded", _PROGRAM.format(">-\n      " + condition.replace(" and ", "\n      and "))
    yield "plain", _PROGRAM.format(condition)


@cache
def singles() -> list[Single]:
    """Each fix of each finding of each file."""
    found = []
    for name, content in contents():
        before = compile_bytes("case.yaml", content)
        found += [Single(name, content, before, d, fix) for d in before.diagnostics for fix in d.fixes]
    return found
