"""Tiercel as a library: load a program, ready to run; or only say what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .runtime import Program

if TYPE_CHECKING:
    from .compiler.diagnostics import Diagnostic
    from .compiler.driver import Compilation
    from .compiler.source import SourceFile

PROGRAM_SUFFIXES = (".yaml", ".yml")
MODULE_SUFFIX = ".py"


class CompileError(Exception):
    """A program file with errors.

    `diagnostics` are all findings in file order, warnings included, with spans into `source`; as a text the
    exception is the errors as `tiercel check` prints them.
    """

    def __init__(self, source: SourceFile, diagnostics: list[Diagnostic]) -> None:
        super().__init__(source.name)
        self.source = source
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        from .compiler.diagnostics import Severity
        from .compiler.report.text import render

        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        return "\n".join(render(self.source, error) for error in errors)


def load(path: str | os.PathLike[str]) -> Program:
    """The evaluator of a program file (`.yaml`, `.yml`), or of a module that `tiercel build` wrote (`.py`).

    Raises CompileError where the file has errors, OSError where it cannot be read, and ValueError for a name of
    another kind or a module without a program. A module is executed: load only what you built.
    """
    suffix = Path(path).suffix
    if suffix in PROGRAM_SUFFIXES:
        from .compiler.driver import compile_file

        return _evaluator(compile_file(path))
    if suffix == MODULE_SUFFIX:
        return _program_of(Path(path).read_text(encoding="utf-8"), os.fspath(path))
    raise ValueError(f"not a program: {os.fspath(path)!r} ends in none of .yaml, .yml and .py")


def load_text(text: str, name: str = "<text>") -> Program:
    """The evaluator of a program given as the text of its file. Raises CompileError where it has errors."""
    from .compiler.driver import compile_bytes

    return _evaluator(compile_bytes(name, _bytes(text)))


def check(path: str | os.PathLike[str]) -> list[Diagnostic]:
    """What there is to say about a program file, in file order: errors, and findings of the lints.

    Raises OSError where the file cannot be read.
    """
    from .compiler.driver import compile_file

    return compile_file(path).diagnostics


def check_text(text: str, name: str = "<text>") -> list[Diagnostic]:
    """As `check`, for the text of a program file."""
    from .compiler.driver import compile_bytes

    return compile_bytes(name, _bytes(text)).diagnostics


def _bytes(text: str) -> bytes:
    # A lone surrogate is no text: it is passed on as the bytes that `encoding` then refuses.
    return text.encode("utf-8", "surrogatepass")


def _evaluator(compilation: Compilation) -> Program:
    if compilation.module is None:
        raise CompileError(compilation.source, compilation.diagnostics)
    return _program_of(compilation.module, f"<built from {compilation.source.name}>")


def _program_of(module: str, file: str) -> Program:
    namespace = ModuleType("tiercel_program")
    exec(compile(module, file, "exec"), namespace.__dict__)
    program = getattr(namespace, "PROGRAM", None)
    if not isinstance(program, Program):
        raise ValueError(f"not a program: {file!r} defines no PROGRAM")
    return program
