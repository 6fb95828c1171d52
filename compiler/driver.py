"""The whole pipeline: from a file's bytes to what the file means, what is wrong with it, and the module built from it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .diagnostics import Diagnostic, Report, Severity, Stop
from .model.from_syntax import resolve
from .model.tree import Program
from .source import SourceFile
from .syntax.from_bytes import MAX_BYTES, decode
from .syntax.from_yaml import read_document
from .syntax.shape import check_shape

if TYPE_CHECKING:
    from datetime import date

    from .allow.suppress import Suppressed


@dataclass(frozen=True)
class Compilation:
    """What came of a file: its text, the program where no pass before the lints found errors, and the diagnostics.

    What comments of the file allow is not among the diagnostics but in `suppressed`, beside the comment.
    """

    source: SourceFile
    program: Program | None
    diagnostics: list[Diagnostic]
    passed: int = 0  # how many passes found no error: decoding, reading, resolving
    undecided: int = 0  # questions of lints that took more than their budget: about these nothing is said
    suppressed: tuple[Suppressed, ...] = ()
    today: date | None = None  # the day that decided which allows have expired

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


def compile_bytes(name: str, data: bytes, *, lint: bool = True, today: date | None = None) -> Compilation:
    """Compile the bytes of a program file. `name` is what diagnostics and the emitted module call the file.

    Without `lint` errors alone are found that keep a program from having a meaning. Comments that allow a finding
    until some day do so on any day, unless it is said which one is `today`.
    """
    source, diagnostics = decode(name, data)
    report = Report(source, diagnostics)
    suppressed: tuple[Suppressed, ...] = ()
    try:
        program = _compile(source, report)
        if lint:
            report.extend(_lint(program))
            suppressed = _suppress(program, report, today)
    except Stop:
        program = None
    passed, undecided = report.passed, _undecided(program)
    return Compilation(source, program, report.sorted(), passed, undecided, suppressed, today)


def _compile(source: SourceFile, report: Report) -> Program:
    report.stop_on_errors()
    document = read_document(source, report)
    if document is not None:
        check_shape(document, report)
    report.stop_on_errors()
    assert document is not None
    program = resolve(document, source, report)
    report.stop_on_errors()
    assert program is not None
    return program


def _undecided(program: Program | None) -> int:
    from .analysis import undecided

    return undecided(program) if program else 0


def _lint(program: Program) -> list[Diagnostic]:
    from .lint import run_lints

    return list(run_lints(program))


def _suppress(program: Program, report: Report, today: date | None) -> tuple[Suppressed, ...]:
    """Take what comments allow out of the report, and report what is wrong with such comments."""
    document = program.document
    if not any("tiercel" in comment.text.lower() for comment in document.comments):
        return ()
    from .allow.suppress import suppress
    from .lint import run_allow_lints

    decided = not _undecided(program)
    allowed = suppress(report.source, document, report.sorted(), _severities(), today, decided=decided)
    report.diagnostics = [*allowed.remaining, *run_allow_lints(allowed)]
    return allowed.suppressed


def _severities() -> dict[str, Severity]:
    """Every name that a diagnostic can have."""
    from .errors import ERRORS
    from .lint import LINTS

    return {lint.name: lint.severity for lint in LINTS} | dict.fromkeys(ERRORS, Severity.ERROR)
