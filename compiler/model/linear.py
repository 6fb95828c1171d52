"""A number-valued term as a linear form: a coefficient for each name that it reads, and a constant."""

from __future__ import annotations

from fractions import Fraction

from ..node import Node, node
from .condition import Constant, Negative, Product, Reference, Sum, Term


@node
class LinearForm(Node):
    """What each name is multiplied by, and the constant that is added; money in minor units. No coefficient is 0."""

    coefficients: dict[str, Fraction]
    constant: Fraction


def linear_form(term: Term) -> LinearForm:
    """The linear form of a number-valued term, its names in the order in which they are first read."""
    coefficients: dict[str, Fraction] = {}
    constant = Fraction(0)
    pending: list[tuple[Fraction, Term]] = [(Fraction(1), term)]
    while pending:
        factor, top = pending.pop()
        match top:
            case Constant():
                constant += factor * _number(top)
            case Reference():
                coefficients[top.path] = coefficients.get(top.path, Fraction(0)) + factor
            case Negative():
                pending.append((-factor, top.operand))
            case Product():
                pending.append((factor * top.factor, top.operand))
            case Sum():
                pending += ((-factor if top.minus else factor, top.right), (factor, top.left))
            case _:
                raise ValueError(f"not a number: {type(top).__name__}")
    return LinearForm({path: c for path, c in coefficients.items() if c}, constant)


def _number(constant: Constant) -> Fraction:
    if isinstance(constant.value, str):
        raise ValueError(f"not a number: {constant.type.value}")
    return Fraction(constant.value)
