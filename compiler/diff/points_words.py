"""Says what orders and activities earn under two versions: one change for a tier, a campaign and a direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..analysis.axioms import LIFETIME, METRICS, WHOLE_ORDER
from ..analysis.evaluate import NO_DATE, Value
from ..analysis.round_numbers import roundness
from ..analysis.space import EVENT_DAY
from ..model import words
from ..model.tree import Program, Rule
from ..node import Node, node
from .both import OTHER
from .change import Change, change, quoted
from .points_case import Case
from .points_times import ORDER

_MONEY = {"total", "tax", "shipping", "discount"}
_CUSTOMER = "customer."


@node
class Seen(Node):
    """A case, and the rules that match it in each version with what they earn.

    `time` is when, none for always; a campaign that runs then in both versions says as much.
    """

    case: Case
    old: tuple[tuple[Rule, int], ...]
    new: tuple[tuple[Rule, int], ...]
    time: str | None
    in_campaign: bool

    @property
    def earned(self) -> tuple[int, int]:
        """The points under the old version and the new one."""
        return sum(points for _, points in self.old), sum(points for _, points in self.new)

    @property
    def gain(self) -> int:
        """The points more under the new version."""
        old, new = self.earned
        return new - old

    @property
    def total(self) -> int:
        """What was paid."""
        total = self.case.values.get("order.total", 0)
        assert isinstance(total, int)
        return total


@node
class Place(Node):
    """For whom and when: the id of a tier (none: in no tier), whether there are tiers, a campaign, an activity."""

    activity: str
    tier: str | None
    tiers: bool
    campaign: str | None

    @property
    def in_words(self) -> str:
        """As the beginning of a sentence."""
        where = f"in {quoted(self.tier)}" if self.tier else "in no tier" if self.tiers else ""
        when = f"during {quoted(self.campaign)}" if self.campaign else ""
        return ", ".join(part for part in (where, when) if part)


class Writer:
    """Writes changes for the readers of the new version."""

    def __init__(self, program: Program, firsts: Mapping[str, str], up_to: int, usual: Sequence[int]) -> None:
        """`firsts` are the values of each `one_of` that is not given, by its path; `usual` are usual totals."""
        self._usual = usual
        self._program = program
        self._firsts = firsts
        self._up_to = up_to

    def told(self, place: Place, example: Seen, largest: Seen | None) -> Change:
        """The change that an example shows."""
        old, new = example.earned
        facts: dict[str, Any] = {"tier": place.tier, "campaign": place.campaign}
        if place.activity != ORDER:
            facts["activity"] = place.activity
        if example.time is not None:
            facts["time"] = example.time
        facts |= {"old": old, "new": new, "better": new > old, "witness": self.witness(example.case)}
        facts["rules"] = {"old": _ids(example.old), "new": _ids(example.new)}
        if largest is not None and place.activity == ORDER:
            facts["largest"] = self._largest(largest)
        return change(self._text(place, example, largest), facts)

    def _largest(self, seen: Seen) -> dict[str, Any]:
        old, new = seen.earned
        return {"up_to": self._money(self._up_to), "old": old, "new": new, "witness": self.witness(seen.case)}

    def _text(self, place: Place, example: Seen, largest: Seen | None) -> str:
        time = example.time if example.time and not example.in_campaign else ""
        begin = ", ".join(part for part in (place.in_words, time) if part)
        text = f"{begin}: " if begin else ""
        text += f"{self._deed(place, example)} earns {self._points(example)}"
        if largest is not None and place.activity == ORDER:
            more = "more" if largest.gain > 0 else "less"
            most = words.points(Fraction(abs(largest.gain)), self._program)
            text += f"; up to {self._money(self._up_to)} at most {most} {more}"
        return text

    def _points(self, seen: Seen) -> str:
        old, new = seen.earned
        return f"{words.points(Fraction(new), self._program)}, was {old}"

    def _deed(self, place: Place, seen: Seen) -> str:
        is_order = place.activity == ORDER
        what = f"an order of {self._money(seen.total)}" if is_order else quoted(place.activity)
        given = ", ".join(self._given(seen.case))
        return f"{what} ({given})" if given else what

    def _given(self, case: Case) -> Iterator[str]:
        for path, value in self._stated(case.values):
            if path != "order.total":
                yield self._said(path, value)
        for item in case.items:
            stated = [self._said(path, value) for path, value in self._stated(item)]
            yield " ".join(["an item", *(["with " + " and ".join(stated)] if stated else [])])

    def _said(self, path: str, value: Value) -> str:
        name = path.partition(".")[2] if path.startswith(("order.", "item.")) else path
        shown = self._shown(path, value)
        if shown is True:
            return quoted(name)
        told = ", ".join(shown) if isinstance(shown, list) else str(shown)
        return f"{quoted(name)} {told if _is_number(value) else quoted(told)}"

    # --- witnesses --------------------------------------------------------------------------------------------

    def witness(self, case: Case) -> dict[str, Any]:
        """What differs from a customer without purchases, tags and attributes, and an order with only a total."""
        found: dict[str, Any] = {}
        for path, value in self._stated(case.values):
            scope, _, name = path.rpartition(".")
            into = found if scope in ("", LIFETIME.rstrip(".")) else found.setdefault(scope, {})
            into[path if into is found else name] = self._shown(path, value)
        if case.items:
            order = found.setdefault("order", {})
            order["items"] = [
                {p.removeprefix("item."): self._shown(p, v) for p, v in self._stated(item)}
                for item in case.items
            ]
        return found

    def _stated(self, values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        for path, value in values.items():
            if path != EVENT_DAY and not path.startswith(WHOLE_ORDER) and not self._is_default(path, value):
                yield path.removesuffix(OTHER), value

    def _is_default(self, path: str, value: Value) -> bool:
        if path in ("order.total", "item.total"):
            return False
        if path == "order.units" or value == self._firsts.get(path, NO_DATE):
            return True
        return value in (0, frozenset()) or (path == "item.quantity" and value == 1)

    def _shown(self, path: str, value: Value) -> Any:
        name = path.rpartition(".")[2]
        if isinstance(value, bool | str):
            return value
        if isinstance(value, frozenset):
            return sorted(value)
        if isinstance(value, int) and self._is_money(path, name):
            return self._money(value)
        return words.decimal(value) if isinstance(value, Fraction) else value

    def _is_money(self, path: str, name: str) -> bool:
        if path.startswith(("order.", "item.")):
            return name in _MONEY
        if path.startswith(_CUSTOMER):
            return any(a.name == name and a.type.value == "money" for a in self._program.attributes)
        return name in METRICS and METRICS[name].value == "money"

    def _money(self, minor: int) -> str:
        return words.money(minor, self._program.currency)

    def plainness(self, seen: Seen) -> tuple[int, bool, int, tuple[int, int]]:
        """What sorts first the cases that have little to tell, and of those the ones with a usual or round total."""
        told = sum(1 for _ in self._stated(seen.case.values))
        told += sum(1 + sum(1 for _ in self._stated(item)) for item in seen.case.items)
        usual = self._usual.index(seen.total) if seen.total in self._usual else len(self._usual)
        return told, not seen.total, usual, roundness(seen.total)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _ids(matched: tuple[tuple[Rule, int], ...]) -> list[str]:
    return [rule.id for rule, _ in matched]
