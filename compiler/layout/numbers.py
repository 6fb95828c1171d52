"""The canonical form of numbers and moments; what has a mistake in it stays as it is."""

from __future__ import annotations

import re
from typing import Final

from ..model.currencies import currencies
from ..model.quantities import shortest
from ..syntax.tree import Document, Mapping, Scalar
from .forms import Leaf

_MOST_DECIMALS_OF_RATES: Final = 6
_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}):00")


def decimals_of(document: Document) -> int | None:
    """How many decimals an amount has in the program's currency; none where it has no currency that is known."""
    program = document.root.get("program")
    code = program.get("currency") if isinstance(program, Mapping) else None
    currency = currencies().get(code.text) if isinstance(code, Scalar) else None
    return None if currency is None else currency.decimals


def number(text: str, leaf: Leaf, decimals: int | None) -> str:
    """An amount with all decimals of its currency, a rate or a whole number without needless ones."""
    whole, _, fraction = text.partition(".")
    if leaf is Leaf.MONEY:
        fits = decimals and len(fraction) <= decimals
        return f"{whole}.{fraction.ljust(decimals, '0')}" if fits and decimals else text
    if leaf is Leaf.WHOLE or (leaf is Leaf.RATE and len(fraction) <= _MOST_DECIMALS_OF_RATES):
        return shortest(text)
    return text


def moment(text: str) -> str:
    """A local time without seconds that are 0."""
    found = _MOMENT.fullmatch(text)
    return found[1] if found else text
