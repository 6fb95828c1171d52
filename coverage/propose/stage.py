"""A scenario while it is made: what has happened to its member, played at once, and how each step is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...compiler.analysis.decide import Analysis
from ...compiler.model.moments import local_text, starts_a_day
from ...compiler.model.tree import Program as Model
from ...compiler.model.words import money
from ...reasons.facts import Values
from ...runtime import Customer, Program
from ...runtime.instants import format_instant
from ...runtime.ledger import Ledger, Memory
from ..reachable import Reach
from ..recording import noted
from ..targets import Ground, analysis_for
from .scalars import plain, word

WHO = "nora"
Json = dict[str, Any]


class Unplayable(Exception):
    """What was to happen cannot: another way has to be found."""


@dataclass(frozen=True)
class Setting:
    """A program for which scenarios are made: what it means, its evaluator, and what there is to cover of it."""

    model: Model
    program: Program
    ground: Ground

    @cached_property
    def analysis(self) -> Analysis:
        """What can be decided about its conditions, and about their thresholds."""
        return analysis_for(self.model, self.ground.clauses)

    @cached_property
    def reach(self) -> Reach:
        """What is proved to be impossible."""
        return Reach(self.model, self.analysis)


@dataclass(frozen=True)
class Step:
    """A step as it is written: in short, or with the event in full."""

    text: str
    event: Json | None


@dataclass
class Stage:
    """One member, called nora, and what has happened so far. Times are instants; the clock only goes on."""

    setting: Setting
    starts: int
    clock: int = field(init=False)
    steps: list[Step] = field(default_factory=list)
    effects: list[Json] = field(default_factory=list)  # of the step that was played last
    before: str | None = None  # the member's tier before that step
    seen: set[str] = field(default_factory=set)
    _told: int = field(init=False)
    _orders: int = 0

    def __post_init__(self) -> None:
        self.clock = self._told = self.starts
        self._book = Memory()
        self._notes = noted(self.setting.program, self.setting.ground, self.seen)
        self._ledger = Ledger(self._notes, book=self._book)

    @property
    def member(self) -> Customer | None:
        """The member as of now."""
        return self._book.get(WHO)

    def values_of(self, key: str) -> Values:
        """What conditions read when a target was shown."""
        return self._notes.notes.values[key]

    @property
    def tier(self) -> str | None:
        """The id of the member's tier; none for no tier, and for no member."""
        member = self.member
        return None if member is None else self.setting.program.tier_id(member.tier)

    @property
    def tz(self) -> Any:
        """The program's time zone."""
        return self.setting.program.tz

    # --- what happens ---------------------------------------------------------------------------------------

    def joins(self, given: Json, *, since: int | None = None, signup: bool = True) -> None:
        """The member joins, with attributes, tags and country as JSON has them."""
        event: Json = {"type": "customer.enrolled", "email": f"{WHO}@example.com", **given}
        text = f"{WHO} joins{self._given(given)}"
        if since is not None:
            event["since"] = format_instant(since, self.tz)
            text += f" since {self._moment(since)}"
        if not signup:
            event["signup"] = False
            text += " without signup"
        self._play(event, text)

    def changes(self, given: Json) -> None:
        """Attributes, tags or country become others."""
        self._play({"type": "customer.updated", **given}, f"{WHO} changes{self._given(given)}")

    def orders(self, order: Json) -> None:
        """The member pays an order: its keys as events have them, without an id."""
        self._orders += 1
        body = {"id": f"{WHO}-{self._orders}", **order}
        event = {"type": "order.paid", "order": body}
        self._play(event, _short_order(order), full="items" in order)

    def returns_everything(self) -> None:
        """All that is left of the latest order is given back."""
        assert self.member is not None
        key = f"{WHO}-{self._orders}"
        left = self.member.records[key].order
        currency = self.setting.model.currency
        amounts = {
            "amount": left.total,
            "tax": left.tax,
            "shipping": left.shipping,
            "discount": left.discount,
        }
        order = {"id": key, **{name: money(value, currency) for name, value in amounts.items()}}
        self._play({"type": "order.refunded", "order": order}, f"{WHO} returns everything")

    def does(self, activity: str) -> None:
        """The member does something that a rule may be for."""
        self._play({"type": "activity", "activity": activity}, f"{WHO} does {activity}")

    def moves_to(self, tier: str) -> None:
        """The member is moved by hand."""
        self._play({"type": "tier.set", "tier": tier}, f"{WHO} moves to {word(tier)}")

    def waits(self, instant: int) -> None:
        """Nothing happens until an instant; that is an event of its own."""
        self.clock = self._told = max(self.clock, instant)
        self._play({"type": "clock"}, f"{WHO} waits until {self._moment(self.clock)}")

    def repeat(self) -> None:
        """What was done last is done again at once."""
        last = self._latest
        if last["type"] == "order.paid":
            self.orders({key: value for key, value in last["order"].items() if key != "id"})
        elif last["type"] == "activity":
            self.does(last["activity"])
        else:
            raise Unplayable("that happens once alone")

    def _play(self, event: Json, text: str, *, full: bool = False) -> None:
        raw = {"id": f"e{len(self.steps) + 1}", "at": format_instant(self.clock, self.tz), "customer": WHO}
        self.before = self.tier
        outcome = self._ledger.apply(plain(raw | event))
        self._notes.notes.applied(outcome)
        if outcome["outcome"] != "applied":
            raise Unplayable(outcome.get("message", "applied before"))
        self.effects = outcome["effects"]
        self._latest = event
        self.steps.append(self._step(event, text, full))
        self._told = self.clock

    def _step(self, event: Json, text: str, full: bool) -> Step:
        later = self._told != self.clock
        if not full:
            preposition = "on" if starts_a_day(self.clock, self.tz) else "at"
            return Step(text + (f" {preposition} {self._moment(self.clock)}" if later else ""), None)
        at = {"at": self._moment(self.clock)} if later else {}
        return Step(text, {"type": event["type"], "customer": WHO, **at, **event})

    # --- how it is written ----------------------------------------------------------------------------------

    def _moment(self, instant: int) -> str:
        text = local_text(instant, self.tz)
        return text[:10] if starts_a_day(instant, self.tz) else text

    @property
    def starts_on(self) -> str:
        """When the scenario starts, as a moment."""
        return self._moment(self.starts)

    def _given(self, given: Mapping[str, Any]) -> str:
        attributes = [f"{name} {word(_text(value))}" for name, value in given.get("attributes", {}).items()]
        said = f" with {', '.join(attributes)}" if attributes else ""
        if "tags" in given:
            said += f" tagged {_listed(given['tags'])}"
        return said + (f" from {word(given['country'])}" if "country" in given else "")


def _short_order(order: Json) -> str:
    said = f"{WHO} orders {order['total']}"
    for key in ("tax", "shipping", "discount"):
        said += f" {key} {order[key]}" if key in order else ""
    for key, before in (("channel", "in"), ("country", "to")):
        said += f" {before} {word(order[key])}" if key in order else ""
    for key, before in (("tags", "tagged"), ("codes", "using")):
        said += f" {before} {_listed(order[key])}" if order.get(key) else ""
    return said


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(word, texts))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
