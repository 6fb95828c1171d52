"""The values that one name can still have: numbers between bounds, texts out of a choice, sets of tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from ..node import Node, node

Number = int | Fraction
Text = bool | str


@node
class Numbers(Node):
    """Numbers from `low` to `high`, each none where open-ended; `strict` ends are not among them.

    `whole` numbers have no strict ends: `above` and `below` move their bounds instead. `only` (none: all) and
    `without` single out numbers.
    """

    whole: bool
    low: Number | None = None
    high: Number | None = None
    low_strict: bool = False
    high_strict: bool = False
    only: frozenset[Number] | None = None
    without: frozenset[Number] = frozenset()

    def above(self, bound: Number, strict: bool) -> Numbers:
        """Those that are at least the bound, or more where `strict`."""
        if self.whole:
            bound, strict = (floor(bound) + 1 if strict else ceil(bound)), False
        if self.low is not None and (self.low, self.low_strict) >= (bound, strict):
            return self
        return replace(self, low=bound, low_strict=strict)

    def below(self, bound: Number, strict: bool) -> Numbers:
        """Those that are at most the bound, or less where `strict`."""
        if self.whole:
            bound, strict = (ceil(bound) - 1 if strict else floor(bound)), False
        if self.high is not None and (self.high, not self.high_strict) <= (bound, not strict):
            return self
        return replace(self, high=bound, high_strict=strict)

    def among(self, values: frozenset[Number]) -> Numbers:
        """Those that are one of the values."""
        return replace(self, only=values if self.only is None else self.only & values)

    def outside(self, values: frozenset[Number]) -> Numbers:
        """Those that are none of the values."""
        return replace(self, without=self.without | values)

    def holds(self, value: Number) -> bool:
        """Whether the value is one of them."""
        return (
            value not in self.without
            and (self.only is None or value in self.only)
            and (value.denominator == 1 if self.whole else is_decimal(value))
            and not self._too_low(value)
            and not self._too_high(value)
        )

    def _too_low(self, value: Number) -> bool:
        return self.low is not None and (value < self.low or (self.low_strict and value == self.low))

    def _too_high(self, value: Number) -> bool:
        return self.high is not None and (value > self.high or (self.high_strict and value == self.high))

    def pick(self) -> Number | None:
        """The member nearest to 0 (where there is no nearest one, a short one); none where empty."""
        return next((v for v in self._candidates() if self.holds(v)), None)

    def _candidates(self) -> Iterator[Number]:
        if self.only is not None:
            yield from sorted(self.only, key=lambda v: (abs(v), v))
        elif self.low is not None and self.low >= 0:
            yield from self._upward(self.low)
        elif self.high is not None and self.high <= 0:
            yield from (-v for v in self._mirrored()._upward(-self.high))
        else:
            yield from replace(self, low=0, low_strict=False)._upward(0)
            yield from (-v for v in self._mirrored()._upward(0))

    def _mirrored(self) -> Numbers:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        without = frozenset(-v for v in self.without)
        return Numbers(self.whole, low, high, self.high_strict, self.low_strict, None, without)

    def _upward(self, start: Number) -> Iterator[Number]:
        """From `start` up, short numbers first, enough of them that one is neither in `without` nor above `high`."""
        tries = len(self.without) + 2
        yield start
        yield from (floor(start) + step for step in range(1, tries))
        if not self.whole:
            for digits in range(1, tries + _digits(start, self.high)):
                yield Fraction(floor(start * 10**digits) + 1, 10**digits)


def _digits(start: Number, end: Number | None) -> int:
    """How many decimals a number between the two may need, and some."""
    width = 1 if end is None or end <= start else end - start
    return 20 + len(str(floor(1 / width)))


def is_decimal(value: Number) -> bool:
    """Whether the value can be written with finitely many decimals, as every attribute's can."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


@node
class Choice(Node):
    """Texts or booleans: those of `only` (none: any text), first preferred, but those of `without`."""

    only: tuple[Text, ...] | None = None
    without: frozenset[Text] = frozenset()

    def among(self, values: tuple[Text, ...]) -> Choice:
        """Those that are one of the values."""
        only = values if self.only is None else tuple(v for v in self.only if v in values)
        return replace(self, only=only)

    def outside(self, values: frozenset[Text]) -> Choice:
        """Those that are none of the values."""
        return replace(self, without=self.without | values)

    def pick(self, preferred: tuple[Text, ...]) -> Text | None:
        """The first allowed one of `only`, else of the preferred values; none where there is none."""
        pool = preferred if self.only is None else self.only
        return next((v for v in pool if v not in self.without), None)


@node
class Tags(Node):
    """Sets of text that have all of `has` and none of `lacks`."""

    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether there is no such set."""
        return bool(self.has & self.lacks)
