"""Statements of a module, line by line: indentation, comments, and expressions laid out to the line length."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .layout import LINE_LENGTH, laid_out, width

_IMPORT_LENGTH = 88


@dataclass(slots=True)
class Writer:
    """Collects lines at a depth of indentation."""

    lines: list[str] = field(default_factory=list)
    indent: int = 0

    def line(self, text: str = "") -> None:
        """One line; an empty one has no indentation."""
        self.lines.append(" " * self.indent + text if text else "")

    def gap(self) -> None:
        """The two empty lines before a definition."""
        self.lines += ["", ""]

    def comment(self, text: str) -> None:
        """A comment, never with program text in it."""
        self.line(f"# {text}")

    def imports(self, module: str, names: list[str]) -> None:
        """`from module import names`; a name a line where they do not fit on one, by any linter's defaults."""
        one_line = f"from {module} import {', '.join(names)}"
        if width(one_line) <= _IMPORT_LENGTH:
            self.line(one_line)
            return
        with self.block(f"from {module} import (", ")"):
            for imported in names:
                self.line(imported + ",")

    def expression(self, before: str, node: ast.expr, after: str = "") -> None:
        """`before node after`, over several lines where one is too short."""
        self.lines += laid_out(before, node, after, self.indent)

    @contextmanager
    def block(self, opening: str, closing: str = "") -> Iterator[None]:
        """What is written inside stands between the two, indented."""
        self.line(opening)
        self.indent += 4
        yield
        self.indent -= 4
        if closing:
            self.line(closing)

    @contextmanager
    def branch(self, test: ast.expr) -> Iterator[None]:
        """An `if` statement."""
        self.expression("if ", test, ":")
        self.indent += 4
        yield
        self.indent -= 4

    @contextmanager
    def function(self, name: str, parameters: list[str], returns: str) -> Iterator[None]:
        """A function; `parameters` as in `member: Member`."""
        opening, closing = f"def {name}(", f") -> {returns}:"
        one_line = opening + ", ".join(parameters) + closing
        if self.indent + width(one_line) > LINE_LENGTH:
            with self.block(opening):
                for parameter in parameters:
                    self.line(parameter + ",")
            one_line = closing
        with self.block(one_line):
            yield

    def text(self) -> str:
        """The module."""
        return "\n".join(self.lines) + "\n"
