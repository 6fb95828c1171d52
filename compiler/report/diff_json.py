"""Writes a comparison of two versions for programs, as one JSON object."""

from __future__ import annotations

import json
from typing import Any

from ..diff.change import Difference, Part

VERSION = 1


def render(difference: Difference) -> str:
    """The comparison as a JSON text that ends with a line end; `notes` of a part only where there are any."""
    return json.dumps({"version": VERSION, **facts(difference)}, indent=2) + "\n"


def facts(difference: Difference) -> dict[str, Any]:
    """The comparison as a JSON object, without a version."""
    return {
        "verdict": difference.verdict.value,
        "parts": {part.name: _part(part) for part in difference.parts},
        "assumed": list(difference.assumed),
    }


def _part(part: Part) -> dict[str, Any]:
    written = {"verdict": part.verdict.value, "changes": [dict(change.facts) for change in part.changes]}
    return written | ({"notes": list(part.notes)} if part.notes else {})
