"""What was covered of programs, as JSON: exact counts, percentages as decimal text, and every target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..compiler.report.excerpt import position_span
from .covered import Covered, shown_percentage, together
from .target import Kind, Target


def document(programs: Sequence[Covered]) -> dict[str, Any]:
    """The whole report; lines and columns are counted from 1, ends are exclusive."""
    return {
        **_counts(*together(programs)),
        "programs": [_program(program) for program in programs],
    }


def _counts(seen: int, counted: int) -> dict[str, Any]:
    return {"percent": shown_percentage(seen, counted).removesuffix(" %"), "covered": seen, "of": counted}


def _program(program: Covered) -> dict[str, Any]:
    return {
        "program": program.path,
        **_counts(*program.of()),
        "kinds": {kind.value: _counts(*program.of(kind)) for kind in Kind},
        "targets": [_target(target, program) for target in program.ground.targets],
    }


def _target(target: Target, program: Covered) -> dict[str, Any]:
    line, column, end_line, end_column = position_span(program.ground.program.source, target.span)
    return {
        "key": target.key,
        "kind": target.kind.value,
        "says": target.says,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "covered": target.key in program.seen if target.unreachable is None else None,
        "unreachable": target.unreachable,
    }
