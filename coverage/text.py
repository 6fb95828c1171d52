"""What was covered of programs, as text: a line a kind, and what is missing with its lines in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..compiler.report.cells import visible
from .covered import Covered, shown_percentage, together
from .target import Kind, Target

LABELS = {
    Kind.TIER: "tiers entered and left",
    Kind.RULE: "rules matched and not matched",
    Kind.CLAUSE: "clauses true and false",
    Kind.THRESHOLD: "thresholds at and beside the edge",
}


def text(programs: Sequence[Covered]) -> Iterator[str]:
    """All lines, without line ends; the sum of several programs comes last."""
    for program in programs:
        yield from _program(program)
        yield ""
    if len(programs) > 1:
        seen, counted = together(programs)
        yield f"{len(programs)} programs: {shown_percentage(seen, counted)} covered ({seen} of {counted})"


def _program(program: Covered) -> Iterator[str]:
    seen, counted = program.of()
    yield f"{visible(program.path)}: {shown_percentage(seen, counted)} covered ({seen} of {counted})"
    width = max(map(len, LABELS.values()))
    for kind, label in LABELS.items():
        seen, counted = program.of(kind)
        if counted:
            yield f"  {label:<{width}}  {seen:>4} of {counted}"
    yield from _listed("missing:", program, program.missing)
    yield from _listed("out of reach, and not counted:", program, program.out_of_reach)


def _listed(title: str, program: Covered, targets: Sequence[Target]) -> Iterator[str]:
    if not targets:
        return
    yield f"  {title}"
    source = program.ground.program.source
    width = max(len(str(source.line(target.span.start))) for target in targets)
    for target in targets:
        why = f" ({target.unreachable})" if target.unreachable else ""
        yield f"    line {source.line(target.span.start):>{width}}: {target.says}{why}"
