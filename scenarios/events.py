"""From what happens in a scenario to events in full, with all that a short step leaves out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any, Protocol

from ..compiler.model.moments import BadMoment
from ..runtime import Customer, Program
from .clock import Clock
from .tree import Happening
from .words import BadStep

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_TRUTH = {"true": True, "false": False}


class BadSince(BadMoment):
    """A moment of joining that means no instant."""


class Members(Protocol):
    """Who is a member now."""

    def get(self, key: str) -> Customer | None:
        """The member with that name."""

    def customers(self) -> Iterator[Customer]:
        """All members, by name."""


class Narrator:
    """Knows what a scenario has told so far, and tells events with it. `orders` are the ids of all orders by member."""

    def __init__(self, clock: Clock, members: Members) -> None:
        self.clock = clock
        self.orders: dict[str, dict[str, None]] = {}
        self._latest: dict[str, str] = {}
        self._members = members
        self._count = 0

    def events(self, happening: Happening, program: Program) -> list[dict[str, Any]]:
        """The events that a step stands for; more or less than one where it happens to everyone.

        Raises `BadMoment` for a time that does not exist, `BadSince` where that is the one of joining, and `BadStep`
        where there is nothing to be returned.
        """
        at = self.clock.time_of(happening.when)
        self.clock.move(at)
        if not happening.everyone:
            return [self._event(happening, at, program)]
        keys = [member.key for member in self._members.customers()]
        return [{**self._event(happening, at, program), "customer": key} for key in keys]

    def applied(self, event: dict[str, Any]) -> None:
        """Remember an event that was applied: a return without an order is of the latest one."""
        if event["type"] == "order.paid":
            self._latest[event["customer"]] = event["order"]["id"]

    def _event(self, happening: Happening, at: int, program: Program) -> dict[str, Any]:
        self._count += 1
        body: dict[str, Any] = deepcopy(happening.body)
        event = {"id": f"step {self._count}", "type": happening.type, "at": self.clock.text(at), **body}
        if isinstance(event.get("since"), str):
            event["since"] = self._since(event["since"])
        if happening.short:
            self._spell_out(event, program)
        if happening.type in ("order.paid", "order.refunded") and isinstance(event.get("order"), dict | None):
            self._name_order(event, happening, program)
        return event

    def _since(self, text: str) -> str:
        try:
            return self.clock.text(self.clock.read(text))
        except BadMoment as bad:
            raise BadSince(str(bad), bad.help) from None

    def _spell_out(self, event: dict[str, Any], program: Program) -> None:
        """What a short step says in a word: e-mail addresses, attributes by their types, names in an import."""
        if event["type"] == "customer.enrolled":
            event.setdefault("email", f"{event['customer']}@example.com")
        types = {attribute.name: attribute.type for attribute in program.tables.attributes}
        for name, said in event.get("attributes", {}).items():
            event["attributes"][name] = _attribute(said, types.get(name, "text"))
        for row in event.get("rows", ()):
            row["email"] = self._email(row["email"])

    def _email(self, name: str) -> str:
        member = self._members.get(name)
        if member is not None:
            return member.email
        return name if "@" in name else f"{name}@example.com"

    def _name_order(self, event: dict[str, Any], happening: Happening, program: Program) -> None:
        who, order = event["customer"], event.setdefault("order", {})
        known = self.orders.setdefault(str(who), {})
        if event["type"] == "order.paid":
            order.setdefault("id", self._next_id(str(who), known))
            known[str(order["id"])] = None
            if happening.short and program.tables.needs_items:
                order["items"] = [_plain_line(order)]
            return
        if "id" not in order:
            if who not in self._latest:
                raise BadStep(f"`{who}` has no order to return", happening.place(("customer",)))
            order["id"] = self._latest[who]
        if happening.everything:
            order["amount"] = self._left_of(who, order["id"], program)

    def _next_id(self, who: str, known: Collection[str]) -> str:
        number = len(known) + 1
        while f"{who}-{number}" in known:
            number += 1
        return f"{who}-{number}"

    def _left_of(self, who: str, order: str, program: Program) -> str:
        member = self._members.get(who)
        record = None if member is None else member.records.get(order)
        return program.money(0 if record is None else record.order.total)


def _plain_line(order: dict[str, Any]) -> dict[str, Any]:
    """What is in an order whose lines are not said: goods of no kind, worth all of it but the shipping."""
    goods = Decimal(order["total"]) - Decimal(order.get("shipping", 0))
    line: dict[str, Any] = {key: order[key] for key in ("tax", "discount") if key in order}
    return {"total": f"{max(goods, Decimal(0)):f}", **line}


def _attribute(said: str, kind: str) -> Any:
    """What a word means as a value of a type; what is no such value stays as it is, to be refused."""
    if kind == "boolean":
        return _TRUTH.get(said, said)
    if kind == "integer" and _WHOLE.fullmatch(said):
        return int(said)
    return said
