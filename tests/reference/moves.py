"""Tiers moved by hand: one at a time, and by import."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any, Protocol

from tiercel.compiler.model.tree import Program

from .customer import NONE, Customer
from .placing import Effects, change, give, issue_rewards, notify, take_down
from .shape import Event
from .timeline import prepare


class Book(Protocol):
    """The members, and the version of the program at work."""

    program: Program
    members: dict[str, Customer]


def address(email: str) -> str:
    """An e-mail address as imports compare it."""
    return email.strip().lower()


def set_tier(customer: Customer, event: Event, effects: Effects) -> None:
    tier = next(tier.index for tier in customer.program.tiers if tier.id == event["tier"])
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


def import_row(book: Book, row: Event, at: Fraction, effects: Effects) -> None:
    customer = by_email(book, row["email"])
    if customer is None or customer.joined > at:
        effects.append(skipped(row, "not-a-member"))
        return
    prepare(customer, book.program, at, effects)
    tier = by_name(book.program, row["vip_tier"])
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


def by_email(book: Book, email: str) -> Customer | None:
    for customer in book.members.values():
        if address(customer.email) == address(email):
            return customer
    return None


def by_name(program: Program, name: str) -> int:
    for tier in program.tiers:
        if unicodedata.normalize("NFC", tier.name) == unicodedata.normalize("NFC", name):
            return tier.index
    return NONE


def skipped(row: Event, reason: str) -> dict[str, Any]:
    return {"kind": "import_skipped", **row, "reason": reason}
