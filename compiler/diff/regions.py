"""Says in words which customers a box of a diagram holds: `spend from 250.00 to 299.99 and orders under 6`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ..analysis.diagram import Diagram, Ranges
from ..analysis.intervals import FAR
from ..analysis.round_numbers import significant_digits
from ..analysis.space import GIVEN, LAST_DAY, Space, Variable
from ..model import words
from ..model.condition import Type
from ..model.tree import Program
from .change import quoted

EVERYONE = "every customer"


def region_words(ranges: Ranges, diagram: Diagram, program: Program) -> str:
    """The ranges of all variables, in the order of the conditions; texts of the author in backticks."""
    parts = [part for variable in diagram.variables for part in _part(variable, ranges, diagram, program)]
    return " and ".join(parts) or EVERYONE


def _part(variable: int, ranges: Ranges, diagram: Diagram, program: Program) -> Iterator[str]:
    if variable not in ranges:
        return
    space, about = diagram.space, diagram.space.variables[variable]
    low, high = diagram.values(variable, ranges)
    if (low, high) == (space.domains[variable][0][0], space.domains[variable][-1][1]):
        return
    match about:
        case Variable(type=Type.BOOLEAN):
            yield about.path if low else f"not {about.path}"
        case Variable(type=Type.TEXT_SET, facet=str() as tag):
            yield f"{about.path} {'with' if low else 'without'} {quoted(tag)}"
        case Variable(type=Type.DATE, facet=facet) if facet == GIVEN:
            yield from () if low else [f"no {about.path}"]
        case Variable(type=Type.TEXT | Type.ONE_OF):
            yield _texts(about, low, high, space)
        case Variable(type=Type.DATE):
            yield _between(about.path, _day(low), _day(high), low == 1, high >= LAST_DAY)
        case Variable(type=Type.DECIMAL):
            yield _decimals(about.path, low, high, space)
        case _:
            yield _numbers(about, low, high, space.domains[variable][0][0], program)


def _texts(about: Variable, low: int, high: int, space: Space) -> str:
    known = list(space.choices[about.path] if about.type is Type.ONE_OF else space.texts(about.path))
    inside = known[low : high + 1]
    if high >= len(known):  # the last one stands for all that no condition mentions
        others = [text for text in known if text not in inside]
        return f"any {about.path}" if others == [""] else f"{about.path} other than {_listed(others)}"
    if inside == [""]:
        return f"no {about.path}"
    return f"{about.path} {_listed(inside)}"


def _listed(texts: list[str]) -> str:
    *head, last = [quoted(text) if text else "none" for text in texts]
    return f"{', '.join(head)} or {last}" if head else last


def _numbers(about: Variable, low: int, high: int, least: int, program: Program) -> str:
    money = about.type is Type.MONEY

    def text(number: int) -> str:
        return words.money(number, program.currency) if money and number >= 0 else str(number)

    if low <= least and high < FAR:
        return f"{about.path} under {text(high + 1)}" if high > least else f"no {about.path}"
    return _between(about.path, text(low), text(high), low <= least, high >= FAR)


def _between(path: str, low: str, high: str, open_below: bool, open_above: bool) -> str:
    if low == high:
        return f"{path} of exactly {low}"
    if open_above:
        return f"{path} at least {low}"
    return f"{path} up to {high}" if open_below else f"{path} from {low} to {high}"


def _decimals(path: str, low: int, high: int, space: Space) -> str:
    """Ends that decimals come arbitrarily close to are one step of the grid beside the number that is written."""
    parts = []
    if low > -FAR:
        over = significant_digits(low - 1) < significant_digits(low)
        parts.append(f"over {_decimal(low - 1, space)}" if over else f"at least {_decimal(low, space)}")
    if high < FAR:
        under = significant_digits(high + 1) < significant_digits(high)
        parts.append(f"under {_decimal(high + 1, space)}" if under else f"up to {_decimal(high, space)}")
    if low == high:
        return f"{path} of exactly {_decimal(low, space)}"
    return f"{path} {' and '.join(parts)}"


def _decimal(number: int, space: Space) -> str:
    return words.decimal(Fraction(number, space.scale))


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
