"""The whole-number variables that stand for the names of conditions, and how to read a point of them back.

Money is minor units and counts are themselves. A boolean is 0 or 1, and so is each tag of a set that a condition
mentions. A text is an index into the texts that conditions compare it with, "" first, or one past them: "any
other". A `one_of` is the index of its value. A date is the ordinal of its day, with a variable beside it for
whether it was given at all. A decimal is scaled up by as many digits as conditions
can tell apart (`digits`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from ..model.condition import Among, Comparison, Constant, Reference, Term, Type, children
from ..model.countries import COUNTRIES
from ..model.scope import never_negative
from ..model.types import type_of
from ..node import Node, node
from .digits import Grid
from .evaluate import NO_DATE, Value
from .formula import Point
from .intervals import FAR, Intervals, between
from .round_numbers import roundest

LAST_DAY = 3_652_059  # 9999-12-31, counted as `date.toordinal` does
SOME_DAY = date(2025, 1, 1).toordinal()
GIVEN = "given"  # the facet of a date that says whether it was given
EVENT_DAY = "event.day"  # the local day of the event, as an ordinal; conditions cannot read it

_LINKED_OTHERS = 16  # texts of other items of an order, which are told apart by number
_COUNTRIES = ("CA", "US", "GB", "FR", "DE")


@node
class Variable(Node):
    """What a variable stands for: a name, or with a `facet` the tag of a set or whether a date was `GIVEN`."""

    path: str
    type: Type
    facet: str | None = None


class Space:
    """The variables of some terms, made as they are first asked for."""

    def __init__(
        self, terms: Iterable[Term], choices: Mapping[str, tuple[str, ...]], same: Mapping[str, str]
    ) -> None:
        """`terms` are all that will be lowered, but for what compares numbers.

        `choices` has the values of each `one_of` by its path, `same` the name that stands for another one.
        """
        self.variables: list[Variable] = []
        self.domains: list[Intervals] = []
        self.choices = choices
        self.same = same
        self._indexes: dict[tuple[str, str | None], int] = {}
        self._texts: dict[str, dict[str, int]] = {}
        self._linked: set[str] = set()
        self._grid = Grid()
        for term in terms:
            self._meet(term)
        self.scale: int = 10 ** self._grid.digits()

    # --- what conditions compare with ---------------------------------------------------------------------

    def _meet(self, term: Term) -> None:
        pending = [term]
        while pending:
            top = pending.pop()
            if isinstance(top, Comparison) and type_of(top.left) is not Type.BOOLEAN:
                self._meet_comparison(top)
            elif isinstance(top, Among):
                self._meet_list(top)
            else:
                pending.extend(children(top))

    def _meet_comparison(self, term: Comparison) -> None:
        match term.left, term.right:
            case Reference(type=Type.TEXT) as name, Constant() as literal:
                self._meet_text(name.path, literal)
            case Constant() as literal, Reference(type=Type.TEXT) as name:
                self._meet_text(name.path, literal)
            case Reference(type=Type.TEXT) as name, Reference() as other:
                self._link(name.path, other.path)
            case left, right:
                self._grid.meet(left, right)

    def _meet_list(self, term: Among) -> None:
        if isinstance(term.operand, Reference) and term.operand.type is Type.TEXT:
            for value in term.values:
                self._meet_text(term.operand.path, value)
        else:
            self._grid.meet(term.operand, *term.values)

    def _meet_text(self, path: str, literal: Constant) -> None:
        texts = self.texts(path)
        texts.setdefault(str(literal.value), len(texts))

    def _link(self, path: str, other: str) -> None:
        """Give the two names one list of texts, so that equal texts have equal indexes."""
        one, two = self.texts(path), self.texts(other)
        if one is not two:
            for text in two:
                one.setdefault(text, len(one))
            for name, texts in self._texts.items():
                if texts is two:
                    self._texts[name] = one
        self._linked |= {_shared(path), _shared(other)}

    def texts(self, path: str) -> dict[str, int]:
        """The texts that a name is compared with, each with its index."""
        return self._texts.setdefault(_shared(path), {"": 0})

    def _sharing(self, path: str) -> list[str]:
        """The names that have one list of texts with this one, itself among them."""
        texts = self.texts(path)
        return [name for name, own in self._texts.items() if own is texts]

    def _other_texts(self, path: str) -> int:
        """How many texts that no condition mentions there have to be: one a name, so that all can differ."""
        sharing = self._sharing(path)
        return len(sharing) + _LINKED_OTHERS if self._linked.intersection(sharing) else 1

    # --- variables ----------------------------------------------------------------------------------------

    def variable(self, path: str, type: Type, facet: str | None = None) -> int:
        """The variable of a name, or of one of its facets."""
        path = self.same.get(path, path)
        index = self._indexes.get((path, facet))
        if index is None:
            index = self._indexes[path, facet] = len(self.variables)
            self.variables.append(Variable(path, type, facet))
            self.domains.append(self._domain(path, type, facet))
        return index

    def _domain(self, path: str, type: Type, facet: str | None) -> Intervals:
        if facet is not None or type in (Type.BOOLEAN, Type.TEXT_SET):
            return between(0, 1)
        match type:
            case Type.TEXT:
                return between(0, len(self.texts(path)) - 1 + self._other_texts(path))
            case Type.ONE_OF:
                return between(0, len(self.choices[path]) - 1)
            case Type.DATE:
                return between(1, LAST_DAY)
            case Type.DECIMAL:
                return between(-FAR, FAR)
        if path == EVENT_DAY:
            return between(1, LAST_DAY)
        if path == "customer.days_since_joined":
            return between(0, LAST_DAY - 1)
        return between(_least(path, type), FAR)

    def known(self, path: str, facet: str | None = None) -> int | None:
        """The variable of a name where one was made."""
        return self._indexes.get((self.same.get(path, path), facet))

    def pick(self, variable: int, low: int, high: int) -> int:
        """The value from `low` to `high` that reads best: nothing given, else a round number, a recent day."""
        about = self.variables[variable]
        if (about.type is Type.DATE and not about.facet) or about.path == EVENT_DAY:
            return min(max(SOME_DAY, low), high)
        return roundest(low, None if high >= FAR else high)

    # --- points -------------------------------------------------------------------------------------------

    def values(self, point: Point, names: Iterable[Reference]) -> dict[str, Value]:
        """The values of the names at a point, each in the unit of its type."""
        return {name.path: self._value(point, name) for name in names}

    def _value(self, point: Point, name: Reference) -> Value:
        path = name.path
        if name.type is Type.TEXT_SET:
            there = (self.variables[variable] for variable, number in point.items() if number)
            return frozenset(tag.facet for tag in there if tag.path == path and tag.facet is not None)
        if name.type is Type.DATE and not self._is_given(point, path):
            return NO_DATE
        variable = self.variable(path, name.type)
        low, high = self.domains[variable][0][0], self.domains[variable][-1][1]
        # `x == x` asks nothing of x, which all the same has to be a value that it can have.
        number = point[variable] if variable in point else self.pick(variable, low, high)
        match name.type:
            case Type.BOOLEAN:
                return bool(number)
            case Type.ONE_OF:
                return self.choices[path][number]
            case Type.TEXT:
                return self._text(path, number)
            case Type.DATE:
                return date.fromordinal(number).isoformat()
            case Type.DECIMAL:
                return Fraction(number, self.scale)
        return number

    def _is_given(self, point: Point, path: str) -> bool:
        given = self.known(path, GIVEN)
        return is_built_in(path) or (given is not None and point.get(given) == 1)

    def _text(self, path: str, index: int) -> str:
        texts = self.texts(path)
        if index < len(texts):
            return list(texts)[index]
        # Names that are compared with each other share a list: what an index says of one, it says of the others.
        of_countries = any(name.endswith(".country") for name in self._sharing(path))
        first = [*_COUNTRIES, *sorted(COUNTRIES - {*_COUNTRIES})] if of_countries else ["other"]
        others = [*first, *(f"other-{n}" for n in range(len(texts) + self._other_texts(path)))]
        unmentioned: list[str] = [text for text in others if text not in texts]
        return unmentioned[index - len(texts)]


def item_scope(path: str) -> str | None:
    """`item` or `item2` of `item.total` or `item2.total`: several items of an order are told apart by number."""
    scope, dot, _ = path.partition(".")
    return scope if dot and scope.startswith("item") else None


def is_built_in(path: str) -> bool:
    """Whether a date's name is one of the language's own: those always have a value."""
    return path == "customer.joined"


def _shared(path: str) -> str:
    """The name under which a text's values are kept: the same for all items of an order."""
    return "item." + path.partition(".")[2] if item_scope(path) else path


def _least(path: str, type: Type) -> int:
    """The least value of a whole number: money and what counts something are never negative."""
    if item_scope(path) and path.endswith(".quantity"):
        return 1
    return 0 if never_negative(path, type) else -FAR
