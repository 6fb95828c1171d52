"""The tables of docs/semantics.md name every event, reason, effect and cause of the runtime, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints, is_typeddict

from tiercel.runtime import effects
from tiercel.runtime.reading import _KEYS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
NAME = re.compile(r"`([a-z_.-]+)`")


def rows(after: str) -> list[list[str]]:
    """The cells of the first table after a text, without its head."""
    table = PAGE.partition(after)[2].partition("\n|---")[2].partition("\n\n")[0]
    return [line.strip("|").split(" | ") for line in table.splitlines()[1:]]


def test_events() -> None:
    table = {NAME.findall(cells[0])[0]: set(NAME.findall(cells[1])) for cells in rows("## 9. Events")}
    assert table == {name: required | optional for name, (required, optional) in _KEYS.items()}


def test_reasons() -> None:
    named = {name for cells in rows("The reasons of rejected events") for name in NAME.findall(cells[0])}
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "runtime").glob("*.py"))
    raised = {name for text in sources for name in re.findall(r'Rejected\(\s*"([a-z-]+)"', text)}
    assert named == raised


def test_effects() -> None:
    table = {NAME.findall(cells[0])[0]: set(NAME.findall(cells[1])) for cells in rows("## 10. Effects")}
    kinds = (kind for kind in vars(effects).values() if is_typeddict(kind))
    hints = {
        get_args(get_type_hints(kind)["kind"])[0]: set(get_type_hints(kind)) - {"kind"} for kind in kinds
    }
    assert table == hints


def test_causes() -> None:
    listed = re.search(r"The causes of `tier_changed` are (.*?)\. ", PAGE, re.DOTALL)
    assert listed
    assert set(NAME.findall(listed[1])) == set(get_args(effects.Cause))
