"""A box: for each name that conditions read, the values that it can still have, independent of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ..model.condition import Reference, Type
from .regions import Choice, Numbers, Tags

Region = Numbers | Choice | Tags
R = TypeVar("R", Numbers, Choice, Tags)

# The values of a `one_of` attribute by its path.
Domains = Mapping[str, tuple[str, ...]]

LAST_DAY = 3_652_059  # 9999-12-31, counted as `date.toordinal` does
GIVEN, ABSENT = "given", "absent"


@dataclass(frozen=True, slots=True)
class Box:
    """The regions of the names read so far; other names are free. Dates are ordinals of days.

    Whether a date was given at all is kept apart, in `dates`, under the same path.
    """

    domains: Domains
    types: Mapping[str, Type] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)

    def numbers(self, name: Reference, narrow: Callable[[Numbers], Numbers]) -> tuple[Box, ...]:
        """The box with a number's or date's region narrowed: one box, or none where nothing is left."""
        region = narrow(self._region(name, Numbers))
        return () if region.pick() is None else (self._with(name, region),)

    def text(self, name: Reference, values: tuple[str, ...], inside: bool) -> tuple[Box, ...]:
        """The box in which a text or `one_of` is one of the values, or (`inside` false) none of them."""
        region = self._region(name, Choice)
        region = region.among(values) if inside else region.outside(frozenset(values))
        if region.only is not None and region.pick(()) is None:
            return ()
        return (self._with(name, region),)

    def truth(self, name: Reference, value: bool) -> tuple[Box, ...]:
        """The box in which a boolean has the value."""
        region = self._region(name, Choice)
        region = region.among((value,))
        return (self._with(name, region),) if region.only else ()

    def tag(self, name: Reference, text: str, present: bool) -> tuple[Box, ...]:
        """The box in which a set of text has the text, or lacks it."""
        region = self._region(name, Tags)
        one = frozenset([text])
        region = Tags(region.has | one, region.lacks) if present else Tags(region.has, region.lacks | one)
        return () if region.empty else (self._with(name, region),)

    def dated(self, name: Reference, state: str) -> tuple[Box, ...]:
        """The box in which a date is `GIVEN` or `ABSENT`; only attributes can be absent."""
        known = self.dates.get(name.path, GIVEN if is_built_in(name.path) else state)
        if known != state:
            return ()
        box = self._with(name, self._region(name, Numbers))
        return (Box(box.domains, box.types, box.regions, {**box.dates, name.path: state}),)

    def _with(self, name: Reference, region: Region) -> Box:
        types = {**self.types, name.path: name.type}
        return Box(self.domains, types, {**self.regions, name.path: region}, self.dates)

    def _region(self, name: Reference, kind: type[R]) -> R:
        region = self.regions.get(name.path)
        if region is None:
            region = everything(name, self.domains)
        assert isinstance(region, kind)
        return region


def is_built_in(path: str) -> bool:
    """Whether a date's name is one of the language's own: those always have a value."""
    return path == "customer.joined"


def everything(name: Reference, domains: Domains) -> Region:
    """All values that a name can have by its type, and by the axioms that concern it alone."""
    match name.type:
        case Type.BOOLEAN:
            return Choice((False, True))
        case Type.TEXT:
            return Choice()
        case Type.ONE_OF:
            return Choice(domains[name.path])
        case Type.TEXT_SET:
            return Tags()
        case Type.DATE:
            return Numbers(True, 1, LAST_DAY)
        case Type.DECIMAL:
            return Numbers(False)
        case Type.MONEY:
            return Numbers(True, 0)
        case Type.INTEGER:
            return Numbers(True, 0 if counts(name.path) else None)


def counts(path: str) -> bool:
    """Whether a whole number counts something, and so is never negative: all but the merchant's attributes."""
    return path == "customer.days_since_joined" or not path.startswith("customer.")
