"""What a lint is: a name, a severity, and a pure function from a program to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..diagnostics import Diagnostic, Fix, Label, Severity
from ..model.tree import Program
from ..node import Node, node
from ..source import Span


@node
class Lint(Node):
    """A check of what is legal and probably wrong. The docstring of the module that defines it is its page."""

    name: str
    severity: Severity
    check: Callable[[Program], Iterator[Diagnostic]]

    def finding(
        self,
        message: str,
        span: Span,
        *,
        labels: Iterable[Label] = (),
        notes: Iterable[str] = (),
        help: str | None = None,
        fixes: Iterable[Fix] = (),
    ) -> Diagnostic:
        """A diagnostic under the lint's name."""
        return Diagnostic(
            self.name, self.severity, message, span, tuple(labels), tuple(notes), help, tuple(fixes)
        )
