"""The page about scenarios leaves nothing out: keys, effects, the words of steps, options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tiercel.cli.test import command
from tiercel.scenarios.notation import VERBS
from tiercel.schema import scenario_schema

PAGE = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"`[^`\n]+`", PAGE))


def keys(name: str) -> set[str]:
    """The keys of a definition of the schema."""
    definition: dict[str, Any] = scenario_schema()["definitions"][name]
    return set(definition["properties"])


NAMED = {name: keys(name) for name in ("scenario", "step", "expect", "member", "effect")}
NAMED |= {
    f"effect `{kind}`": set(of["properties"])
    for kind, of in scenario_schema()["definitions"]["effect"]["properties"].items()
}
NAMED["the file"] = set(scenario_schema()["properties"])
NAMED["steps"] = {*VERBS, *(part for verb in VERBS.values() for part in verb.parts)}
NAMED["options"] = {option for each in command.params for option in each.opts if option.startswith("--")}


@pytest.mark.parametrize("part", NAMED)
def test_everything_is_on_the_page(part: str) -> None:
    assert NAMED[part]
    assert {
        name for name in NAMED[part] if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", CODE)
    } == set()
