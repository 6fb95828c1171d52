"""Asking the analysis in tests."""

from __future__ import annotations

from hypothesis import assume

from tiercel.compiler.analysis.budget import Budget
from tiercel.compiler.analysis.decide import NODES, Analysis, Impossible, Possible, Unknown
from tiercel.compiler.analysis.rename import rename
from tiercel.compiler.model.condition import Term
from tiercel.compiler.model.tree import Program


def decided(program: Program, terms: list[Term]) -> Possible | Impossible:
    """The verdict. A question that takes all nodes is no example; to be undecided for another reason is a fault."""
    left = Budget(NODES)
    verdict = Analysis(program, terms).decide(terms, left)
    assume(left.nodes > 0)
    assert not isinstance(verdict, Unknown)
    return verdict


def closes(program: Program) -> bool:
    """Whether the program's window closes."""
    return program.vip is not None and program.vip.window.closes


def fitting(terms: list[Term], program: Program) -> list[Term]:
    """The terms without metrics of the window before, where no window ever closes."""
    if closes(program):
        return terms
    return [rename(term, lambda path: path.replace("previous.", "lifetime.")) for term in terms]
