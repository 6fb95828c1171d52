"""A version of a program, ready to be played: what it means, and its evaluator."""

from __future__ import annotations

from dataclasses import dataclass

from ..compiler.driver import Compilation
from ..compiler.model.tree import Program as Model
from ..reasons.evaluators import evaluator
from ..runtime import Program


@dataclass(frozen=True, slots=True)
class Version:
    """What a program means, and what evaluates it."""

    model: Model
    program: Program


def version_of(compilation: Compilation) -> Version | None:
    """The version of a program without errors; else none."""
    if compilation.program is None or compilation.has_errors:
        return None
    return Version(compilation.program, evaluator(compilation))
