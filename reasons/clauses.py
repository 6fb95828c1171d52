"""Which clauses of a condition decided it, where they are in the file, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Any

from ..compiler.analysis.evaluate import deciding, holds, value_of
from ..compiler.model.condition import And, Comparison, Constant, Or, Reference, Term, Type, references
from ..compiler.model.stretches import stretch
from ..compiler.model.tree import Program
from ..compiler.report.cells import visible
from . import words
from .facts import Values, shown

COUNTED = (Type.INTEGER, Type.MONEY)
MIRRORED = {"<=": ">=", "<": ">"}


def clauses(term: Term, values: Values, program: Program) -> list[dict[str, Any]]:
    """The deciding clauses as JSON: text and place in the file, the values that they read, what is missing."""
    return [_clause(clause, values, program) for clause in deciding(term, values)]


def _clause(term: Term, values: Values, program: Program) -> dict[str, Any]:
    line, column = program.source.position(term.span.start)
    reads = {name.path: shown(name, values, program) for name in references(term)}
    said = {"text": text_of(term, program), "line": line, "column": column, "values": reads}
    missing = _missing(term, values)
    return said if missing is None else said | {"to_go": _amount(missing, term, program)}


def needed(term: Term, values: Values, program: Program) -> str:
    """What a term that fails still needs, in words: `spend >= 300 (237.50 to go) or orders >= 6 (5 to go)`."""
    if not isinstance(term, And | Or):
        missing = _missing(term, values)
        to_go = "" if missing is None else f" ({_amount(missing, term, program)} to go)"
        return f"`{text_of(term, program)}`{to_go}"
    failing = [part for part in term.parts if not holds(part, values)]
    link = " and " if isinstance(term, And) else " or "
    enclose: Callable[[Term], bool] = lambda part: isinstance(part, Or) and len(failing) > 1  # noqa: E731
    said = [(needed(part, values, program), enclose(part)) for part in failing]
    return link.join(f"({text})" if inner else text for text, inner in said)


def text_of(term: Term, program: Program) -> str:
    """A term as the file has it, on one line and without escapes."""
    return visible(stretch(program, term.span))


def _missing(term: Term, values: Values) -> int | None:
    """How much a whole number or amount is short of a constant, in `spend >= 300` and the like."""
    if not isinstance(term, Comparison) or holds(term, values):
        return None
    left, operator, right = term.left, term.operator, term.right
    if isinstance(left, Constant):
        left, operator, right = right, MIRRORED.get(operator, ""), left
    if not isinstance(left, Reference) or left.type not in COUNTED or not isinstance(right, Constant):
        return None
    if operator not in (">=", ">"):
        return None
    least, value = value_of(right, values), values[left.path]
    assert isinstance(least, int | Fraction)
    assert isinstance(value, int)
    whole = ceil(least)
    return whole - value + (1 if operator == ">" and whole == least else 0)


def _amount(missing: int, term: Term, program: Program) -> str:
    money = any(name.type is Type.MONEY for name in references(term))
    return words.money(missing, program.currency) if money else str(missing)
