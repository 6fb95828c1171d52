"""Programs in YAML to emitted modules, and those to what they declare."""

from __future__ import annotations

from typing import Any

from tiercel.compiler.diagnostics import Report
from tiercel.compiler.emit.to_python import to_python
from tiercel.compiler.model.from_syntax import resolve
from tiercel.compiler.model.tree import Program
from tiercel.compiler.syntax.from_bytes import decode
from tiercel.compiler.syntax.from_yaml import read_document
from tiercel.runtime import Tables

DIGEST = "sha256:" + "0" * 64


def model_of(text: str, name: str = "program.yaml") -> Program:
    """The model of a valid program. Lints are no matter here."""
    source, diagnostics = decode(name, text.encode())
    report = Report(source, diagnostics)
    document = read_document(source, report)
    assert document is not None
    program = resolve(document, source, report)
    assert program is not None
    assert not report.has_errors, report.diagnostics
    return program


def emit(text: str, name: str = "program.yaml") -> str:
    """The module emitted for a program, under a fixed digest."""
    return to_python(model_of(text, name), DIGEST)


def declared_by(module: str) -> dict[str, Any]:
    """The names of an emitted module, once it ran."""
    names: dict[str, Any] = {"__name__": "emitted"}
    exec(compile(module, "emitted.py", "exec"), names)
    return names


def tables_of(text: str) -> Tables:
    """The tables that the module of a program declares."""
    tables = declared_by(emit(text))["TABLES"]
    assert isinstance(tables, Tables)
    return tables


def program_with(*, vip: str = "", earn: str = "", exclude: str = "", customer: str = "") -> str:
    """A small program of one-line parts, each in YAML's flow style."""
    parts = {"customer": customer, "exclude": exclude, "vip": vip, "earn": earn}
    stated = [f"{key}: {value}" for key, value in parts.items() if value]
    return "\n".join(["tiercel: 1", "program: {name: Small, currency: CAD}", *stated, ""])
