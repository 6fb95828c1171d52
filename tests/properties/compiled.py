"""A program's text, compiled: the model for the reference, and the emitted module for the runtime."""

from __future__ import annotations

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.emit.to_python import to_python
from tiercel.compiler.model.digest import digest
from tiercel.compiler.model.from_syntax import resolve
from tiercel.compiler.model.tree import Program as Model
from tiercel.compiler.syntax.from_bytes import decode
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.compiler.syntax.shape import check_shape
from tiercel.runtime import Program


class Unusable(AssertionError):
    """A program file with errors."""


def compile_text(text: str) -> tuple[Model, Program]:
    """The model and the emitted program of a program file that has no errors but, perhaps, lints. Raises `Unusable`.

    Lints are left out: a program in which no customer can reach a tier still means something, and the two
    evaluators have to agree on what.
    """
    source, diagnostics = decode("random.yaml", text.encode())
    report = Report(source, diagnostics)
    document = read_document(source, report)
    if document is not None:
        check_shape(document, report)
    model = None if document is None or report.has_errors else resolve(document, source, report)
    found = [(d.name, d.message, text[d.span.start : d.span.end]) for d in report.diagnostics]
    if model is None or report.has_errors:
        raise Unusable(found)
    return model, load(to_python(model, digest(model)))


def load(module: str) -> Program:
    """The program that an emitted module declares."""
    names: dict[str, object] = {"__name__": "emitted"}
    exec(compile(module, "emitted.py", "exec"), names)
    program = names["PROGRAM"]
    assert isinstance(program, Program)
    return program
