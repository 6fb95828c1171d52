"""The reference: folds events over customers as the specification says, slowly and plainly.

Nothing is cached that can be computed again: metrics are sums over every credit with its day and window, what is
left of an order is computed from the order as paid and all of its refunds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tiercel.compiler.model.tree import Program

from . import earning
from .checks import Rejected, check
from .customer import Customer, metrics, total
from .lines import parse_line, same_content
from .moves import import_row, set_tier
from .placing import Effects, money, place, tier_id
from .shape import Event, read_event
from .timeline import prepare
from .times import from_nanoseconds, window_index, window_of_program, written
from .values import Invalid

Outcome = dict[str, Any]


class Incompatible(Exception):
    """A version of the program that cannot take over the state of the one before."""


class Reference:
    """A book of customers under a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.members: dict[str, Customer] = {}
        self.applied: dict[str, Event] = {}

    def switch(self, program: Program) -> None:
        """Go on under another version; `Incompatible` where its currency, time zone or window is another."""

        def fixed(of: Program) -> tuple[Any, ...]:
            return of.currency, of.timezone, window_of_program(of)

        if self.members and fixed(program) != fixed(self.program):
            raise Incompatible
        if program != self.program:
            self.program = program

    def customers(self) -> list[dict[str, Any]]:
        """Every member, sorted by key, in the shape of `--customers`."""
        return [self.shown(self.members[key]) for key in sorted(self.members)]

    def shown(self, customer: Customer) -> dict[str, Any]:
        def amounts(sums: dict[str, int]) -> dict[str, Any]:
            return {**sums, "spend": money(sums["spend"], customer.program)}

        return {
            "customer": customer.key,
            "email": customer.email,
            "joined": written(customer.joined, customer.program.timezone),
            "tier": tier_id(customer.program, customer.tier),
            "balance": customer.balance,
            "window": amounts(metrics(customer)),
            "lifetime": amounts(total(customer.credits)),
        }

    # --- outcomes ----------------------------------------------------------------------------------------

    def apply_line(self, line: str) -> Outcome:
        """The outcome of a line of events (a blank one is none: leave it out)."""
        try:
            event = parse_line(line)
        except Invalid as problem:
            return rejection(None, "invalid-event", str(problem))
        return self.apply(event)

    def apply(self, event: Event) -> Outcome:
        """The outcome of a parsed event."""
        key = event.get("id")
        known = key if isinstance(key, str) else None
        try:
            read = read_event(event, self.program)
            before = self.applied.get(read["id"])
            if before is not None and same_content(before, event):
                return {"event": known, "outcome": "duplicate"}
            if before is not None:
                raise Rejected("conflicting-id")
            check(self, read)
        except Invalid as problem:
            return rejection(known, "invalid-event", str(problem))
        except Rejected as problem:
            return rejection(known, str(problem), str(problem).replace("-", " "))
        effects: Effects = []
        self.handle(read, effects)
        self.applied[read["id"]] = event
        return {"event": known, "outcome": "applied", "effects": effects}

    # --- events ------------------------------------------------------------------------------------------

    def handle(self, event: Event, effects: Effects) -> None:
        """Apply an event that passed every check."""
        kind = event["type"]
        if kind == "tiers.imported":
            for row in event["rows"]:
                import_row(self, row, event["at"], effects)
            return
        if kind == "customer.enrolled":
            self.members[event["customer"]] = self.newcomer(event)
        customer = self.members[event["customer"]]
        prepare(customer, self.program, event["at"], effects)
        handlers: dict[str, Callable[[Customer, Event, Effects], None]] = {
            "customer.enrolled": self.enrol,
            "customer.updated": self.update,
            "activity": earning.activity,
            "order.paid": earning.pay,
            "order.refunded": earning.refund,
            "points.adjusted": self.adjust,
            "tier.set": set_tier,
        }
        if kind == "customer.removed":
            del self.members[customer.key]
            return
        if kind in handlers:
            handlers[kind](customer, event, effects)
        fall = "refund" if kind == "order.refunded" else "disqualified"
        place(customer, effects, fall, exclusion_at=event["at"], mail=kind != "customer.enrolled")

    def newcomer(self, event: Event) -> Customer:
        """A new member as of the moment of joining, before anything has happened to them."""
        joined = event.get("since", event["at"])
        vip = self.program.vip
        if vip is None or vip.not_yet:
            launched = False
        else:
            launched = vip.launches is None or joined >= from_nanoseconds(vip.launches.instant)
        customer = Customer(
            key=event["customer"],
            email=event["email"],
            joined=joined,
            program=self.program,
            clock=joined,
            window=window_index(self.program, joined, joined),
            launched=launched,
        )
        self.update(customer, event, [])
        return customer

    def enrol(self, customer: Customer, event: Event, effects: Effects) -> None:
        if event.get("signup", True):
            earning.earn_activity(customer, "signup", event["at"], effects)

    def update(self, customer: Customer, event: Event, _effects: Effects) -> None:
        customer.email = event.get("email", customer.email)
        customer.tags = event.get("tags", customer.tags)
        customer.country = event.get("country", customer.country)
        customer.attributes = {**customer.attributes, **event.get("attributes", {})}

    def adjust(self, customer: Customer, event: Event, effects: Effects) -> None:
        customer.balance += event["points"]
        effects.append({"kind": "points_adjusted", "points": event["points"], "reason": event.get("reason")})


def rejection(event: str | None, reason: str, message: str) -> Outcome:
    return {"event": event, "outcome": "rejected", "reason": reason, "message": message}
