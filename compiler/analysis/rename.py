"""Terms with other names: to speak of several items, or of the window before this one, at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from ..model.condition import (
    Among,
    And,
    Comparison,
    Constant,
    Has,
    Negative,
    Not,
    Or,
    Product,
    Reference,
    Sum,
    Term,
)

T = TypeVar("T", bound=Term)


def rename(term: T, to: Callable[[str], str]) -> T:
    """The same term with `to` of each path in the place of that path."""
    return cast(T, _renamed(term, to))


def _renamed(term: Term, to: Callable[[str], str]) -> Term:
    match term:
        case Constant():
            return term
        case Reference():
            return replace(term, path=to(term.path))
        case Negative() | Product() | Among() | Not():
            return replace(term, operand=_renamed(term.operand, to))
        case Has():
            return replace(term, operand=rename(term.operand, to))
        case Sum() | Comparison():
            return replace(term, left=_renamed(term.left, to), right=_renamed(term.right, to))
        case And() | Or():
            return replace(term, parts=tuple(_renamed(part, to) for part in term.parts))
