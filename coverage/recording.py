"""Evaluators that decide as their programs do, and note what they decided: which clauses held, what was earned.

A condition counts where the runtime asks it, and then with all of its clauses, whichever of them came first and
settled it. The conditions of all tiers up to the highest one in question count whenever a member is placed or a
window closes, although the runtime stops at the first that holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..compiler.analysis.evaluate import holds
from ..reasons.facts import Values, item_values, member_values, order_values
from ..runtime import Item, Member, Order, Program
from ..runtime.events import Activity, Enrolled, Event, OrderPaid
from ..runtime.program import Rule, Tables
from .ground import Clause, Place, active_rules
from .targets import Ground


class Noted(Program):
    """An evaluator that notes what it decides; its decisions are those of the program."""

    __slots__ = ("notes",)

    def __init__(self, program: Program, notes: Notes) -> None:
        super().__init__(_wrapped(program.tables, notes))
        self.notes = notes

    def read(self, event: object) -> Event:
        """A JSON event, checked, of which the notes are told. Raises `Rejected`."""
        self.notes.begin(None)
        read = super().read(event)
        self.notes.begin(read)
        return read


def noted(program: Program, ground: Ground, seen: set[str]) -> Noted:
    """The evaluator of a program, which adds the keys of what it decides to `seen`."""
    return Noted(program, Notes(ground, seen))


class Notes:
    """What is noted of one program while its events are applied."""

    def __init__(self, ground: Ground, seen: set[str]) -> None:
        self.seen = seen
        self.values: dict[str, Values] = {}  # by key, the latest that showed it
        self.places = [place for place, _ in ground.conditions]
        self.conditions = {
            place.path: _Watched(found, seen, self.values) for place, found in ground.conditions
        }
        self._activities = {rule.id: rule.activity for rule in active_rules(ground.program)}
        self._ids = {tier.id for tier in ground.program.tiers}
        self.event: Event | None = None
        self._excluded = self._counted = False

    def begin(self, event: Event | None) -> None:
        """Another event comes; none for one that cannot be read."""
        self.event = event
        self._excluded = self._counted = False

    def asked(self, place: Place | None, values: Callable[[], Values]) -> None:
        """A condition is decided of some values, which are worked out where they are needed."""
        if place is not None:
            self.conditions[place.path].decided(values)

    def excluded(self, truth: bool) -> None:
        """Whether the member takes no part, as of the last time that this was asked."""
        self._excluded = truth

    def counted(self, truth: bool) -> None:
        """Whether the order takes part."""
        self._counted = truth

    def applied(self, outcome: Mapping[str, Any]) -> None:
        """The event that came last was applied, with this outcome."""
        effects = outcome.get("effects", ())
        for effect in effects:
            if effect["kind"] == "tier_changed":
                self._tier(effect["from"], "left")
                self._tier(effect["to"], "entered")
        earned = {effect["rule"] for effect in effects if effect["kind"] == "points_earned"}
        if outcome["outcome"] == "applied":
            for rule, activity in self._activities.items():
                if activity == self._deed():
                    self.seen.add(f"earn.{rule}/{'matched' if rule in earned else 'missed'}")

    def _tier(self, tier: str | None, what: str) -> None:
        if tier in self._ids:
            self.seen.add(f"vip.tiers.{tier}/{what}")

    def _deed(self) -> str | None:
        """What rules were asked about: `order`, or an activity; none where none was."""
        match self.event:
            case OrderPaid():
                return "order" if self._counted else None
            case Activity() as deed:
                return None if self._excluded else deed.activity
            case Enrolled() as enrolled:
                return "signup" if enrolled.signup and not self._excluded else None
        return None


class _Watched:
    """The clauses of a condition of which something is still to be seen."""

    def __init__(self, found: Iterable[Clause], seen: set[str], of: dict[str, Values]) -> None:
        self._left = list(found)
        self._seen = seen
        self._of = of

    def decided(self, values: Callable[[], Values]) -> None:
        if not self._left:
            return
        known = values()
        for clause in self._left:
            self._note(clause.seen(holds(clause.term, known)), known)
            if clause.edge and (which := clause.edge.shows(known)):
                self._note(clause.tried(which), known)
        self._left = [clause for clause in self._left if not clause.keys <= self._seen]

    def _note(self, key: str, known: Values) -> None:
        self._seen.add(key)
        self._of[key] = known


# --- tables that note what they decide --------------------------------------------------------------------------


def _wrapped(tables: Tables, notes: Notes) -> Tables:
    found = notes.places
    of_rules = {(p.rule.id, p.part): p for p in found if p.rule is not None}
    exclude = {p.part: p for p in found if p.owner == "exclude"}
    return replace(
        tables,
        highest_tier=_ladder(tables.highest_tier, [p for p in found if p.tier and p.part == "when"], notes),
        retained_tier=_ladder(
            tables.retained_tier, [p for p in found if p.tier and p.part == "retain"], notes
        ),
        excludes_customer=_excludes_customer(tables, exclude.get("customers"), notes),
        excludes_order=_excludes_order(tables, exclude.get("orders"), notes),
        excludes_item=_excludes_item(tables, exclude.get("items"), notes),
        rules=tuple(_rule(rule, of_rules, notes) for rule in tables.rules),
    )


def _ladder(
    decide: Callable[[Member, int], int], found: list[Place], notes: Notes
) -> Callable[[Member, int], int]:
    if not found:
        return decide

    def decided(member: Member, most: int) -> int:
        known: list[Values] = []
        for place in found:
            assert place.tier is not None
            if place.tier.index <= most:
                notes.asked(place, lambda: _once(known, lambda: member_values(member, 0)))
        return decide(member, most)

    return decided


def _once(known: list[Values], make: Callable[[], Values]) -> Values:
    """What `make` makes, made at most once."""
    if not known:
        known.append(make())
    return known[0]


def _excludes_customer(tables: Tables, place: Place | None, notes: Notes) -> Callable[[Member, int], bool]:
    decide = tables.excludes_customer

    def decided(member: Member, days: int) -> bool:
        notes.asked(place, lambda: member_values(member, days))
        truth = decide is not None and decide(member, days)
        notes.excluded(truth)
        return truth

    return decided


def _excludes_order(
    tables: Tables, place: Place | None, notes: Notes
) -> Callable[[Member, Order, int], bool]:
    decide = tables.excludes_order

    def decided(member: Member, order: Order, days: int) -> bool:
        notes.asked(place, lambda: member_values(member, days) | order_values(order))
        truth = decide is not None and decide(member, order, days)
        notes.counted(not truth)
        return truth

    return decided


def _excludes_item(tables: Tables, place: Place | None, notes: Notes) -> Callable[[Item, Order], bool]:
    decide = tables.excludes_item
    if place is None:
        return decide

    def decided(item: Item, order: Order) -> bool:
        notes.asked(place, lambda: item_values(item) | order_values(order))
        return decide(item, order)

    return decided


def _rule(rule: Rule, found: Mapping[tuple[str, str], Place], notes: Notes) -> Rule:
    return replace(
        rule,
        when=_when(rule, found.get((rule.id, "when")), notes),
        items=_of_items(rule.items, found.get((rule.id, "items")), notes),
        contains=_of_items(rule.contains, found.get((rule.id, "contains")), notes),
    )


def _when(rule: Rule, place: Place | None, notes: Notes) -> Callable[[Member, Order, int], bool] | None:
    decide = rule.when
    if decide is None or place is None:
        return decide

    def decided(member: Member, order: Order, days: int) -> bool:
        notes.asked(place, lambda: member_values(member, days) | order_values(order))
        return decide(member, order, days)

    return decided


def _of_items(
    decide: Callable[[Item], bool] | None, place: Place | None, notes: Notes
) -> Callable[[Item], bool] | None:
    if decide is None or place is None:
        return decide

    def decided(item: Item) -> bool:
        notes.asked(place, lambda: item_values(item))
        return decide(item)

    return decided
