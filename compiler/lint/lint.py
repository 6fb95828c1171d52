"""What a lint is: a name, a severity, and a pure function from a program, or from what its comments allow, to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from ..diagnostics import Diagnostic, Fix, Label, Severity
from ..node import Node, node
from ..source import Span

Subject = TypeVar("Subject")


@node
class Lint(Node, Generic[Subject]):
    """A check of what is legal and probably wrong. The docstring of the module that defines it is its page.

    What it looks at is a `Program`, or after all others have found what they find, `Allowed`: the allows of a file.
    """

    name: str
    severity: Severity
    check: Callable[[Subject], Iterator[Diagnostic]]

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
