"""The whole pipeline: from a file's bytes to what the file means, what is wrong with it, and the module built from it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .diagnostics import Diagnostic, Report, Severity, Stop
from .model.from_syntax import resolve
from .model.tree import Program
from .source import SourceFile
from .syntax.from_bytes import MAX_BYTES, decode
from .syntax.from_yaml import read_document
from .syntax.shape import check_shape


@dataclass(frozen=True)
class Compilation:
    """What came of a file: its text, the program where no pass before the lints found errors, all diagnostics."""

    source: SourceFile
    program: Program | None
    diagnostics: list[Diagnostic]
    passed: int = 0  # how many passes found no error: decoding, reading, resolving
    undecided: int = 0  # questions of lints that took more than their budget: about these nothing is said

    @property
    def has_errors(self) -> bool:
        """Whether nothing can be built."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    @cached_property
    def module(self) -> str | None:
        """The text of the emitted module, written when it is first asked for; none where there are errors."""
        if self.program is None or self.has_errors:
            return None
        from .emit.to_python import to_python

        return to_python(self.program, self.digest)

    @cached_property
    def digest(self) -> str:
        """The digest of what the program means, `sha256:…`. Only where there is a program."""
        from .model.digest import digest

        assert self.program is not None
        return digest(self.program)


def compile_file(path: str | os.PathLike[str]) -> Compilation:
    """Compile a program file. Raises OSError where it cannot be read."""
    with Path(path).open("rb") as stream:
        # A byte more than a program may have is enough to refuse it, however large the file is.
        content = stream.read(MAX_BYTES + 1)
    return compile_bytes(os.fspath(path), content)


def compile_bytes(name: str, data: bytes, *, lint: bool = True) -> Compilation:
    """Compile the bytes of a program file. `name` is what diagnostics and the emitted module call the file.

    Without `lint` errors alone are found that keep a program from having a meaning.
    """
    source, diagnostics = decode(name, data)
    report = Report(source, diagnostics)
    try:
        program = _compile(source, report, lint)
    except Stop:
        program = None
    return Compilation(source, program, report.sorted(), report.passed, _undecided(program))


def _compile(source: SourceFile, report: Report, lint: bool) -> Program | None:
    report.stop_on_errors()
    document = read_document(source, report)
    if document is not None:
        check_shape(document, report)
    report.stop_on_errors()
    assert document is not None
    program = resolve(document, source, report)
    report.stop_on_errors()
    assert program is not None
    if lint:
        report.extend(_lint(program))
    return program


def _undecided(program: Program | None) -> int:
    from .analysis import undecided

    return undecided(program) if program else 0


def _lint(program: Program) -> list[Diagnostic]:
    from .lint import run_lints

    return list(run_lints(program))
