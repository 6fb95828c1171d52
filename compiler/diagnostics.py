"""What the compiler has to say: one frozen type for errors and lints, and the report that collects them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from .node import Node, node
from .source import SourceFile, Span


class Severity(Enum):
    """`ERROR` stops the build; `WARNING` and `INFO` do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@node
class Label(Node):
    """A second place in the same file, and what it has to do with the first."""

    span: Span
    message: str


@node
class Edit(Node):
    """A change of a file's text: what is in `span` becomes `text`. An empty span inserts, an empty text deletes."""

    span: Span
    text: str


@node
class Fix(Node):
    """A change after which a finding is gone; its edits do not overlap, and are made together or not at all.

    `message` says what is done, as an order: "write `==`". Safe is a fix that leaves the meaning as it is, or
    mends a file that did not compile in the one way in which it can be read. Others are for people to choose.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = True


@node
class Diagnostic(Node):
    """One finding: what is wrong, where, what else is involved, and what to do.

    `name` is kebab-case and final. `message` is lower case, one line, without a final period, user input
    in backticks. `notes` are further sentences (a witness, a conflicting core); `help` says what to do, and
    `fixes` are ways to have it done, the best first.
    """

    name: str
    severity: Severity
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(slots=True)
class Report:
    """Collects the diagnostics of one file, pass by pass."""

    source: SourceFile
    diagnostics: list[Diagnostic] = field(default_factory=list)
    passed: int = 0  # how often there was nothing to stop on

    def error(
        self,
        name: str,
        span: Span,
        message: str,
        *,
        labels: Iterable[Label] = (),
        notes: Iterable[str] = (),
        help: str | None = None,
        fixes: Iterable[Fix] = (),
    ) -> None:
        """Add an error."""
        self.diagnostics.append(
            Diagnostic(name, Severity.ERROR, message, span, tuple(labels), tuple(notes), help, tuple(fixes))
        )

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add what a pass found."""
        self.diagnostics.extend(diagnostics)

    @property
    def has_errors(self) -> bool:
        """Whether the next pass has nothing to work on."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    def stop_on_errors(self) -> None:
        """Raise `Stop` if a pass found errors."""
        if self.has_errors:
            raise Stop
        self.passed += 1

    def sorted(self) -> list[Diagnostic]:
        """All diagnostics by place, then name; each once."""
        unique = dict.fromkeys(self.diagnostics)
        return sorted(unique, key=lambda d: (d.span.start, d.name, d.span.end, d.message))


class Stop(Exception):
    """Raised between passes when there are errors: what the next pass needs does not exist."""
