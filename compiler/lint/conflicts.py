"""How findings show a contradiction: its clauses as labels, and what they assume as notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import analysis
from ..diagnostics import Label
from ..model.condition import Not, Term
from ..model.tree import Program
from ..source import Span

MOST_LABELS = 6
_NOWHERE = Span(0, 0)


def conflict_labels(
    program: Program, terms: Sequence[Term], said: Mapping[int, str] | None = None
) -> tuple[list[Label], list[str]]:
    """A label for each clause of the smallest conflict of terms that cannot hold together, and the axioms it needs.

    `said` has what to say of terms that do not speak for themselves, by their identity. What is said of terms
    without a place in the file comes as a note.
    """
    about = analysis.analysis_of(program)
    clauses = analysis.conflict(about, terms)
    placed = [clause for clause in clauses if clause.span != _NOWHERE]
    together = "these clauses cannot hold together" if len(placed) > 1 else "this can never hold"
    labels = [Label(clause.span, _said(clause, said or {}) or together) for clause in placed]
    remarks = [_said(clause, said or {}) for clause in clauses if clause.span == _NOWHERE]
    axioms = [axiom.says for axiom in analysis.needed_axioms(about, clauses)]
    return labels[:MOST_LABELS], [*filter(None, dict.fromkeys(remarks)), *axioms]


def _said(clause: Term, said: Mapping[int, str]) -> str:
    of = clause.operand if isinstance(clause, Not) else clause
    return said.get(id(of), "must not hold" if isinstance(clause, Not) else "")
