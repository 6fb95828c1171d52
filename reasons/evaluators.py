"""From a compilation to the evaluator that the runtime works with."""

from __future__ import annotations

from types import ModuleType

from ..compiler.driver import Compilation
from ..runtime import Program


def evaluator(compilation: Compilation) -> Program:
    """The evaluator of a program without errors."""
    assert compilation.module is not None
    module = ModuleType("tiercel_program")
    exec(compile(compilation.module, f"<built from {compilation.source.name}>", "exec"), module.__dict__)
    program: Program = module.PROGRAM
    return program
