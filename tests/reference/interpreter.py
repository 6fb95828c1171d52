"""The reference: folds events over customers as the specification says, slowly and plainly.

Nothing is cached that can be computed again: metrics are sums over every credit with its day and window, what is
left of an order is computed from the order as paid and all of its refunds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from tiercel.compiler.model.tree import Program, Rule

from .conditions import holds
from .customer import (
    NONE,
    Credit,
    Customer,
    Paid,
    Use,
    credit,
    day,
    facts_at,
    metrics,
    total,
    window_metrics,
)
from .orders import Earned, Worth, after_refunds, earn, in_force, worth
from .placing import (
    Effects,
    change,
    decide_kept,
    give,
    is_excluded,
    issue_rewards,
    money,
    notify,
    place,
    prepare,
    take_down,
    tier_id,
)
from .shape import Event, Invalid, parse_line, read_event, same_content
from .times import from_nanoseconds, window_index, window_of_program, written

Outcome = dict[str, Any]


class Rejected(Exception):
    """An event that is not applied, with its reason."""


class Incompatible(Exception):
    """A version of the program that cannot take over the state of the one before."""


def address(email: str) -> str:
    """An e-mail address as imports compare it."""
    return email.strip().lower()


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
            self.check(read)
        except Invalid as problem:
            return rejection(known, "invalid-event", str(problem))
        except Rejected as problem:
            return rejection(known, str(problem), str(problem).replace("-", " "))
        effects: Effects = []
        self.handle(read, effects)
        self.applied[read["id"]] = event
        return {"event": known, "outcome": "applied", "effects": effects}

    # --- checks, in the order of the specification -------------------------------------------------------

    def check(self, event: Event) -> None:
        """`Rejected` or `Invalid` where the event cannot be applied; changes nothing."""
        kind = event["type"]
        if kind == "tiers.imported":
            self.check_moves()
        elif kind == "customer.enrolled":
            if event["customer"] in self.members:
                raise Rejected("already-member")
            self.check_email(event)
        else:
            customer = self.members.get(event["customer"])
            if customer is None:
                raise Rejected("not-a-member")
            if event["at"] < customer.joined:
                raise Rejected("before-joining")
            self.check_own(kind, event, customer)

    def check_email(self, event: Event) -> None:
        for key, other in self.members.items():
            if key != event["customer"] and address(other.email) == address(event["email"]):
                raise Rejected("email-in-use")

    def check_own(self, kind: str, event: Event, customer: Customer) -> None:
        """The checks of one type of event, on a member."""
        if kind == "customer.updated" and "email" in event:
            self.check_email(event)
        elif kind == "order.paid":
            if event["order"]["currency"] not in (None, self.program.currency.code):
                raise Rejected("wrong-currency")
            if event["order"]["id"] in customer.orders:
                raise Rejected("known-order")
        elif kind == "order.refunded":
            self.check_refund(event["order"], customer)
        elif kind == "tier.set":
            self.check_moves()
            if not self.is_launched(customer, event["at"]):
                raise Rejected("not-launched")
            if event["tier"] not in [tier.id for tier in self.program.tiers]:
                raise Rejected("unknown-tier")

    def check_refund(self, refund: Event, customer: Customer) -> None:
        if refund["id"] not in customer.orders:
            raise Rejected("unknown-order")
        lines = customer.orders[refund["id"]].order["items"] or []
        for part in refund.get("items", []):
            if part["line"] >= len(lines):
                raise Invalid("`order.items.line` is no line of the order")

    def check_moves(self) -> None:
        """Whether tiers can be moved by hand at all."""
        if self.program.vip is None:
            raise Rejected("no-tiers")
        if self.program.hosted and self.program.hosted.platform == "wix":
            raise Rejected("not-on-this-platform")

    def is_launched(self, customer: Customer, at: Fraction) -> bool:
        """Whether a customer is launched, or will be by an event at `at`."""
        vip = self.program.vip
        assert vip is not None
        if customer.launched or (vip.launches is None and not vip.not_yet):
            return True
        return vip.launches is not None and max(at, customer.clock) >= from_nanoseconds(vip.launches.instant)

    # --- events ------------------------------------------------------------------------------------------

    def handle(self, event: Event, effects: Effects) -> None:
        """Apply an event that passed every check."""
        kind = event["type"]
        if kind == "tiers.imported":
            for row in event["rows"]:
                self.import_row(row, event["at"], effects)
            return
        if kind == "customer.enrolled":
            self.members[event["customer"]] = self.newcomer(event)
        customer = self.members[event["customer"]]
        prepare(customer, self.program, event["at"], effects)
        handlers: dict[str, Callable[[Customer, Event, Effects], None]] = {
            "customer.enrolled": self.enrol,
            "customer.updated": self.update,
            "activity": self.activity,
            "order.paid": self.pay,
            "order.refunded": self.refund,
            "points.adjusted": self.adjust,
            "tier.set": self.set_tier,
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
            self.earn_activity(customer, "signup", event["at"], effects)

    def update(self, customer: Customer, event: Event, _effects: Effects) -> None:
        customer.email = event.get("email", customer.email)
        customer.tags = event.get("tags", customer.tags)
        customer.country = event.get("country", customer.country)
        customer.attributes = {**customer.attributes, **event.get("attributes", {})}

    def adjust(self, customer: Customer, event: Event, effects: Effects) -> None:
        customer.balance += event["points"]
        effects.append({"kind": "points_adjusted", "points": event["points"], "reason": event.get("reason")})

    # --- earning -----------------------------------------------------------------------------------------

    def activity(self, customer: Customer, event: Event, effects: Effects) -> None:
        if self.earn_activity(customer, event["activity"], event["at"], effects):
            self.decide_previous(customer, event["at"], refund=False)

    def earn_activity(self, customer: Customer, name: str, at: Fraction, effects: Effects) -> bool:
        """Earn from the rules on an activity; whether the customer takes part at all."""
        if is_excluded(customer, at):
            return False
        read = facts_at(customer, at)
        earned = {
            rule.id: earn(rule, customer.tier, 0, None)
            for rule in self.program.rules
            if rule.activity == name and in_force(rule, customer.tier, at) and holds(rule.when, read)
        }
        self.collect(customer, Worth(False, 0, earned), at, None, effects)
        return True

    def pay(self, customer: Customer, event: Event, effects: Effects) -> None:
        at, order = event["at"], event["order"]
        read = facts_at(customer, at)
        out = is_excluded(customer, at)
        value = worth(self.program, order, read, customer.tier, at)
        paid = Paid(self.program, at, customer.tier, read, order, out or value.excluded, {})
        customer.orders[order["id"]] = paid
        if paid.excluded:
            return
        paid.credited = self.collect(customer, value, at, order["id"], effects)
        paid.spend, paid.is_counted = value.spend, value.spend > 0
        self.decide_previous(customer, at, refund=False)

    def collect(
        self, customer: Customer, value: Worth, at: Fraction, order: str | None, effects: Effects
    ) -> dict[str, int]:
        """Credit what the rules within their limits earn; the points by rule."""
        credited: dict[str, int] = {}
        qualified = 0
        for rule in self.program.rules:
            if rule.id in value.earned and self.within_limit(customer, rule, day(customer, at)):
                earned = value.earned[rule.id]
                effects.append(points_earned(rule, earned, order))
                credited[rule.id] = earned.points
                qualified += earned.points if rule.qualifies else 0
        for rule in self.program.rules:
            if rule.limit and credited.get(rule.id, 0) > 0:
                customer.uses.append(Use(rule.id, day(customer, at), order))
        customer.balance += sum(credited.values())
        credit(customer, at, window_index(self.program, customer.joined, at), value, qualified)
        return credited

    def within_limit(self, customer: Customer, rule: Rule, today: date) -> bool:
        """Whether a rule has a use left on a day."""
        if rule.limit is None:
            return True
        used = 0
        for use in customer.uses:
            if use.rule != rule.id or (
                use.order is not None and customer.orders[use.order].credited[rule.id] == 0
            ):
                continue
            if rule.limit.days is not None:
                used += abs((use.day - today).days) < rule.limit.days
            elif rule.limit.per_calendar_year:
                used += use.day.year == today.year
            else:
                used += 1
        return used < rule.limit.times

    def refund(self, customer: Customer, event: Event, effects: Effects) -> None:
        refund = event["order"]
        paid = customer.orders[refund["id"]]
        before = after_refunds(paid.order, paid.refunds)
        paid.refunds.append(refund)
        taken = min(refund["amount"], before["total"])
        if taken < refund["amount"]:
            effects.append(
                {
                    "kind": "refund_clamped",
                    "order": refund["id"],
                    "asked": money(refund["amount"], self.program),
                    "taken": money(taken, self.program),
                }
            )
        if not paid.excluded:
            self.take_back(customer, paid, refund["id"], effects)
            self.decide_previous(customer, paid.at, refund=True)

    def take_back(self, customer: Customer, paid: Paid, order: str, effects: Effects) -> None:
        """Take back what an order no longer counts for, evaluated again on what is left of it."""
        left = after_refunds(paid.order, paid.refunds)
        value = worth(paid.program, left, paid.member, paid.tier, paid.at, refunded=True)
        qualified = 0
        for rule in paid.program.rules:
            fallen = paid.credited.get(rule.id, 0) - now_earned(value, rule)
            if fallen > 0:
                paid.credited[rule.id] -= fallen
                customer.balance -= fallen
                qualified += fallen if rule.qualifies else 0
                effects.append({"kind": "points_reversed", "rule": rule.id, "points": fallen, "order": order})
        spend = max(0, paid.spend - value.spend)
        uncounted = paid.is_counted and value.spend == 0
        paid.spend -= spend
        paid.is_counted = paid.is_counted and not uncounted
        vip = self.program.vip
        counts = vip is None or vip.count_refunds
        window = window_index(self.program, customer.joined, paid.at)
        customer.credits.append(
            Credit(day(customer, paid.at), window, -spend, -int(uncounted), -qualified, in_window=counts)
        )

    def decide_previous(self, customer: Customer, at: Fraction, refund: bool) -> None:
        """Decide again what the window closed last keeps, where something in it changed."""
        if (
            customer.previous is None
            or window_index(self.program, customer.joined, at) != customer.window - 1
        ):
            return
        if self.program.vip is None:
            return
        cap, secured = customer.previous
        again = decide_kept(customer, window_metrics(customer, customer.window - 1), cap, secured)
        if refund:
            customer.kept = min(customer.kept, again)
        else:
            customer.kept = max(customer.kept, again if customer.cap is None else min(again, customer.cap))

    # --- moves by hand -----------------------------------------------------------------------------------

    def set_tier(self, customer: Customer, event: Event, effects: Effects) -> None:
        tier = next(tier.index for tier in self.program.tiers if tier.id == event["tier"])
        before = customer.tier
        if tier >= before:
            give(customer, tier)
        else:
            take_down(customer, tier)
        if tier == before:
            return
        change(customer, tier, "manual", customer.clock, effects, event.get("note"))
        if tier > before:
            issue_rewards(customer, before, effects)
        notify(customer, effects)

    def import_row(self, row: Event, at: Fraction, effects: Effects) -> None:
        customer = self.by_email(row["email"])
        if customer is None or customer.joined > at:
            effects.append(skipped(row, "not-a-member"))
            return
        prepare(customer, self.program, at, effects)
        tier = self.by_name(row["vip_tier"])
        if tier == NONE:
            effects.append(skipped(row, "unknown-tier"))
        elif not customer.launched:
            customer.pending = max(customer.pending, tier)
            effects.append({"kind": "import_held", **row})
        elif tier <= customer.tier:
            effects.append(skipped(row, "not-higher"))
        else:
            give(customer, tier)
            change(customer, tier, "import", customer.clock, effects)
            customer.high = max(customer.high, tier)

    def by_email(self, email: str) -> Customer | None:
        for customer in self.members.values():
            if address(customer.email) == address(email):
                return customer
        return None

    def by_name(self, name: str) -> int:
        for tier in self.program.tiers:
            if unicodedata.normalize("NFC", tier.name) == unicodedata.normalize("NFC", name):
                return tier.index
        return NONE


def rejection(event: str | None, reason: str, message: str) -> Outcome:
    return {"event": event, "outcome": "rejected", "reason": reason, "message": message}


def skipped(row: Event, reason: str) -> dict[str, Any]:
    return {"kind": "import_skipped", **row, "reason": reason}


def points_earned(rule: Rule, earned: Earned, order: str | None) -> dict[str, Any]:
    return {
        "kind": "points_earned",
        "rule": rule.id,
        "points": earned.points,
        "base": earned.base,
        "bonus": earned.points - earned.base,
        "campaign": earned.campaign,
        "order": order,
    }


def now_earned(value: Worth, rule: Rule) -> int:
    """What a rule earns on the rest of an order; 0 where it no longer matches."""
    return value.earned[rule.id].points if rule.id in value.earned else 0
