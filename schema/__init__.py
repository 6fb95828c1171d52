"""The shapes of files as JSON Schemas (draft 7), for editors, for other services, and for `check`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def program_schema() -> dict[str, Any]:
    """The shape of a program file.

    Beside draft 7 it has `x-decided-by: model` where a later pass says the same with reasons, and `x-beside`
    for the key that rules another one out.
    """
    return _read("program")


@cache
def scenario_schema() -> dict[str, Any]:
    """The shape of a file of scenarios, with the same marks; what stands in a table's steps is checked per row."""
    return _read("scenario")


def _read(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        Path(__file__).with_name(f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return schema
